-- The hits of those travellers, with their evidence, in the same order.
SELECT h.*, e.*
FROM (SELECT l.flight_id, l.traveller_id
	FROM ops.objective_link l
	WHERE l.clock_day = $1 AND l.traveller_id IS NOT NULL
		AND ops.link_holds(l, $2)
	UNION
	SELECT flight_id, traveller_id FROM pax.closed_hit_:day
	WHERE $3) k
JOIN pax.closed_hit_:day h ON h.clock_day = $1
	AND h.flight_id = k.flight_id AND h.traveller_id = k.traveller_id
LEFT JOIN pax.closed_evidence_:day e ON e.clock_day = $1
	AND e.flight_id = h.flight_id AND e.hit_id = h.hit_id
ORDER BY h.flight_id, h.traveller_id, h.kind, h.source
