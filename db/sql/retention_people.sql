-- How many travellers a day ($1) has.
SELECT count(*) FROM pax.traveller WHERE clock_day = $1
