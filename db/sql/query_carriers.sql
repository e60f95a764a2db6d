-- $1 first day, $2 last day, $3 carrier (null: all). Counters, summed over the
-- days, and of the travellers of these clock_days how many have a score, the
-- scores' sum, and how many have each reason.
SELECT $1::date AS day, carrier, code, sum(n)::bigint AS n
FROM (
	SELECT carrier, code, n
	FROM ops.counter
	WHERE day BETWEEN $1 AND $2
	UNION ALL
	SELECT coalesce(f.carrier, ''), x.code, x.n
	FROM pax.traveller t
	JOIN pax.flight f USING (clock_day, flight_id)
	CROSS JOIN LATERAL (
		SELECT 'traveller.scored', 1
		UNION ALL
		SELECT 'traveller.score', t.quality
		UNION ALL
		SELECT 'reason.' || c, 1 FROM unnest(t.quality_codes) AS c
	) AS x(code, n)
	WHERE t.clock_day BETWEEN $1 AND $2 AND t.quality IS NOT NULL
		AND t.status IS DISTINCT FROM 'cancelled'
) AS all_counts
WHERE $3::text IS NULL OR carrier = $3
GROUP BY carrier, code
ORDER BY carrier COLLATE "C", code COLLATE "C"
