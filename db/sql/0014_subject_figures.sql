-- As in 0010, with the requests (0013) and what was done on persons' requests.
CREATE OR REPLACE FUNCTION ops.statistic_year(y integer)
RETURNS TABLE (figure text, source text, n bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
	WITH here AS (
		SELECT to_date(right(c.relname, 8), 'YYYYMMDD') AS day
		FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
		WHERE i.inhparent = 'pax.evidence'::regclass
			AND substr(right(c.relname, 8), 1, 4) = y::text
			AND NOT EXISTS (SELECT FROM ops.statistic_day s WHERE
				s.day = to_date(right(c.relname, 8), 'YYYYMMDD'))
	), every AS (
		SELECT s.figure, s.source, s.n FROM ops.statistic s
		WHERE s.day BETWEEN make_date(y, 1, 1) AND make_date(y, 12, 31)
		UNION ALL
		SELECT f.figure, f.source, f.n
		FROM here, ops.statistic_of(here.day) f
	)
	SELECT e.figure, e.source, sum(e.n)::bigint FROM every e GROUP BY 1, 2
	UNION ALL
	SELECT * FROM ops.statistic_requests(y)
	UNION ALL
	SELECT CASE a.outcome WHEN 'done' THEN 'subject.done'
		ELSE 'subject.refused' END, coalesce(a.refusal, a.act), count(*)
	FROM ops.subject_act a
	WHERE a.at >= make_date(y, 1, 1)::timestamp AT TIME ZONE 'UTC'
		AND a.at < make_date(y + 1, 1, 1)::timestamp AT TIME ZONE 'UTC'
	GROUP BY 1, 2
	UNION ALL
	SELECT 'days.closed', '', count(*) FROM ops.statistic_day s
	WHERE s.day BETWEEN make_date(y, 1, 1) AND make_date(y, 12, 31)
	UNION ALL
	SELECT 'days.open', '', count(*) FROM here
$$;
