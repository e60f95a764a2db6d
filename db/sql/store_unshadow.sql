-- Of travellers that were screened or are no more ($1 day, $2 flights, $3
-- travellers): what profiles in shadow said of them before. The day comes with
-- the keys: see store_withdraw.sql.
DELETE FROM pax.shadow_:day s
USING (SELECT $1::date AS clock_day, u.flight_id, u.traveller_id
	FROM unnest($2::bigint[], $3::bigint[]) AS u(flight_id, traveller_id)
	OFFSET 0) c
WHERE s.clock_day = c.clock_day AND s.flight_id = c.flight_id
	AND s.traveller_id = c.traveller_id
