-- Links, by day of review; $1 today: null all, else those that hold.
SELECT link_id, clock_day, record_id IS NOT NULL, kind, reason, case_id,
	offence, actor, made_on, reviewed_by, reviewed_on, review_on, ended_by,
	ended_on
FROM ops.objective_link l
WHERE $1::date IS NULL OR ops.link_holds(l, $1)
ORDER BY review_on, link_id
