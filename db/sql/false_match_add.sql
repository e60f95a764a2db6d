-- $1 clock_day, $2 hit_id, $3 reason
SELECT pax.false_match_add($1, $2, $3)
