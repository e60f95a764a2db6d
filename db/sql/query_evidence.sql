SELECT * FROM pax.evidence
WHERE clock_day = $1 AND flight_id = $2 AND hit_id = $3
