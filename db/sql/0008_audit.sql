-- The audit log, and who may do what. Roles are the cluster's: they are made
-- where they are missing (which asks for CREATEROLE) and hold no login. Grants
-- to them: doc/storage.md, Roles.

DO $$
DECLARE
	r text;
BEGIN
	FOREACH r IN ARRAY ARRAY['paxgate_engine', 'paxgate_analyst',
		'paxgate_auditor', 'paxgate_admin']
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

-- Authorities of Art. 7 and courts; one vocabulary with etc/authorities.yaml.
CREATE TABLE ops.authority (
	authority text PRIMARY KEY,
	kind text NOT NULL CHECK (kind IN
		('piu', 'court', 'independent', 'competent')),
	name text NOT NULL,
	country text,
	parent text REFERENCES ops.authority,
	valid_from date NOT NULL,
	valid_until date CHECK (valid_until >= valid_from),
	actor text NOT NULL DEFAULT session_user,
	added_at timestamptz NOT NULL DEFAULT now()
);

-- Who works with it: the account is the PostgreSQL role. A seconded officer
-- (Art. 4(3)) acts for the PIU and has another home.
CREATE TABLE ops.account (
	account text PRIMARY KEY,
	acting_as text NOT NULL REFERENCES ops.authority,
	home_authority text NOT NULL REFERENCES ops.authority,
	roles text[] NOT NULL,
	valid_from date NOT NULL,
	valid_until date CHECK (valid_until >= valid_from),
	actor text NOT NULL DEFAULT session_user,
	added_at timestamptz NOT NULL DEFAULT now()
);

-- A chain belongs to one session user and to one session at a time; what it
-- begins with is the hash of the event before `first`, at first zeros.
CREATE TABLE ops.audit_chain (
	chain text COLLATE "C" PRIMARY KEY,
	actor text NOT NULL,
	first bigint NOT NULL DEFAULT 1,
	before bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
	last bigint NOT NULL DEFAULT 0,
	hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex')
) WITH (fillfactor = 20);

-- An event is the line that was hashed; the columns beside it are made of it.
CREATE TABLE ops.audit (
	chain text COLLATE "C" NOT NULL,
	seq bigint NOT NULL,
	at text COLLATE "C" NOT NULL
		GENERATED ALWAYS AS (substr(line, 8, 24)) STORED,
	operation text NOT NULL
		GENERATED ALWAYS AS (substring(line
			FROM '"operation":"([A-Z_]+)"')) STORED,
	line text NOT NULL,
	hash bytea NOT NULL,
	PRIMARY KEY (chain, seq)
);

CREATE INDEX ON ops.audit USING brin (at);

CREATE TABLE ops.audit_checkpoint (
	nr bigint PRIMARY KEY,
	line text NOT NULL,
	key bytea NOT NULL,
	signature bytea NOT NULL,
	actor text NOT NULL DEFAULT session_user,
	made_at timestamptz NOT NULL DEFAULT now()
);

-- Also for the owner of the schema: nothing is changed by mistake. Removal
-- after five years says so (audit_expire.sql).
CREATE FUNCTION ops.audit_is_for_good() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
	IF TG_OP = 'DELETE' AND
		current_setting('paxgate.audit_expire', true) = 'on' THEN
		RETURN NULL;
	END IF;
	RAISE EXCEPTION 'events of the audit log are for good'
		USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER for_good BEFORE UPDATE OR DELETE OR TRUNCATE ON ops.audit
	FOR EACH STATEMENT EXECUTE FUNCTION ops.audit_is_for_good();
CREATE TRIGGER for_good BEFORE UPDATE OR DELETE OR TRUNCATE
	ON ops.audit_checkpoint
	FOR EACH STATEMENT EXECUTE FUNCTION ops.audit_is_for_good();

-- A chain for this session: the first of the user's that no other session
-- holds; held until the session ends. Asked again it gives the same one. With
-- it, what the register says of the user today.
CREATE FUNCTION ops.audit_open(OUT chain text, OUT last bigint,
	OUT hash bytea, OUT acting_as text, OUT home_authority text,
	OUT roles text[], OUT ended boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	base text := regexp_replace(session_user, '[^A-Za-z0-9_.-]', '_', 'g');
	slot integer := 1;
BEGIN
	IF base <> session_user OR length(base) > 60 THEN
		base := left(base, 40) || '.' || left(md5(session_user), 8);
	END IF;
	WHILE NOT pg_try_advisory_lock(hashtext('paxgate audit'),
		hashtext(base || '/' || slot))
	LOOP
		slot := slot + 1;
		IF slot > 1000 THEN
			RAISE EXCEPTION 'too many sessions of one user'
				USING ERRCODE = 'too_many_connections';
		END IF;
	END LOOP;
	chain := base || '/' || slot;
	INSERT INTO ops.audit_chain (chain, actor)
	VALUES (audit_open.chain, session_user) ON CONFLICT DO NOTHING;
	SELECT c.last, c.hash INTO last, hash
	FROM ops.audit_chain c WHERE c.chain = audit_open.chain;
	SELECT a.acting_as, a.home_authority, a.roles,
		current_date < a.valid_from OR current_date > a.valid_until
		OR EXISTS (SELECT FROM ops.authority o
			WHERE o.authority IN (a.acting_as, a.home_authority)
				AND (current_date < o.valid_from
					OR current_date > o.valid_until))
	INTO acting_as, home_authority, roles, ended
	FROM ops.account a WHERE a.account = session_user;
END
$$;

-- The next event of a chain, in the caller's transaction. Another `last` or
-- hash than the caller thinks: somebody else has the chain, ask again.
CREATE FUNCTION ops.audit_append(of_chain text, of_seq bigint,
	of_before bytea, of_line text, of_hash bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF of_line::jsonb ->> 'actor' IS DISTINCT FROM session_user::text
		OR octet_length(of_hash) <> 32
		OR of_line !~ '^\{"at":"[-0-9]{10}T[:.0-9]{12}Z","operation":"'
	THEN
		RAISE EXCEPTION 'not an event of this user'
			USING ERRCODE = 'insufficient_privilege';
	END IF;
	UPDATE ops.audit_chain SET last = of_seq, hash = of_hash
	WHERE chain = of_chain AND actor = session_user
		AND last = of_seq - 1 AND hash = of_before;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'the chain has moved on'
			USING ERRCODE = 'serialization_failure';
	END IF;
	INSERT INTO ops.audit (chain, seq, line, hash)
	VALUES (of_chain, of_seq, of_line, of_hash);
END
$$;

-- Sessions that make a checkpoint do so one by one. True: the lock is ours
-- until the transaction ends.
CREATE FUNCTION ops.audit_checkpoint_put(of_nr bigint, of_line text,
	of_key bytea, of_signature bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('paxgate audit checkpoint'));
	IF of_nr <> 1 + coalesce(
		(SELECT max(nr) FROM ops.audit_checkpoint), 0) THEN
		RAISE EXCEPTION 'another checkpoint came first'
			USING ERRCODE = 'serialization_failure';
	END IF;
	INSERT INTO ops.audit_checkpoint (nr, line, key, signature)
	VALUES (of_nr, of_line, of_key, of_signature);
END
$$;

-- The engine makes partitions that are not its own.
ALTER FUNCTION ops.partition_ensure(date) SECURITY DEFINER;

DO $$
DECLARE
	f text;
BEGIN
	FOREACH f IN ARRAY ARRAY['partition_ensure(date)', 'audit_open()',
		'audit_append(text, bigint, bytea, text, bytea)',
		'audit_checkpoint_put(bigint, text, bytea, bytea)']
	LOOP
		EXECUTE 'REVOKE ALL ON FUNCTION ops.' || f || ' FROM PUBLIC';
	END LOOP;
	FOR f IN SELECT unnest(ARRAY['pax', 'ref', 'ops']) LOOP
		EXECUTE format('GRANT USAGE ON SCHEMA %I TO paxgate_engine,'
			' paxgate_analyst, paxgate_auditor, paxgate_admin', f);
		EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE'
			' ON ALL TABLES IN SCHEMA %I TO paxgate_engine', f);
		EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT'
			' SELECT, INSERT, UPDATE, DELETE ON TABLES'
			' TO paxgate_engine', f);
		EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I'
			' TO paxgate_analyst, paxgate_auditor', f);
		EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT'
			' SELECT ON TABLES TO paxgate_analyst,'
			' paxgate_auditor', f);
	END LOOP;
END
$$;

REVOKE INSERT, UPDATE, DELETE ON ops.audit, ops.audit_chain,
	ops.audit_checkpoint, ops.account, ops.authority, ops.migration
	FROM paxgate_engine;
GRANT SELECT ON ops.migration TO paxgate_admin;
GRANT SELECT, INSERT, UPDATE ON ops.account, ops.authority TO paxgate_admin;
GRANT EXECUTE ON FUNCTION ops.partition_ensure(date) TO paxgate_engine;
GRANT EXECUTE ON FUNCTION ops.audit_open(),
	ops.audit_append(text, bigint, bytea, text, bytea) TO paxgate_engine,
	paxgate_analyst, paxgate_auditor, paxgate_admin;
GRANT EXECUTE ON FUNCTION
	ops.audit_checkpoint_put(bigint, text, bytea, bytea)
	TO paxgate_engine, paxgate_auditor, paxgate_admin;
