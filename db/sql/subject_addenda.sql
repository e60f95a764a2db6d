-- What was said to be right of a traveller, $1 clock_day, $2 flight_id, $3
-- traveller_id, the first one first.
SELECT * FROM pax.addendum
WHERE clock_day = $1 AND flight_id = $2 AND traveller_id = $3
ORDER BY made_at, addendum_id
