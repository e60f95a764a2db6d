-- The hits of a traveller, $1 clock_day, $2 flight_id, $3 traveller_id, with
-- their evidence.
SELECT h.*, e.*
FROM pax.hit h
LEFT JOIN pax.evidence e ON e.clock_day = $1 AND e.flight_id = h.flight_id
	AND e.hit_id = h.hit_id
WHERE h.clock_day = $1 AND h.flight_id = $2 AND h.traveller_id = $3
ORDER BY h.kind, h.source
