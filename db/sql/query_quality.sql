-- $1 clock_day, $2 flight_id, $3 traveller_id
SELECT quality, quality_codes
FROM pax.traveller
WHERE clock_day = $1 AND flight_id = $2 AND traveller_id = $3
