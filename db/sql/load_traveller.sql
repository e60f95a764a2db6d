SELECT * FROM pax.traveller_:day
WHERE clock_day = $1 AND flight_id = $2
ORDER BY traveller_id
