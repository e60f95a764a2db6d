-- One hit with its flight and the last step of its review: $1 clock_day,
-- $2 hit_id.
SELECT h.*, f.*, r.*
FROM pax.hit h
LEFT JOIN pax.flight f ON f.clock_day = h.clock_day
	AND f.flight_id = h.flight_id AND f.clock_day = $1
LEFT JOIN LATERAL (SELECT * FROM pax.review x
	WHERE x.clock_day = h.clock_day AND x.clock_day = $1
		AND x.flight_id = h.flight_id AND x.hit_id = h.hit_id
	ORDER BY x.step DESC LIMIT 1) r ON true
WHERE h.clock_day = $1 AND h.hit_id = $2
