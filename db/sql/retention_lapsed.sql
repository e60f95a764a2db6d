-- Of a masked day ($1) the records that no link holds on day $2, or ($3) all.
SELECT coalesce(array_agg(record_id), '{}'::bigint[])
FROM pax.masked_record m
WHERE m.clock_day = $1 AND ($3 OR record_id NOT IN (
	SELECT l.record_id FROM ops.objective_link l
	WHERE l.clock_day = $1 AND l.record_id IS NOT NULL
		AND ops.link_holds(l, $2)))
