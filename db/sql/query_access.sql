-- What each role of ours may do with each table and function, as the server says
-- now: letters of SELECT, INSERT, UPDATE, DELETE, TRUNCATE, eXecute. A partition
-- stands here only where it differs from its table. Sorted.
WITH role AS (
	SELECT oid, substr(rolname, 9) AS name FROM pg_roles
	WHERE rolname IN ('paxgate_engine', 'paxgate_gateway',
		'paxgate_analyst', 'paxgate_reviewer', 'paxgate_approver',
		'paxgate_list_owner', 'paxgate_dpo', 'paxgate_auditor',
		'paxgate_supervisor', 'paxgate_operator', 'paxgate_admin',
		'paxgate_officer', 'paxgate_judge')
), relation AS (
	SELECT c.oid, i.inhparent AS parent,
		n.nspname || '.' || c.relname AS name
	FROM pg_class c
	JOIN pg_namespace n ON n.oid = c.relnamespace
	LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
	WHERE n.nspname IN ('pax', 'ref', 'ops')
		AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
), may AS (
	SELECT r.oid, r.parent, r.name AS object, role.name AS role, concat(
		CASE WHEN has_table_privilege(role.oid, r.oid, 'SELECT')
			THEN 'S' END,
		CASE WHEN has_table_privilege(role.oid, r.oid, 'INSERT')
			THEN 'I' END,
		CASE WHEN has_table_privilege(role.oid, r.oid, 'UPDATE')
			THEN 'U' END,
		CASE WHEN has_table_privilege(role.oid, r.oid, 'DELETE')
			THEN 'D' END,
		CASE WHEN has_table_privilege(role.oid, r.oid, 'TRUNCATE')
			THEN 'T' END) AS may
	FROM relation r CROSS JOIN role
)
SELECT object, role, may FROM (
SELECT object, role, may FROM may m
WHERE m.parent IS NULL OR m.may <> (SELECT p.may FROM may p
	WHERE p.oid = m.parent AND p.role = m.role)
UNION ALL
SELECT n.nspname || '.' || f.proname || '('
		|| pg_get_function_identity_arguments(f.oid) || ')',
	role.name,
	CASE WHEN has_function_privilege(role.oid, f.oid, 'EXECUTE')
		THEN 'X' ELSE '' END
FROM pg_proc f
JOIN pg_namespace n ON n.oid = f.pronamespace
CROSS JOIN role
WHERE n.nspname IN ('pax', 'ref', 'ops')
) AS all_of_them
ORDER BY object COLLATE "C", role COLLATE "C"
