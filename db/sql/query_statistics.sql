-- $1 year
SELECT figure, source, n FROM ops.statistic_year($1)
ORDER BY figure COLLATE "C", source COLLATE "C"
