-- $1 clock_day, $2 hit_id, $3 id of the step, $4 reason
SELECT pax.review_reopen($1, $2, $3, $4)
