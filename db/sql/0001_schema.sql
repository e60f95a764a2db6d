-- Personal records: one partition a day (clock_day, see doc/storage.md). Column
-- order is that of db/row.def; a test holds the two equal.

CREATE SCHEMA pax;
CREATE SCHEMA ref;

CREATE TABLE pax.flight (
	clock_day date NOT NULL,
	flight_id bigint NOT NULL,
	version bigint NOT NULL,
	carrier text,
	number text,
	origin text,
	destination text,
	departs timestamp,
	arrives timestamp,
	last_sent_at timestamptz,
	mask_on date,
	delete_on date,
	regime text,
	link text,
	PRIMARY KEY (clock_day, flight_id)
) PARTITION BY LIST (clock_day);

CREATE TABLE pax.slice (
	clock_day date NOT NULL,
	flight_id bigint NOT NULL,
	slice_hash bytea NOT NULL,
	kind smallint NOT NULL,
	sealed bytea NOT NULL,
	mask_on date,
	delete_on date,
	PRIMARY KEY (clock_day, flight_id, slice_hash)
) PARTITION BY LIST (clock_day);

CREATE TABLE pax.booking (
	clock_day date NOT NULL,
	flight_id bigint NOT NULL,
	booking_id bigint NOT NULL,
	created_at timestamptz,
	agency_number text,
	payment_forms text[],
	leg_count integer,
	sealed bytea NOT NULL,
	tokens bigint[],
	mask_on date,
	delete_on date,
	PRIMARY KEY (clock_day, flight_id, booking_id)
) PARTITION BY LIST (clock_day);

CREATE TABLE pax.traveller (
	clock_day date NOT NULL,
	flight_id bigint NOT NULL,
	traveller_id bigint NOT NULL,
	booking_id bigint,
	type text,
	status text,
	seat text[],
	bag_count integer,
	bag_weight_milli bigint,
	sealed bytea NOT NULL,
	tokens bigint[],
	pnr_header bytea,
	pnr_slice bytea,
	pnr_index integer,
	pnr_sent_at timestamptz,
	pnr_message bytea,
	api_header bytea,
	api_slice bytea,
	api_index integer,
	api_sent_at timestamptz,
	api_message bytea,
	mask_on date,
	delete_on date,
	PRIMARY KEY (clock_day, flight_id, traveller_id)
) PARTITION BY LIST (clock_day);

CREATE TABLE pax.hit (
	clock_day date NOT NULL,
	flight_id bigint NOT NULL,
	traveller_id bigint NOT NULL,
	kind smallint NOT NULL,
	source text NOT NULL,
	hit_id bigint NOT NULL,
	revision integer NOT NULL,
	score integer NOT NULL,
	class character(1),
	draft boolean NOT NULL,
	state text NOT NULL CHECK (state IN ('open', 'withdrawn')),
	departs timestamp,
	departs_utc timestamptz,
	screened_at timestamptz,
	input_hash bytea,
	profile_set_hash bytea,
	watchlist_hash bytea,
	reference_hash bytea,
	evidence_hash bytea,
	mask_on date,
	delete_on date,
	PRIMARY KEY (clock_day, flight_id, traveller_id, kind, source)
) PARTITION BY LIST (clock_day);

CREATE TABLE pax.evidence (
	clock_day date NOT NULL,
	flight_id bigint NOT NULL,
	hit_id bigint NOT NULL,
	sealed bytea NOT NULL,
	mask_on date,
	delete_on date,
	PRIMARY KEY (clock_day, flight_id, hit_id)
) PARTITION BY LIST (clock_day);

-- What is sealed does not compress: do not try.
ALTER TABLE pax.slice ALTER COLUMN sealed SET STORAGE EXTERNAL;
ALTER TABLE pax.booking ALTER COLUMN sealed SET STORAGE EXTERNAL;
ALTER TABLE pax.traveller ALTER COLUMN sealed SET STORAGE EXTERNAL;
ALTER TABLE pax.evidence ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE TABLE ops.flight_clock (
	flight_id bigint PRIMARY KEY,
	clock_day date NOT NULL
);

CREATE TABLE ops.kafka_offset (
	cluster text NOT NULL,
	grp text NOT NULL,
	topic text NOT NULL,
	part integer NOT NULL,
	next_offset bigint NOT NULL,
	PRIMARY KEY (cluster, grp, topic, part)
) WITH (fillfactor = 10);

CREATE TABLE ops.quarantine (
	quarantine_id bigint PRIMARY KEY,
	cluster text NOT NULL,
	topic text NOT NULL,
	part integer NOT NULL,
	"offset" bigint NOT NULL,
	received_at timestamptz NOT NULL,
	code text NOT NULL,
	byte bigint NOT NULL,
	sentence text NOT NULL,
	payload_hash bytea NOT NULL,
	payload_len bigint NOT NULL,
	skeleton text
);

CREATE INDEX ON ops.quarantine (received_at);

CREATE TABLE ops.counter (
	day date NOT NULL,
	carrier text NOT NULL,
	code text NOT NULL,
	n bigint NOT NULL,
	PRIMARY KEY (day, carrier, code)
) WITH (fillfactor = 50);

-- Make a day's partitions, unless they are there. Each is made as a plain table
-- and then attached, so that writers of other days are not held up. Rows that
-- later messages change get room on their page for the change. The lock lets
-- one session make them while the others wait; all or none appear, so looking
-- for the last is enough. (Looking in pg_class: to_regclass() may answer from
-- what this session cached before it waited.)
CREATE FUNCTION ops.partition_ensure(day date) RETURNS boolean
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
		('traveller', 50), ('hit', 70), ('evidence', 100)) AS p(name, fill)
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
