-- Who may do what: roles of the cluster without a login, made where they are
-- missing. tests/cli/access.txt has the whole of it, and a test tries it;
-- `paxgate db access` prints it. Tables of later steps: the engine's and
-- readers' grants by default privileges (0008); say more where they are made.

DO $$
DECLARE
	r text;
BEGIN
	FOREACH r IN ARRAY ARRAY['paxgate_gateway', 'paxgate_reviewer',
		'paxgate_approver', 'paxgate_list_owner', 'paxgate_dpo',
		'paxgate_supervisor', 'paxgate_operator']
	LOOP
		CONTINUE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = r);
		BEGIN
			EXECUTE format('CREATE ROLE %I NOLOGIN', r);
		EXCEPTION WHEN duplicate_object OR unique_violation THEN
			NULL; -- another database's migration was faster
		END;
	END LOOP;
END
$$;

-- The gateway has nothing to do here: it gets no grant at all.

GRANT USAGE ON SCHEMA pax, ref, ops TO paxgate_reviewer, paxgate_approver,
	paxgate_list_owner, paxgate_dpo, paxgate_supervisor, paxgate_operator;

-- Everybody reads which steps were applied, and writes the audit log in his own
-- name.
GRANT SELECT ON ops.migration TO paxgate_reviewer, paxgate_approver,
	paxgate_list_owner, paxgate_operator;
GRANT EXECUTE ON FUNCTION ops.audit_open(),
	ops.audit_append(text, bigint, bytea, text, bytea)
	TO paxgate_reviewer, paxgate_approver, paxgate_list_owner, paxgate_dpo,
	paxgate_supervisor, paxgate_operator;

-- Oversight reads all.
GRANT SELECT ON ALL TABLES IN SCHEMA pax, ref, ops
	TO paxgate_dpo, paxgate_supervisor;
DO $$
DECLARE
	s text;
BEGIN
	FOREACH s IN ARRAY ARRAY['pax', 'ref', 'ops'] LOOP
		EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT'
			' SELECT ON TABLES TO paxgate_dpo,'
			' paxgate_supervisor', s);
	END LOOP;
END
$$;

-- The engine finds hits; what people make of them it cannot write.
REVOKE INSERT, UPDATE, DELETE ON pax.review, ref.review_reason,
	ref.review_limit, ref.checklist FROM paxgate_engine;
SELECT ops.grants_of_parent('pax.review', i.inhrelid::regclass)
FROM pg_inherits i WHERE i.inhparent = 'pax.review'::regclass;

-- Analysts write profiles and test them.
GRANT INSERT ON ops.profile_text, ops.profile_revision, ops.profile_disparity
	TO paxgate_analyst;

-- Approvers sign them and put them to work. They need no traveller.
GRANT SELECT ON ops.profile_text, ops.profile_revision, ops.profile_approval,
	ops.profile_disparity, ops.profile_set, ops.profile_item,
	ops.profile_effect, ops.account, ops.authority TO paxgate_approver;
GRANT INSERT ON ops.profile_text, ops.profile_approval, ops.profile_set,
	ops.profile_item TO paxgate_approver;

-- Reviewers read hits and decide them by these functions alone.
GRANT SELECT ON ALL TABLES IN SCHEMA pax, ref TO paxgate_reviewer;
GRANT SELECT ON ops.false_match, ops.account, ops.authority,
	ops.profile_text, ops.profile_revision TO paxgate_reviewer;

-- Who watches the machines sees no traveller.
GRANT SELECT ON ops.counter, ops.kafka_offset, ops.quarantine, ops.series,
	ops.flight_clock, ops.profile_set TO paxgate_operator;

-- Of what reviews may say, the administrator keeps the list.
GRANT SELECT, INSERT, UPDATE ON ref.review_reason, ref.review_limit
	TO paxgate_admin;

-- Functions are nobody's but whose they are given to here.
REVOKE ALL ON FUNCTION ops.is_false_match(bigint, bytea),
	ops.false_match_holds(date, bigint, bigint),
	ops.profile_take(text, text, text, bigint), ops.audit_is_for_good(),
	ops.is_for_good(), ops.grants_of_parent(regclass, regclass),
	ops.link_holds(ops.objective_link, date), ops.retention_parts(date),
	ops.outbox_referral(), pax.review_is_for_good(),
	pax.review_lock(date, bigint),
	pax.review_bar(pax.hit), pax.review_add(pax.hit, pax.review),
	pax.review_last(date, bigint, bigint), pax.review_limit_of(text),
	pax.false_match_add(date, bigint, text),
	pax.false_match_lift(date, bigint),
	pax.review_take(date, bigint, bigint),
	pax.review_decide(date, bigint, bigint, text, text, text, integer, text,
		text[], bytea),
	pax.review_refer(date, bigint, bigint, text),
	pax.review_reopen(date, bigint, bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ops.is_false_match(bigint, bytea),
	ops.false_match_holds(date, bigint, bigint),
	ops.profile_take(text, text, text, bigint) TO paxgate_engine;
GRANT EXECUTE ON FUNCTION ops.link_holds(ops.objective_link, date)
	TO paxgate_engine, paxgate_analyst, paxgate_auditor, paxgate_dpo,
	paxgate_supervisor;
GRANT EXECUTE ON FUNCTION ops.retention_parts(date) TO paxgate_engine;
GRANT EXECUTE ON FUNCTION pax.review_last(date, bigint, bigint)
	TO paxgate_engine, paxgate_analyst, paxgate_reviewer, paxgate_auditor,
	paxgate_dpo, paxgate_supervisor;
GRANT EXECUTE ON FUNCTION pax.review_limit_of(text) TO paxgate_reviewer;
GRANT EXECUTE ON FUNCTION pax.false_match_add(date, bigint, text),
	pax.false_match_lift(date, bigint),
	pax.review_take(date, bigint, bigint),
	pax.review_decide(date, bigint, bigint, text, text, text, integer, text,
		text[], bytea),
	pax.review_refer(date, bigint, bigint, text),
	pax.review_reopen(date, bigint, bigint, text) TO paxgate_reviewer;
