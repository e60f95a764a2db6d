-- Rights of the persons whom data are about (Art. 13(1) of Directive (EU)
-- 2016/681; Directive (EU) 2016/680, Art. 14 to 16): what was done and refused,
-- corrections beside the record, restriction. Doors to it: 0014_subject_acts.

-- Why a right may be refused: a closed list.
CREATE TABLE ref.subject_refusal (
	refusal text PRIMARY KEY CHECK (refusal ~ '^[a-z][a-z-]*$'),
	article text NOT NULL,
	meaning text NOT NULL
);

INSERT INTO ref.subject_refusal VALUES
	('inquiry', 'Directive (EU) 2016/680 Art. 15(1)(a), 16(4)(a)',
		'it would obstruct inquiries, investigations or procedures'),
	('prosecution', 'Directive (EU) 2016/680 Art. 15(1)(b), 16(4)(b)',
		'it would prejudice prevention, detection, investigation or prosecution'),
	('public-security', 'Directive (EU) 2016/680 Art. 15(1)(c), 16(4)(c)',
		'public security'),
	('national-security', 'Directive (EU) 2016/680 Art. 15(1)(d), 16(4)(d)',
		'national security'),
	('others', 'Directive (EU) 2016/680 Art. 15(1)(e), 16(4)(e)',
		'rights and freedoms of others'),
	('lawful', 'Directive (EU) 2016/680 Art. 16(2)',
		'the data are processed lawfully until they are due'),
	('accurate', 'Directive (EU) 2016/680 Art. 16(1)',
		'the data are as the carrier sent them, and not shown to be wrong'),
	('unfounded', 'Directive (EU) 2016/680 Art. 12(4)',
		'manifestly unfounded or excessive'),
	('identity', 'Directive (EU) 2016/680 Art. 12(5)',
		'who asks has not shown who he is');

-- The register: each act and refusal, for good. No name: the file has it.
CREATE TABLE ops.subject_act (
	act_id bigint PRIMARY KEY,
	act text NOT NULL CHECK (act IN
		('find', 'export', 'correct', 'restrict', 'lift', 'erase')),
	outcome text NOT NULL CHECK (outcome IN ('done', 'refused')),
	refusal text REFERENCES ref.subject_refusal,
	case_id text NOT NULL CHECK (case_id ~ '^[A-Za-z0-9/._-]{1,64}$'),
	purpose text NOT NULL CHECK (purpose = 'oversight'),
	reason text NOT NULL
		CHECK (octet_length(btrim(reason)) BETWEEN 10 AND 1000),
	records bigint NOT NULL DEFAULT 0,
	actor text NOT NULL DEFAULT session_user,
	at timestamptz NOT NULL DEFAULT clock_timestamp(),
	CHECK ((outcome = 'refused') = (refusal IS NOT NULL))
);

CREATE TRIGGER for_good BEFORE UPDATE OR DELETE OR TRUNCATE ON ops.subject_act
	FOR EACH STATEMENT EXECUTE FUNCTION ops.is_for_good();

-- What a person says is right, beside what the carrier sent. sealed: the
-- values and why, JSON, under the day's key.
CREATE TABLE pax.addendum (
	clock_day date NOT NULL,
	flight_id bigint NOT NULL,
	traveller_id bigint NOT NULL,
	addendum_id bigint NOT NULL,
	field text NOT NULL,
	actor text NOT NULL,
	made_at timestamptz NOT NULL,
	sealed bytea NOT NULL,
	mask_on date,
	delete_on date,
	PRIMARY KEY (clock_day, flight_id, traveller_id, addendum_id)
) PARTITION BY LIST (clock_day);

ALTER TABLE pax.addendum ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- Whose data are not to be used for now. As an objective link: before masking
-- it names the traveller, afterwards the record.
CREATE TABLE ops.restriction (
	act_id bigint PRIMARY KEY,
	clock_day date NOT NULL,
	flight_id bigint,
	traveller_id bigint,
	record_id bigint,
	actor text NOT NULL DEFAULT session_user,
	since timestamptz NOT NULL DEFAULT clock_timestamp(),
	CHECK ((traveller_id IS NULL) <> (record_id IS NULL)),
	CHECK ((traveller_id IS NULL) = (flight_id IS NULL)),
	UNIQUE (clock_day, flight_id, traveller_id),
	UNIQUE (clock_day, record_id)
);

CREATE FUNCTION ops.is_restricted(day date, flight bigint, traveller bigint)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog AS $$
	SELECT EXISTS (SELECT FROM ops.restriction r
		WHERE r.clock_day = day AND r.flight_id = flight
			AND r.traveller_id = traveller)
$$;

-- For the policies below: they run with the rights of who asks.
CREATE FUNCTION ops.restricted_travellers()
RETURNS TABLE (clock_day date, flight_id bigint, traveller_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
	SELECT r.clock_day, r.flight_id, r.traveller_id
	FROM ops.restriction r WHERE r.traveller_id IS NOT NULL
$$;

CREATE FUNCTION ops.restricted_hits() RETURNS TABLE (clock_day date, hit_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
	SELECT h.clock_day, h.hit_id
	FROM ops.restriction r
	JOIN pax.hit h ON h.clock_day = r.clock_day
		AND h.flight_id = r.flight_id AND h.traveller_id = r.traveller_id
$$;

-- Who reads a traveller's rows: all of them the engine, the data protection
-- officer and the supervisory authority; whoever else has a right to the
-- table, those that are not restricted. A condition is worked out once a
-- statement, as a hashed set.
CREATE FUNCTION ops.guard_restricted(part regclass) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
	has text[];
	cond text;
BEGIN
	SELECT array_agg(attname) INTO has FROM pg_attribute
	WHERE attrelid = part AND attnum > 0;
	IF 'traveller_id' = ANY (has) THEN
		cond := '(clock_day, flight_id, traveller_id) NOT IN (SELECT'
			' r.clock_day, r.flight_id, r.traveller_id'
			' FROM ops.restricted_travellers() r)';
	ELSIF 'hit_id' = ANY (has) THEN
		cond := '(clock_day, hit_id) NOT IN (SELECT r.clock_day,'
			' r.hit_id FROM ops.restricted_hits() r)';
	ELSE
		RETURN;
	END IF;
	EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', part);
	EXECUTE format('CREATE POLICY engine ON %s TO paxgate_engine'
		' USING (true) WITH CHECK (true)', part);
	EXECUTE format('CREATE POLICY oversight ON %s FOR SELECT TO'
		' paxgate_dpo, paxgate_supervisor USING (true)', part);
	EXECUTE format('CREATE POLICY restricted ON %s FOR SELECT'
		' USING (%s)', part, cond);
END
$$;

-- As in 0010_review, and guarded.
CREATE OR REPLACE FUNCTION ops.partition_ensure(day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	suffix text := to_char(day, 'YYYYMMDD');
	made regclass;
	part record;
BEGIN
	IF EXISTS (SELECT FROM pg_class
		WHERE relnamespace = 'pax'::regnamespace
			AND relname = 'evidence_' || suffix) THEN
		RETURN false;
	END IF;
	PERFORM pg_advisory_xact_lock(
		hashtext('paxgate partition'), day - date '2000-01-01');
	IF EXISTS (SELECT FROM pg_class
		WHERE relnamespace = 'pax'::regnamespace
			AND relname = 'evidence_' || suffix) THEN
		RETURN false;
	END IF;
	FOR part IN SELECT c.oid, c.relname AS name,
		CASE WHEN c.relname IN ('flight', 'booking', 'traveller')
			THEN 50 WHEN c.relname = 'hit' THEN 70
			ELSE 100 END AS fill
		FROM pg_class c
		JOIN pg_partitioned_table p ON p.partrelid = c.oid
		JOIN pg_attribute a ON a.attrelid = c.oid
			AND a.attnum = p.partattrs[0]
		WHERE c.relnamespace = 'pax'::regnamespace
			AND p.partstrat = 'l' AND a.attname = 'clock_day'
		ORDER BY c.relname = 'evidence', c.relname
	LOOP
		EXECUTE format('CREATE TABLE pax.%I (LIKE pax.%I INCLUDING ALL)'
			' WITH (fillfactor = %s)',
			part.name || '_' || suffix, part.name, part.fill);
		made := ('pax.' || quote_ident(part.name || '_' || suffix))
			::regclass;
		PERFORM ops.grants_of_parent(part.oid, made);
		PERFORM ops.guard_restricted(made);
		EXECUTE format('ALTER TABLE pax.%I ATTACH PARTITION %s'
			' FOR VALUES IN (%L)', part.name, made, day);
	END LOOP;
	RETURN true;
END
$$;

-- Written by the functions alone.
REVOKE ALL ON pax.addendum FROM paxgate_engine;
GRANT SELECT ON pax.addendum TO paxgate_engine, paxgate_reviewer;
REVOKE ALL ON ref.subject_refusal, ops.subject_act, ops.restriction
	FROM paxgate_engine, paxgate_analyst, paxgate_auditor;
GRANT SELECT ON ref.subject_refusal, ops.subject_act, ops.restriction
	TO paxgate_auditor;
-- Masking renames and removes restrictions.
GRANT SELECT, UPDATE, DELETE ON ops.restriction TO paxgate_engine;

-- What is there already.
DO $$
DECLARE
	part regclass;
	suffix text;
BEGIN
	FOR suffix IN SELECT substring(c.relname FROM '[0-9]+$')
		FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
		WHERE i.inhparent = 'pax.evidence'::regclass
	LOOP
		EXECUTE format('CREATE TABLE pax.%I PARTITION OF pax.addendum'
			' FOR VALUES IN (%L)', 'addendum_' || suffix, suffix);
		PERFORM ops.grants_of_parent('pax.addendum',
			('pax.addendum_' || suffix)::regclass);
	END LOOP;
	FOR part IN SELECT c.oid
		FROM pg_class c
		JOIN pg_partitioned_table p ON p.partrelid = c.oid
		WHERE c.relnamespace = 'pax'::regnamespace AND p.partstrat = 'l'
		UNION ALL
		SELECT i.inhrelid
		FROM pg_inherits i
		JOIN pg_class c ON c.oid = i.inhparent
		JOIN pg_partitioned_table p ON p.partrelid = c.oid
		WHERE c.relnamespace = 'pax'::regnamespace AND p.partstrat = 'l'
	LOOP
		PERFORM ops.guard_restricted(part);
	END LOOP;
END
$$;
