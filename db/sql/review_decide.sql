-- $1 clock_day, $2 hit_id, $3 id of the step, $4 outcome, $5 reason, $6 offence,
-- $7 version and $8 text of the checklist, $9 answers, $10 sealed words
SELECT pax.review_decide($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
