-- Days that are done, and tables that should be gone with them: the day's own,
-- under either name.
SELECT clock_day, state AS what, false AS remains
FROM ops.retention_day WHERE state IN ('masked', 'deleted')
UNION ALL
SELECT r.clock_day, c.relname::text, true
FROM ops.retention_day r
JOIN pg_class c ON c.relkind = 'r'
	AND right(c.relname, 9) = '_' || to_char(r.clock_day, 'YYYYMMDD')
	AND c.relnamespace = 'pax'::regnamespace
WHERE r.state IN ('masked', 'deleted') OR c.relname !~ '^closed_'
ORDER BY 1, 3, 2
