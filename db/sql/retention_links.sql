-- The links and restrictions of a masked day ($1) name records from now on: travellers $2 of
-- flights $3 are records $4. Those of anybody else go with the day, and so does
-- what was learned of false matches.
WITH now_records AS (
	UPDATE ops.objective_link l
	SET record_id = k.record, traveller_id = NULL, flight_id = NULL
	FROM unnest($2::bigint[], $3::bigint[], $4::bigint[])
		AS k(traveller, flight, record)
	WHERE l.clock_day = $1 AND l.traveller_id = k.traveller
		AND l.flight_id = k.flight
), restricted AS (
	UPDATE ops.restriction l
	SET record_id = k.record, traveller_id = NULL, flight_id = NULL
	FROM unnest($2::bigint[], $3::bigint[], $4::bigint[])
		AS k(traveller, flight, record)
	WHERE l.clock_day = $1 AND l.traveller_id = k.traveller
		AND l.flight_id = k.flight
), free AS (
	DELETE FROM ops.restriction l
	WHERE l.clock_day = $1 AND l.traveller_id IS NOT NULL
		AND NOT EXISTS (SELECT FROM unnest($2::bigint[], $3::bigint[])
			AS k(traveller, flight)
			WHERE k.traveller = l.traveller_id
				AND k.flight = l.flight_id)
), gone AS (
	DELETE FROM ops.objective_link l
	WHERE l.clock_day = $1 AND l.traveller_id IS NOT NULL
		AND NOT EXISTS (SELECT FROM unnest($2::bigint[], $3::bigint[])
			AS k(traveller, flight)
			WHERE k.traveller = l.traveller_id
				AND k.flight = l.flight_id)
)
DELETE FROM ops.false_match WHERE clock_day = $1
