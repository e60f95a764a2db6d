-- All slices of a flight: $1 clock_day, $2 flight_id.
SELECT * FROM pax.slice
WHERE clock_day = $1 AND flight_id = $2
ORDER BY slice_hash
