-- Who may do what with requests. Officers of the PIU ask, search, disclose and
-- look; judges (of courts and independent authorities) approve and refuse; both
-- by functions alone. Neither has a right to pax. Oversight reads the registers;
-- the engine lets urgent requests lapse; analysts and reviewers have no part in
-- it, and what is kept masked is nobody's to read but the engine's and oversight's.

GRANT USAGE ON SCHEMA pax, ref, ops TO paxgate_officer, paxgate_judge;
GRANT SELECT ON ops.migration, ops.authority, ops.account, ops.request,
	ops.request_step, ops.request_record, ops.transfer, ref.request_limit,
	ref.request_reason, ref.request_way TO paxgate_officer, paxgate_judge;
GRANT SELECT ON ops.request_row TO paxgate_officer;
GRANT EXECUTE ON FUNCTION ops.audit_open(),
	ops.audit_append(text, bigint, bytea, text, bytea)
	TO paxgate_officer, paxgate_judge;

REVOKE ALL ON ops.request, ops.request_step, ops.request_row,
	ops.request_record, ops.request_scope, ops.transfer,
	ops.dpo_task, ref.request_limit,
	ref.request_reason, ref.request_way
	FROM paxgate_engine, paxgate_analyst;
-- to print what it recalls
GRANT SELECT ON ops.request, ops.transfer TO paxgate_engine;
REVOKE ALL ON pax.masked_record FROM paxgate_analyst, paxgate_reviewer;
-- months that are there already have grants of the default privileges
SELECT ops.grants_of_parent('pax.masked_record', i.inhrelid::regclass)
FROM pg_inherits i WHERE i.inhparent = 'pax.masked_record'::regclass;
GRANT SELECT, INSERT, UPDATE ON ref.request_limit, ref.request_reason
	TO paxgate_admin;

-- As in 0009; a month has its parent's grants.
CREATE OR REPLACE FUNCTION ops.masked_ensure(day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	name text := 'masked_record_' || to_char(day, 'YYYYMM');
	first date := date_trunc('month', day);
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('paxgate masked'),
		first - date '2000-01-01');
	IF EXISTS (SELECT FROM pg_class WHERE relname = name
		AND relnamespace = 'pax'::regnamespace) THEN
		RETURN;
	END IF;
	EXECUTE format('CREATE TABLE pax.%I (LIKE pax.masked_record'
		' INCLUDING ALL)', name);
	EXECUTE format('ALTER TABLE pax.masked_record ATTACH PARTITION pax.%I'
		' FOR VALUES FROM (%L) TO (%L)', name, first,
		(first + interval '1 month')::date);
	PERFORM ops.grants_of_parent('pax.masked_record',
		format('pax.%I', name)::regclass);
END
$$;

DO $$
DECLARE
	f record;
BEGIN
	FOR f IN SELECT p.oid::regprocedure AS name, x.roles
		FROM (VALUES
		('request_limit_of', 'paxgate_officer'),
		('account_today', NULL),
		('authority_line', NULL),
		('request_last', 'paxgate_officer, paxgate_judge, paxgate_dpo,'
			' paxgate_auditor, paxgate_supervisor'),
		('request_lock', NULL),
		('request_bar', NULL),
		('request_add', NULL),
		('request_form_bar', NULL),
		('request_is_for_good', NULL),
		('request_forget', NULL),
		('request_open', 'paxgate_officer'),
		('request_approve', 'paxgate_judge'),
		('request_refuse', 'paxgate_judge'),
		('request_recall', NULL),
		('request_close', 'paxgate_officer'),
		('request_lapse', 'paxgate_engine, paxgate_officer'),
		('statistic_requests', NULL),
		('dpo_task_done', 'paxgate_dpo'),
		('search_bar', NULL),
		('search_keep', NULL),
		('search_find', 'paxgate_officer'),
		('search_take', 'paxgate_officer'),
		('scope_bar', 'paxgate_officer'),
		('scope_note', 'paxgate_officer'),
		('scope_rows', 'paxgate_officer'),
		('scope_flights', 'paxgate_officer'),
		('search_done', 'paxgate_officer'),
		('search_rows', 'paxgate_officer'),
		('request_disclose', 'paxgate_officer'),
		('masked_list', 'paxgate_officer'),
		('unmask_open', 'paxgate_officer'),
		('unmask_view', 'paxgate_officer'),
		('unmask_rows', 'paxgate_officer')) AS x (name, roles)
		JOIN pg_proc p ON p.proname = x.name
			AND p.pronamespace = 'ops'::regnamespace
	LOOP
		EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f.name);
		IF f.roles IS NOT NULL THEN
			EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s',
				f.name, f.roles);
		END IF;
	END LOOP;
END
$$;
