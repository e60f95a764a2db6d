-- Roles that schema steps make and that are not there;
-- null when all are, or the session user may make them.
SELECT string_agg(r, ', ')
FROM unnest(ARRAY['paxgate_engine', 'paxgate_analyst', 'paxgate_auditor',
	'paxgate_admin', 'paxgate_gateway', 'paxgate_reviewer',
	'paxgate_approver', 'paxgate_list_owner', 'paxgate_dpo',
	'paxgate_supervisor', 'paxgate_operator', 'paxgate_officer',
	'paxgate_judge']) AS r
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r)
	AND NOT EXISTS (SELECT FROM pg_roles WHERE rolname = current_user
		AND (rolsuper OR rolcreaterole))
