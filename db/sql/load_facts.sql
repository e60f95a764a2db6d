-- For each question (its number, from 1) the first $6 trips of a token in a
-- span of days, by their ids. $1 kinds, $2 tokens, $3 first and $4 last days,
-- $5 the days for which it is asked, as days since 1970-01-01: what is to be
-- deleted by then does not count, whether it is there still or not. Who has
-- none has no row.
SELECT q.n, f.trips
FROM (SELECT n, kind::smallint AS kind, token,
		date '1970-01-01' + since::integer AS since,
		date '1970-01-01' + until::integer AS until,
		date '1970-01-01' + day::integer AS day
	FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[],
		$5::bigint[]) WITH ORDINALITY
		AS u(kind, token, since, until, day, n)) AS q
CROSS JOIN LATERAL (
	SELECT array_agg(t.trip) AS trips
	FROM (SELECT DISTINCT x.trip FROM pax.fact x
		WHERE x.token = q.token AND x.kind = q.kind
			AND x.clock_day >= q.since AND x.clock_day <= q.until
			AND x.delete_on > q.day
		ORDER BY x.trip LIMIT $6) AS t) AS f
WHERE f.trips IS NOT NULL
