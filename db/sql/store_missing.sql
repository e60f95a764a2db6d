-- Time is up for these series ($1), on day $2: those that are not whole by now
-- are missing parts, once.
WITH late AS (
	UPDATE ops.series
	SET state = 'missing', due_at = now()
	WHERE series_id = ANY ($1) AND state = 'asked'
	RETURNING carrier
)
INSERT INTO ops.counter AS c
SELECT $2, carrier, 'warning.part-missing', count(*)
FROM late
GROUP BY carrier
ORDER BY carrier
ON CONFLICT (day, carrier, code) DO UPDATE SET n = c.n + excluded.n
