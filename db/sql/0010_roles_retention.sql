-- Who may do what with what 0009 made, among the roles of 0010_roles: the engine
-- masks and deletes, reviewers record why a record is kept, analysts do not.
DO $$
DECLARE
	f text;
BEGIN
	FOREACH f IN ARRAY ARRAY['link_add(bigint, date, bigint, bigint, text,'
		' text, text, text, date, date)',
		'link_review(bigint, date, date)', 'link_end(bigint, date)']
	LOOP
		EXECUTE 'REVOKE ALL ON FUNCTION ops.' || f
			|| ' FROM paxgate_analyst';
		EXECUTE 'GRANT EXECUTE ON FUNCTION ops.' || f
			|| ' TO paxgate_reviewer';
	END LOOP;
END
$$;

GRANT SELECT ON ops.objective_link, ops.retention_day TO paxgate_reviewer,
	paxgate_operator;
GRANT EXECUTE ON FUNCTION ops.link_holds(ops.objective_link, date)
	TO paxgate_engine, paxgate_analyst, paxgate_auditor, paxgate_reviewer,
	paxgate_dpo, paxgate_supervisor, paxgate_operator;
