-- Travellers that are no more: $1 day, $2 flights, $3 travellers. The day comes
-- with the keys: see store_withdraw.sql.
DELETE FROM pax.traveller_:day t
USING (SELECT $1::date AS clock_day, u.flight_id, u.traveller_id
	FROM unnest($2::bigint[], $3::bigint[]) AS u(flight_id, traveller_id)
	OFFSET 0) gone
WHERE t.clock_day = gone.clock_day AND t.flight_id = gone.flight_id
	AND t.traveller_id = gone.traveller_id
