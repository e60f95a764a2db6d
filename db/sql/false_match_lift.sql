-- $1 clock_day, $2 hit_id
SELECT pax.false_match_lift($1, $2)
