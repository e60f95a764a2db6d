-- Remember a hit as a false match: $1 clock_day, $2 hit_id, $3 reason. All open
-- hits of this traveller and this entry are suppressed. Gives how many; no row:
-- there is no such hit, or it cannot be told who or what it was about.
WITH source AS (
	SELECT * FROM pax.hit
	WHERE clock_day = $1 AND hit_id = $2 AND traveller_key IS NOT NULL
		AND entry_hash IS NOT NULL
), made AS (
	INSERT INTO ops.false_match AS m (traveller_key, entry_hash, clock_day,
		flight_id, traveller_id, hit_id, source, reason)
	SELECT traveller_key, entry_hash, clock_day, flight_id, traveller_id,
		hit_id, source, $3::text
	FROM source
	ON CONFLICT (traveller_key, entry_hash) DO UPDATE
	SET clock_day = excluded.clock_day, flight_id = excluded.flight_id,
		traveller_id = excluded.traveller_id,
		hit_id = excluded.hit_id, source = excluded.source,
		reason = excluded.reason, actor = excluded.actor,
		made_at = excluded.made_at
	RETURNING traveller_key, entry_hash
), done AS (
	UPDATE pax.hit h SET suppressed = true
	FROM made
	WHERE h.traveller_key = made.traveller_key
		AND h.entry_hash = made.entry_hash AND h.state = 'open'
		AND NOT h.suppressed
	RETURNING 1
)
SELECT (SELECT count(*) FROM done) FROM made
