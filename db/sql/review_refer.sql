-- $1 clock_day, $2 hit_id, $3 id of the step, $4 authority
SELECT pax.review_refer($1, $2, $3, $4)
