-- Hits that wait for a decision, with their flights, last steps and the
-- quality of the traveller's data. $1 first clock_day.
SELECT h.*, f.*, r.*, t.quality
FROM pax.hit h
LEFT JOIN pax.flight f ON f.clock_day = h.clock_day
	AND f.flight_id = h.flight_id AND f.clock_day >= $1
LEFT JOIN pax.traveller t ON t.clock_day = h.clock_day
	AND t.flight_id = h.flight_id AND t.traveller_id = h.traveller_id
	AND t.clock_day >= $1
LEFT JOIN LATERAL (SELECT * FROM pax.review x
	WHERE x.clock_day = h.clock_day AND x.clock_day >= $1
		AND x.flight_id = h.flight_id AND x.hit_id = h.hit_id
	ORDER BY x.step DESC LIMIT 1) r ON true
WHERE h.clock_day >= $1 AND h.state = 'open' AND NOT h.suppressed
	AND coalesce(r.state, 'reopened') IN ('in_review', 'reopened')
ORDER BY h.class, h.score DESC, h.hit_id
