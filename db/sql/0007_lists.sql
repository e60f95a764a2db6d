-- Which delta of the watchlists a hit was made with, beside watchlist_hash. Null
-- in hits stored before this step: there were none.
ALTER TABLE pax.hit ADD COLUMN watchlist_delta bigint;

-- Who the traveller is and what the entry says, as pseudonyms
-- (engine/false_match.h); of hits of lists only. A suppressed hit is there, but
-- not among those to be reviewed.
ALTER TABLE pax.hit
	ADD COLUMN traveller_key bigint,
	ADD COLUMN entry_hash bytea,
	ADD COLUMN suppressed boolean NOT NULL DEFAULT false;

-- This traveller is not the one that this entry means: decided on a hit, and
-- good for as long as the record of the traveller whom it was decided on.
CREATE TABLE ops.false_match (
	traveller_key bigint NOT NULL,
	entry_hash bytea NOT NULL,
	clock_day date NOT NULL,
	flight_id bigint NOT NULL,
	traveller_id bigint NOT NULL,
	hit_id bigint NOT NULL,
	source text NOT NULL,
	reason text NOT NULL,
	actor text NOT NULL DEFAULT session_user,
	made_at timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (traveller_key, entry_hash)
);

-- Is that record still there? Looks at one partition, by name: a batch of
-- another day must not lock them all.
CREATE FUNCTION ops.false_match_holds(day date, flight bigint, traveller bigint)
RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE
	name text := 'traveller_' || to_char(day, 'YYYYMMDD');
	holds boolean;
BEGIN
	IF NOT EXISTS (SELECT FROM pg_class
		WHERE relnamespace = 'pax'::regnamespace AND relname = name) THEN
		RETURN false;
	END IF;
	EXECUTE format('SELECT EXISTS (SELECT FROM pax.%I WHERE clock_day = $1'
		' AND flight_id = $2 AND traveller_id = $3)', name)
		INTO holds USING day, flight, traveller;
	RETURN holds;
END
$$;

CREATE FUNCTION ops.is_false_match(traveller bigint, entry bytea)
RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
	SELECT EXISTS (SELECT FROM ops.false_match m
		WHERE m.traveller_key = traveller AND m.entry_hash = entry
			AND ops.false_match_holds(m.clock_day, m.flight_id,
				m.traveller_id))
$$;
