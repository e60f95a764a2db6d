-- What profile $1 said in shadow, by revision and day from $2 on, beside that
-- day's travellers.
SELECT s.revision, s.clock_day, s.n, (SELECT count(*) FROM pax.traveller t
	WHERE t.clock_day = s.clock_day) AS travellers
FROM (SELECT revision, clock_day, count(*) AS n FROM pax.shadow
	WHERE source = $1 AND clock_day >= $2
	GROUP BY revision, clock_day) s
ORDER BY s.revision, s.clock_day
