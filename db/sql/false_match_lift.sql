-- Forget the false match that a hit ($1 clock_day, $2 hit_id) is one of: its
-- hits count again. Gives how many; no row: there is none.
WITH gone AS (
	DELETE FROM ops.false_match m USING pax.hit h
	WHERE h.clock_day = $1 AND h.hit_id = $2
		AND m.traveller_key = h.traveller_key
		AND m.entry_hash = h.entry_hash
	RETURNING m.traveller_key, m.entry_hash
), done AS (
	UPDATE pax.hit h SET suppressed = false
	FROM gone
	WHERE h.traveller_key = gone.traveller_key
		AND h.entry_hash = gone.entry_hash AND h.suppressed
	RETURNING 1
)
SELECT (SELECT count(*) FROM done) FROM gone
