-- Hits of screened travellers ($1 day, $2 flights, $3 travellers) that are not
-- among the batch's hits ($4) any more. Their evidence stays.
UPDATE pax.hit_:day h
SET state = 'withdrawn'
FROM unnest($2::bigint[], $3::bigint[]) AS c(flight_id, traveller_id)
WHERE h.clock_day = $1 AND h.flight_id = c.flight_id
	AND h.traveller_id = c.traveller_id AND h.state = 'open'
	AND NOT EXISTS (
		SELECT FROM unnest($4::pax.hit[]) n
		WHERE n.flight_id = h.flight_id
			AND n.traveller_id = h.traveller_id
			AND n.kind = h.kind AND n.source = h.source)
