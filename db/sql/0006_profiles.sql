-- The life of profiles. Texts, revisions, approvals and versions of the set are
-- for good: what a hit was made of can be looked up as long as there are hits.

CREATE TABLE ops.profile_text (
	text_hash bytea PRIMARY KEY,
	content bytea NOT NULL
);

CREATE TABLE ops.profile_revision (
	name text NOT NULL,
	revision integer NOT NULL,
	text_hash bytea NOT NULL REFERENCES ops.profile_text,
	author text NOT NULL,
	committed_at timestamptz NOT NULL DEFAULT now(),
	actor text NOT NULL DEFAULT session_user,
	PRIMARY KEY (name, revision)
);

CREATE TABLE ops.profile_approval (
	text_hash bytea NOT NULL REFERENCES ops.profile_text,
	approver text NOT NULL,
	signed_at timestamptz NOT NULL,
	signature bytea NOT NULL,
	recorded_at timestamptz NOT NULL DEFAULT now(),
	actor text NOT NULL DEFAULT session_user,
	PRIMARY KEY (text_hash, approver, signed_at)
);

-- A test of disparity: figures are JSON of counts by group, no person.
CREATE TABLE ops.profile_disparity (
	text_hash bytea NOT NULL REFERENCES ops.profile_text,
	tested_at timestamptz NOT NULL DEFAULT now(),
	first_day date NOT NULL,
	last_day date NOT NULL,
	figures text NOT NULL,
	passed boolean NOT NULL,
	note text NOT NULL,
	actor text NOT NULL DEFAULT session_user,
	PRIMARY KEY (text_hash, tested_at)
);

-- A version of the profile set: what each profile is (kind 0), and the lists
-- that profiles name (kind 1).
CREATE TABLE ops.profile_set (
	version bigint PRIMARY KEY,
	set_hash bytea NOT NULL,
	reason text NOT NULL,
	made_at timestamptz NOT NULL DEFAULT now(),
	actor text NOT NULL DEFAULT session_user
);

CREATE INDEX ON ops.profile_set (set_hash);

CREATE TABLE ops.profile_item (
	version bigint NOT NULL REFERENCES ops.profile_set,
	kind smallint NOT NULL,
	name text NOT NULL,
	revision integer NOT NULL,
	text_hash bytea NOT NULL REFERENCES ops.profile_text,
	state text NOT NULL CHECK (state IN
		('draft', 'shadow', 'live', 'suspended', 'expired', 'list')),
	why text,
	PRIMARY KEY (version, kind, name)
);

-- From which offset on a version holds, for each partition. Written in the
-- transaction that moves kafka_offset.set_version.
CREATE TABLE ops.profile_effect (
	cluster text NOT NULL,
	grp text NOT NULL,
	topic text NOT NULL,
	part integer NOT NULL,
	version bigint NOT NULL REFERENCES ops.profile_set,
	from_offset bigint NOT NULL,
	effective_at timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (cluster, grp, topic, part, version)
);

ALTER TABLE ops.kafka_offset ADD COLUMN set_version bigint NOT NULL DEFAULT 0;

CREATE FUNCTION ops.is_for_good() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'rows of % are for good', TG_TABLE_NAME
		USING ERRCODE = 'integrity_constraint_violation';
END
$$;

DO $$
DECLARE
	t text;
BEGIN
	FOREACH t IN ARRAY ARRAY['profile_text', 'profile_revision',
		'profile_approval', 'profile_disparity', 'profile_set',
		'profile_item', 'profile_effect']
	LOOP
		EXECUTE format('CREATE TRIGGER for_good BEFORE UPDATE OR DELETE'
			' OR TRUNCATE ON ops.%I FOR EACH STATEMENT'
			' EXECUTE FUNCTION ops.is_for_good()', t);
	END LOOP;
END
$$;

-- A hit comes of criteria (0) or of a list (1); there is no other method (Art.
-- 6(3) of Directive (EU) 2016/681).
ALTER TABLE pax.hit ADD CONSTRAINT two_methods CHECK (kind IN (0, 1));

-- What profiles in shadow would have hit. No hit: nobody is examined for it.
CREATE TABLE pax.shadow (
	clock_day date NOT NULL,
	flight_id bigint NOT NULL,
	traveller_id bigint NOT NULL,
	source text NOT NULL,
	shadow_id bigint NOT NULL,
	revision integer NOT NULL,
	score integer NOT NULL,
	screened_at timestamptz,
	sealed bytea NOT NULL,
	mask_on date,
	delete_on date,
	PRIMARY KEY (clock_day, flight_id, traveller_id, source)
) PARTITION BY LIST (clock_day);

ALTER TABLE pax.shadow ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- As in 0001, with shadow; evidence stays the last one made.
CREATE OR REPLACE FUNCTION ops.partition_ensure(day date) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
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
	FOR part IN SELECT * FROM (VALUES
		('flight', 50), ('slice', 100), ('booking', 50),
		('traveller', 50), ('hit', 70), ('shadow', 100),
		('evidence', 100)) AS p(name, fill)
	LOOP
		EXECUTE format('CREATE TABLE pax.%I (LIKE pax.%I INCLUDING ALL)'
			' WITH (fillfactor = %s)',
			part.name || '_' || suffix, part.name, part.fill);
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
		EXECUTE format('CREATE TABLE pax.%I PARTITION OF pax.shadow'
			' FOR VALUES IN (%L)', 'shadow_' || suffix, suffix);
	END LOOP;
END
$$;

-- Version v holds from here on, for all partitions of a topic at once: each at
-- the next offset that is stored. Whoever works with an older one finds another
-- set_version and is fenced. The lock, held as long as the session, says that
-- somebody reads this topic.
CREATE FUNCTION ops.profile_take(c text, g text, t text, v bigint)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	nr bigint;
	parts integer[];
BEGIN
	PERFORM pg_advisory_lock_shared(hashtext('paxgate engine'),
		hashtext(c || '/' || g || '/' || t));
	-- these and no others: of two sessions both would hold what the other
	-- wants if one saw a row that came in between
	SELECT array_agg(o.part) INTO parts
	FROM (SELECT part FROM ops.kafka_offset
		WHERE cluster = c AND grp = g AND topic = t AND set_version < v
		ORDER BY part FOR UPDATE) o;
	WITH moved AS (
		UPDATE ops.kafka_offset SET set_version = v
		WHERE cluster = c AND grp = g AND topic = t
			AND part = ANY (parts) AND set_version < v
		RETURNING part, next_offset
	)
	INSERT INTO ops.profile_effect
	SELECT c, g, t, part, v, next_offset FROM moved;
	GET DIAGNOSTICS nr = ROW_COUNT;
	RETURN nr;
END
$$;
