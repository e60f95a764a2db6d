-- Review of hits by people. What the engine finds is pax.hit, open or
-- withdrawn; what people did with it is pax.review, one row for each step, the
-- last one is the state: in_review, confirmed, rejected, referred, reopened; no
-- row: open. Rows come by the functions below alone, and are for good.

-- Why a step was taken: a closed list, the administrator's.
CREATE TABLE ref.review_reason (
	step text NOT NULL CHECK (step IN
		('confirmed', 'rejected', 'reopened')),
	reason text NOT NULL CHECK (reason ~ '^[a-z][a-z-]*$'),
	meaning text NOT NULL,
	PRIMARY KEY (step, reason)
);

INSERT INTO ref.review_reason VALUES
	('confirmed', 'suspicion', 'reasonable suspicion, put in words'),
	('rejected', 'wrong-person',
		'the traveller is not the one that the list means'),
	('rejected', 'alert-over', 'the alert is not valid any more'),
	('rejected', 'not-serious',
		'no terrorist offence and no serious crime'),
	('rejected', 'no-air-link',
		'no link with carriage by air, not even an indirect one'),
	('rejected', 'exonerated', 'facts speak against it'),
	('rejected', 'no-suspicion', 'nothing supports reasonable suspicion'),
	('rejected', 'discriminatory', 'the result may discriminate'),
	('rejected', 'data-wrong', 'the carrier''s data are wrong'),
	('reopened', 'new-facts', 'facts came to light'),
	('reopened', 'data-changed', 'the traveller''s data changed'),
	('reopened', 'mistake', 'the decision was a mistake'),
	('reopened', 'authority', 'the authority answered');

-- view_seconds: between taking a hit and deciding it at least; lease_minutes:
-- after that somebody else may take it over.
CREATE TABLE ref.review_limit (
	name text PRIMARY KEY,
	value integer NOT NULL CHECK (value BETWEEN 0 AND 86400)
);

INSERT INTO ref.review_limit VALUES ('view_seconds', 30), ('lease_minutes', 30);

-- The questions that were answered, as they were asked.
CREATE TABLE ref.checklist (
	checklist_hash bytea PRIMARY KEY,
	version integer NOT NULL,
	content text NOT NULL,
	first_used_at timestamptz NOT NULL DEFAULT now()
);

-- seen_*: the hit as the reviewer saw it. sealed: his words, JSON, under the
-- day's key. answers: 'question=answer', codes of the checklist.
CREATE TABLE pax.review (
	clock_day date NOT NULL,
	flight_id bigint NOT NULL,
	hit_id bigint NOT NULL,
	step integer NOT NULL,
	review_id bigint NOT NULL,
	state text NOT NULL CHECK (state IN ('in_review', 'confirmed',
		'rejected', 'referred', 'reopened')),
	reviewer text NOT NULL,
	at timestamptz NOT NULL,
	reason text,
	offence text,
	air_link text CHECK (air_link IN ('direct', 'indirect', 'none')),
	recipient text,
	view_seconds integer,
	checklist_hash bytea,
	answers text[],
	seen_input bytea,
	seen_evidence bytea,
	seen_revision integer NOT NULL,
	seen_score integer NOT NULL,
	seen_departs_utc timestamptz,
	seen_quality integer,
	sealed bytea,
	mask_on date,
	delete_on date,
	PRIMARY KEY (clock_day, flight_id, hit_id, step)
) PARTITION BY LIST (clock_day);

ALTER TABLE pax.review ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- Masking seals the words anew, and that is all that ever changes.
CREATE FUNCTION pax.review_is_for_good() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
	RAISE EXCEPTION 'records of reviews are for good'
		USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER for_good BEFORE UPDATE OF clock_day, flight_id, hit_id, step,
	review_id, state, reviewer, at, reason, offence, air_link, recipient,
	view_seconds, checklist_hash, answers, seen_input, seen_evidence,
	seen_revision, seen_score, seen_departs_utc, seen_quality
	ON pax.review FOR EACH ROW EXECUTE FUNCTION pax.review_is_for_good();

-- Whoever may do something with a table may with its partition, and nobody else.
CREATE FUNCTION ops.grants_of_parent(parent regclass, part regclass)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
	acl record;
BEGIN
	FOR acl IN SELECT DISTINCT x.grantee::regrole AS who
		FROM pg_class c, aclexplode(c.relacl) x
		WHERE c.oid = part AND x.grantee NOT IN (0, c.relowner)
	LOOP
		EXECUTE format('REVOKE ALL ON %s FROM %s', part, acl.who);
	END LOOP;
	FOR acl IN SELECT x.grantee::regrole AS who,
		string_agg(x.privilege_type, ', ') AS what
		FROM pg_class c, aclexplode(c.relacl) x
		WHERE c.oid = parent AND x.grantee NOT IN (0, c.relowner)
		GROUP BY x.grantee
	LOOP
		EXECUTE format('GRANT %s ON %s TO %s', acl.what, part, acl.who);
	END LOOP;
END
$$;

-- As in 0006, of all tables by clock_day that there are; evidence stays the last
-- one made. Grants are the parent's: what default privileges add is taken away.
CREATE OR REPLACE FUNCTION ops.partition_ensure(day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	suffix text := to_char(day, 'YYYYMMDD');
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
	FOR part IN SELECT c.oid, c.relname AS name, c.relowner AS owner,
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
		PERFORM ops.grants_of_parent(part.oid,
			('pax.' || quote_ident(part.name || '_' || suffix))
			::regclass);
		EXECUTE format('ALTER TABLE pax.%I ATTACH PARTITION pax.%I'
			' FOR VALUES IN (%L)',
			part.name, part.name || '_' || suffix, day);
	END LOOP;
	RETURN true;
END
$$;

-- Days that are there already.
DO $$
DECLARE
	suffix text;
BEGIN
	FOR suffix IN SELECT substring(c.relname FROM '[0-9]+$')
		FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
		WHERE i.inhparent = 'pax.evidence'::regclass
	LOOP
		EXECUTE format('CREATE TABLE pax.%I PARTITION OF pax.review'
			' FOR VALUES IN (%L)', 'review_' || suffix, suffix);
	END LOOP;
END
$$;
