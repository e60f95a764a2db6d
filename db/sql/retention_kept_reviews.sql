-- What people did with those hits, in the same order.
SELECT r.*
FROM (SELECT l.flight_id, l.traveller_id
	FROM ops.objective_link l
	WHERE l.clock_day = $1 AND l.traveller_id IS NOT NULL
		AND ops.link_holds(l, $2)
	UNION
	SELECT flight_id, traveller_id FROM pax.closed_hit_:day
	WHERE $3) k
JOIN pax.closed_hit_:day h ON h.clock_day = $1
	AND h.flight_id = k.flight_id AND h.traveller_id = k.traveller_id
JOIN pax.closed_review_:day r ON r.clock_day = $1
	AND r.flight_id = h.flight_id AND r.hit_id = h.hit_id
ORDER BY r.flight_id, r.hit_id, r.step
