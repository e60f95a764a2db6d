-- Of travellers that were screened or are no more ($1 day, $2 flights, $3
-- travellers): what profiles in shadow said of them before.
DELETE FROM pax.shadow_:day s
USING unnest($2::bigint[], $3::bigint[]) AS c(flight_id, traveller_id)
WHERE s.clock_day = $1 AND s.flight_id = c.flight_id
	AND s.traveller_id = c.traveller_id
