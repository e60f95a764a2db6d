-- In key order, so that two workers cannot lock each other out. A group that
-- began after all that is known of the series is the next one: it waits anew.
WITH r AS MATERIALIZED (
	SELECT * FROM unnest($1::ops.series[]) ORDER BY series_id
), whole AS (
	DELETE FROM ops.series s
	USING r
	WHERE s.series_id = r.series_id AND r.state = 'whole'
)
INSERT INTO ops.series AS s
SELECT * FROM r WHERE state <> 'whole'
ON CONFLICT (series_id) DO UPDATE
SET seen = excluded.seen, last = excluded.last, due_at = excluded.due_at,
	first_sent_at = excluded.first_sent_at,
	latest_sent_at = excluded.latest_sent_at,
	state = CASE WHEN excluded.first_sent_at > s.latest_sent_at
		THEN excluded.state ELSE s.state END
