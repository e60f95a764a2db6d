-- What was said to be right of those travellers.
SELECT d.*
FROM (SELECT l.flight_id, l.traveller_id
	FROM ops.objective_link l
	WHERE l.clock_day = $1 AND l.traveller_id IS NOT NULL
		AND ops.link_holds(l, $2)
	UNION
	SELECT flight_id, traveller_id FROM pax.closed_addendum_:day
	WHERE $3) k
JOIN pax.closed_addendum_:day d ON d.clock_day = $1
	AND d.flight_id = k.flight_id AND d.traveller_id = k.traveller_id
ORDER BY d.flight_id, d.traveller_id, d.made_at, d.addendum_id
