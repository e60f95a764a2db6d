-- Masking and deletion (doc/retention.md). A day is closed first: its
-- partitions leave their tables under another name, so that nobody reads or
-- writes them any more; then what is kept is sealed anew, the day's key is
-- destroyed, and they are dropped.

-- Why a record is kept after six months (C-817/19, 255-262): the closed list
-- is law/link.def. Before masking it names the traveller, afterwards the
-- record, whose id cannot be computed from what a traveller is.
CREATE TABLE ops.objective_link (
	link_id bigint PRIMARY KEY,
	clock_day date NOT NULL,
	flight_id bigint,
	traveller_id bigint,
	record_id bigint,
	kind text NOT NULL CHECK (kind IN ('confirmed-hit', 'disclosure',
		'request', 'foreign-request', 'court-order')),
	reason text NOT NULL CHECK (reason ~ '^[a-z][a-z-]{0,63}$'),
	case_id text NOT NULL CHECK (length(case_id) BETWEEN 1 AND 64),
	offence text NOT NULL,
	actor text NOT NULL,
	made_on date NOT NULL,
	reviewed_by text,
	reviewed_on date,
	review_on date NOT NULL,
	ended_by text,
	ended_on date,
	CHECK ((traveller_id IS NULL) <> (record_id IS NULL)),
	CHECK (review_on <= coalesce(reviewed_on, made_on) + interval '12 months')
);

CREATE INDEX ON ops.objective_link (clock_day);

-- Does it hold on this day? Its last day is the one of its review.
CREATE FUNCTION ops.link_holds(l ops.objective_link, today date)
RETURNS boolean LANGUAGE sql STABLE AS $$
	SELECT l.review_on >= today
		AND (l.ended_on IS NULL OR l.ended_on > today)
$$;

-- The steps that a day has come to, and what its certificate says.
CREATE TABLE ops.retention_day (
	clock_day date PRIMARY KEY,
	state text NOT NULL
		CHECK (state IN ('closed', 'kept', 'masked', 'deleted')),
	closed_at timestamptz NOT NULL DEFAULT now(),
	done_at timestamptz,
	travellers bigint,
	slices bigint,
	hits bigint,
	kept bigint,
	id_hash bytea,
	key_print text
);

-- What is kept after six months: Art. 12(2) hides all but these columns. The
-- record itself is sealed under a key of its own, which is in the key folder,
-- boxed for the custodians.
CREATE TABLE pax.masked_record (
	clock_day date NOT NULL,
	record_id bigint NOT NULL,
	carrier text,
	number text,
	origin text,
	destination text,
	departs timestamp,
	arrives timestamp,
	type text,
	status text,
	seat text[],
	bag_count integer,
	bag_weight_milli bigint,
	booked_at timestamptz,
	agency_number text,
	payment_forms text[],
	leg_count integer,
	sealed bytea NOT NULL,
	delete_on date NOT NULL,
	PRIMARY KEY (clock_day, record_id)
) PARTITION BY RANGE (clock_day);

ALTER TABLE pax.masked_record ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- The month's partition of what is kept.
CREATE FUNCTION ops.masked_ensure(day date) RETURNS void
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
END
$$;

-- Months of which nothing is left. Gives how many went.
CREATE FUNCTION ops.masked_sweep(today date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	part record;
	has_rows boolean;
	nr bigint := 0;
BEGIN
	FOR part IN SELECT c.relname AS name
		FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
		WHERE i.inhparent = 'pax.masked_record'::regclass
			AND to_date(right(c.relname, 6), 'YYYYMM')
				< today - 366
	LOOP
		EXECUTE format('SELECT EXISTS (SELECT FROM pax.%I)', part.name)
			INTO has_rows;
		CONTINUE WHEN has_rows;
		EXECUTE format('LOCK TABLE pax.masked_record, pax.%I IN'
			' ACCESS EXCLUSIVE MODE NOWAIT', part.name);
		EXECUTE format('DROP TABLE pax.%I', part.name);
		nr := nr + 1;
	END LOOP;
	RETURN nr;
END
$$;

-- The partitions of a day, unless it is closed for good: then PXM01. The lock
-- is the one that closing takes.
CREATE FUNCTION ops.partition_for(day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM pg_class
		WHERE relnamespace = 'pax'::regnamespace
			AND relname = 'evidence_' || to_char(day, 'YYYYMMDD'))
	THEN
		PERFORM pg_advisory_xact_lock(hashtext('paxgate partition'),
			day - date '2000-01-01');
	END IF;
	IF EXISTS (SELECT FROM ops.retention_day WHERE clock_day = day) THEN
		RAISE EXCEPTION 'the day is masked' USING ERRCODE = 'PXM01';
	END IF;
	RETURN ops.partition_ensure(day);
END
$$;

-- Close a day. Locks are asked for without waiting, so that nobody queues up
-- behind us: where one is not free it fails (55P03), and is tried again. False:
-- it was closed before.
CREATE FUNCTION ops.retention_close(day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	part record;
BEGIN
	IF NOT pg_try_advisory_xact_lock(hashtext('paxgate partition'),
		day - date '2000-01-01') THEN
		RAISE EXCEPTION 'its partitions are being made'
			USING ERRCODE = 'lock_not_available';
	END IF;
	INSERT INTO ops.retention_day (clock_day, state)
	VALUES (day, 'closed') ON CONFLICT DO NOTHING;
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	FOR part IN SELECT * FROM ops.retention_parts(day) LOOP
		EXECUTE format('LOCK TABLE ONLY pax.%I, pax.%I IN'
			' ACCESS EXCLUSIVE MODE NOWAIT', part.parent, part.name);
	END LOOP;
	FOR part IN SELECT * FROM ops.retention_parts(day) LOOP
		EXECUTE format('ALTER TABLE pax.%I DETACH PARTITION pax.%I',
			part.parent, part.name);
		EXECUTE format('ALTER TABLE pax.%I RENAME TO %I', part.name,
			'closed_' || part.name);
	END LOOP;
	RETURN true;
END
$$;

-- The day's partitions, whichever tables have some.
CREATE FUNCTION ops.retention_parts(day date)
RETURNS TABLE (parent text, name text)
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
	SELECT p.relname::text, c.relname::text
	FROM pg_inherits i
	JOIN pg_class p ON p.oid = i.inhparent
	JOIN pg_class c ON c.oid = i.inhrelid
	WHERE p.relnamespace = 'pax'::regnamespace AND p.relkind = 'p'
		AND c.relname = p.relname || '_' || to_char(day, 'YYYYMMDD')
	ORDER BY 1
$$;

-- Drop what a day had, once what is kept of it is stored.
CREATE FUNCTION ops.retention_drop(day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	part record;
BEGIN
	IF NOT EXISTS (SELECT FROM ops.retention_day
		WHERE clock_day = day AND state = 'kept') THEN
		RAISE EXCEPTION 'the day is not ready'
			USING ERRCODE = 'object_not_in_prerequisite_state';
	END IF;
	FOR part IN SELECT relname AS name FROM pg_class
		WHERE relnamespace = 'pax'::regnamespace AND relkind = 'r'
			AND relname ~ ('^closed_[a-z_]+_'
				|| to_char(day, 'YYYYMMDD') || '$')
	LOOP
		EXECUTE format('DROP TABLE pax.%I', part.name);
	END LOOP;
END
$$;

-- Links are recorded in the name of the session user.
CREATE FUNCTION ops.link_add(id bigint, day date, of_hit bigint,
	of_traveller bigint, of_kind text, of_reason text, of_case text,
	of_offence text, today date, review date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	nr bigint;
BEGIN
	INSERT INTO ops.objective_link (link_id, clock_day, flight_id,
		traveller_id, kind, reason, case_id, offence, actor, made_on,
		review_on)
	SELECT id, day, t.flight_id, t.traveller_id, of_kind, of_reason,
		of_case, of_offence, session_user, today, review
	FROM pax.traveller t
	WHERE t.clock_day = day
		AND (t.traveller_id = of_traveller OR EXISTS (
			SELECT FROM pax.hit h
			WHERE h.clock_day = day AND h.hit_id = of_hit
				AND h.flight_id = t.flight_id
				AND h.traveller_id = t.traveller_id));
	GET DIAGNOSTICS nr = ROW_COUNT;
	RETURN nr;
END
$$;

CREATE FUNCTION ops.link_review(id bigint, today date, review date)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	nr bigint;
BEGIN
	UPDATE ops.objective_link l
	SET reviewed_by = session_user, reviewed_on = today, review_on = review
	WHERE l.link_id = id AND ops.link_holds(l, today);
	GET DIAGNOSTICS nr = ROW_COUNT;
	RETURN nr;
END
$$;

CREATE FUNCTION ops.link_end(id bigint, today date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	nr bigint;
BEGIN
	UPDATE ops.objective_link l
	SET ended_by = session_user, ended_on = today
	WHERE l.link_id = id AND ops.link_holds(l, today);
	GET DIAGNOSTICS nr = ROW_COUNT;
	RETURN nr;
END
$$;

DO $$
DECLARE
	f text;
BEGIN
	FOREACH f IN ARRAY ARRAY['masked_ensure(date)', 'masked_sweep(date)',
		'partition_for(date)', 'retention_close(date)',
		'retention_drop(date)']
	LOOP
		EXECUTE 'REVOKE ALL ON FUNCTION ops.' || f || ' FROM PUBLIC';
		EXECUTE 'GRANT EXECUTE ON FUNCTION ops.' || f
			|| ' TO paxgate_engine';
	END LOOP;
	FOREACH f IN ARRAY ARRAY['link_add(bigint, date, bigint, bigint, text,'
		' text, text, text, date, date)',
		'link_review(bigint, date, date)', 'link_end(bigint, date)']
	LOOP
		EXECUTE 'REVOKE ALL ON FUNCTION ops.' || f || ' FROM PUBLIC';
		EXECUTE 'GRANT EXECUTE ON FUNCTION ops.' || f
			|| ' TO paxgate_analyst';
	END LOOP;
END
$$;
