-- $1 clock_day, $2 hit_id, $3 id of the step
SELECT pax.review_take($1, $2, $3)
