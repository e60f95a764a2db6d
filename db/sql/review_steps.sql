-- All steps of a hit: $1 clock_day, $2 flight_id, $3 hit_id.
SELECT * FROM pax.review
WHERE clock_day = $1 AND flight_id = $2 AND hit_id = $3
ORDER BY step
