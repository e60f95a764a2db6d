-- Who was told of a traveller: $1 clock_day, $2 traveller_id.
SELECT coalesce(array_agg(DISTINCT r.recipient), '{}')
FROM pax.hit h
JOIN pax.review r ON r.clock_day = $1 AND r.flight_id = h.flight_id
	AND r.hit_id = h.hit_id
WHERE h.clock_day = $1 AND h.traveller_id = $2 AND r.recipient IS NOT NULL
