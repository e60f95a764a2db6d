-- Travellers that are no more: $1 day, $2 flights, $3 travellers.
DELETE FROM pax.traveller_:day t
USING unnest($2::bigint[], $3::bigint[]) AS gone(flight_id, traveller_id)
WHERE t.clock_day = $1 AND t.flight_id = gone.flight_id
	AND t.traveller_id = gone.traveller_id
