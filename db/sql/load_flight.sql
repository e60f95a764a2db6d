SELECT * FROM pax.flight_:day WHERE clock_day = $1 AND flight_id = $2
