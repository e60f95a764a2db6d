-- A page of a day's travellers, and what revision $3 of profile $2 says of
-- them, in shadow or as a hit. $1 day; behind flight $4, traveller $5; $6 limit.
SELECT t.flight_id, t.traveller_id, t.sealed, f.departs,
	s.shadow_id, s.sealed, h.hit_id, e.sealed
FROM pax.traveller t
JOIN pax.flight f ON f.clock_day = t.clock_day AND f.flight_id = t.flight_id
LEFT JOIN pax.shadow s ON s.clock_day = t.clock_day
	AND s.flight_id = t.flight_id AND s.traveller_id = t.traveller_id
	AND s.source = $2 AND s.revision = $3
LEFT JOIN pax.hit h ON h.clock_day = t.clock_day
	AND h.flight_id = t.flight_id AND h.traveller_id = t.traveller_id
	AND h.kind = 0 AND h.source = $2 AND h.revision = $3
	AND h.state = 'open'
LEFT JOIN pax.evidence e ON e.clock_day = h.clock_day
	AND e.flight_id = h.flight_id AND e.hit_id = h.hit_id
WHERE t.clock_day = $1 AND t.status IS DISTINCT FROM 'cancelled'
	AND (t.flight_id, t.traveller_id) > ($4, $5)
ORDER BY t.flight_id, t.traveller_id
LIMIT $6
