SELECT count(*) FROM pax.traveller WHERE clock_day = $1
