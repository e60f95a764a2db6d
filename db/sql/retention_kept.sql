-- Of a closed day ($1) the travellers who are kept, with flight and booking:
-- those whom a link holds on day $2, or ($3) all.
SELECT t.*, f.*, b.*
FROM (SELECT l.flight_id, l.traveller_id
	FROM ops.objective_link l
	WHERE l.clock_day = $1 AND l.traveller_id IS NOT NULL
		AND ops.link_holds(l, $2)
	UNION
	SELECT flight_id, traveller_id FROM pax.closed_traveller_:day
	WHERE $3) k
JOIN pax.closed_traveller_:day t ON t.clock_day = $1
	AND t.flight_id = k.flight_id AND t.traveller_id = k.traveller_id
LEFT JOIN pax.closed_flight_:day f ON f.clock_day = $1
	AND f.flight_id = t.flight_id
LEFT JOIN pax.closed_booking_:day b ON b.clock_day = $1
	AND b.flight_id = t.flight_id AND b.booking_id = t.booking_id
ORDER BY t.flight_id, t.traveller_id
