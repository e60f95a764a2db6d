-- What later screening may count (doc/storage.md, "Facts"): which booking
-- stated which value, as a pseudonym under a key of its month. A set: nothing
-- in it is changed, so the order of a day's messages does not matter. Asked by
-- token over up to 90 days, so one partition a month and an index that a scan
-- of one token reads in the order of trips. Not distributed by flight.
CREATE TABLE pax.fact (
	clock_day date NOT NULL,
	kind smallint NOT NULL,
	token bigint NOT NULL,
	trip bigint NOT NULL,
	delete_on date NOT NULL
) PARTITION BY RANGE (clock_day);

CREATE UNIQUE INDEX ON pax.fact (token, kind, trip, clock_day);
CREATE INDEX ON pax.fact USING brin (delete_on);

-- The partition of a day's month; as ops.partition_ensure(). The month's first
-- day, whose key its tokens are under, gets its own, so that masking meets that
-- day, and destroys the key, also when no flight has it.
CREATE FUNCTION ops.fact_ensure(day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	name text := 'fact_' || to_char(day, 'YYYYMM');
	since date := date_trunc('month', day)::date;
BEGIN
	IF EXISTS (SELECT FROM pg_class WHERE relnamespace = 'pax'::regnamespace
			AND relname = name) THEN
		RETURN false;
	END IF;
	PERFORM pg_advisory_xact_lock(
		hashtext('paxgate facts'), since - date '2000-01-01');
	IF EXISTS (SELECT FROM pg_class WHERE relnamespace = 'pax'::regnamespace
			AND relname = name) THEN
		RETURN false;
	END IF;
	EXECUTE format('CREATE TABLE pax.%I (LIKE pax.fact INCLUDING ALL)', name);
	EXECUTE format('ALTER TABLE pax.fact ATTACH PARTITION pax.%I'
		' FOR VALUES FROM (%L) TO (%L)',
		name, since, (since + interval '1 month')::date);
	PERFORM ops.grants_of_parent('pax.fact', format('pax.%I', name)::regclass);
	IF NOT EXISTS (SELECT FROM ops.retention_day
			WHERE clock_day = since) THEN
		PERFORM ops.partition_ensure(since);
	END IF;
	RETURN true;
END
$$;

-- People have no use for it: the engine counts, evidence has the counts.
REVOKE ALL ON pax.fact FROM paxgate_analyst, paxgate_auditor, paxgate_dpo,
	paxgate_supervisor, paxgate_reviewer;
REVOKE UPDATE ON pax.fact FROM paxgate_engine;
REVOKE ALL ON FUNCTION ops.fact_ensure(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ops.fact_ensure(date) TO paxgate_engine;
