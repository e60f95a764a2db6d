-- How many travellers of each day from $1 on profiles have hit, by revision.
SELECT clock_day, source, revision, count(*) AS n
FROM pax.hit
WHERE clock_day >= $1 AND kind = 0
GROUP BY clock_day, source, revision
ORDER BY clock_day, source COLLATE "C", revision
