-- One hit with its flight: $1 clock_day, $2 hit_id.
SELECT h.*, f.*
FROM pax.hit h
LEFT JOIN pax.flight f ON f.clock_day = h.clock_day
	AND f.flight_id = h.flight_id AND f.clock_day = $1
WHERE h.clock_day = $1 AND h.hit_id = $2
