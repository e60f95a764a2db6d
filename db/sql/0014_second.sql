-- A sample of decided hits is looked at by a second person, so that it is seen
-- whether the same questions get the same answers (C-817/19, 205, 206). It
-- changes nothing in the hit: who disagrees has it reopened.

INSERT INTO ref.review_limit VALUES ('second_percent', 5);

CREATE TABLE pax.second (
	clock_day date NOT NULL,
	flight_id bigint NOT NULL,
	hit_id bigint NOT NULL,
	step integer NOT NULL,
	first_reviewer text NOT NULL,
	first_outcome text NOT NULL,
	put_up_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	reviewer text,
	outcome text CHECK (outcome IN ('confirmed', 'rejected')),
	reason text,
	decided_at timestamptz,
	mask_on date,
	delete_on date,
	CHECK (reviewer <> first_reviewer),
	PRIMARY KEY (clock_day, flight_id, hit_id, step)
) PARTITION BY LIST (clock_day);

-- Chance alone chooses, when the decision is there: nobody knows it before.
CREATE FUNCTION pax.second_put_up() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF random() * 100 < pax.review_limit_of('second_percent') THEN
		INSERT INTO pax.second (clock_day, flight_id, hit_id, step,
			first_reviewer, first_outcome, mask_on, delete_on)
		VALUES (NEW.clock_day, NEW.flight_id, NEW.hit_id, NEW.step,
			NEW.reviewer, NEW.state, NEW.mask_on, NEW.delete_on);
	END IF;
	RETURN NULL;
END
$$;

CREATE TRIGGER second AFTER INSERT ON pax.review FOR EACH ROW
	WHEN (NEW.state IN ('confirmed', 'rejected'))
	EXECUTE FUNCTION pax.second_put_up();

-- What a second person makes of it: null, or a code of what is in the way.
CREATE FUNCTION pax.review_second(day date, hit bigint, second text, why text)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	h pax.hit := pax.review_lock(day, hit);
	s pax.second;
	bar text := pax.review_bar(h);
BEGIN
	IF bar IS NOT NULL THEN
		RETURN bar;
	END IF;
	SELECT * INTO s FROM pax.second x
	WHERE x.clock_day = day AND x.flight_id = h.flight_id
		AND x.hit_id = hit AND x.outcome IS NULL
	ORDER BY x.step DESC LIMIT 1;
	IF s.hit_id IS NULL THEN
		RETURN 'no-second';
	ELSIF s.first_reviewer = session_user THEN
		RETURN 'second-person';
	ELSIF second IS NULL OR second NOT IN ('confirmed', 'rejected')
		OR NOT EXISTS (SELECT FROM ref.review_reason x
			WHERE x.step = second AND x.reason = why) THEN
		RETURN 'reason';
	END IF;
	UPDATE pax.second x SET reviewer = session_user, outcome = second,
		reason = why, decided_at = clock_timestamp()
	WHERE x.clock_day = day AND x.flight_id = h.flight_id
		AND x.hit_id = hit AND x.step = s.step;
	RETURN NULL;
END
$$;

-- As in 0010_statistics, with second reviews. Its partitions by name: no other
-- day is locked.
CREATE OR REPLACE FUNCTION ops.statistic_of(of_day date)
RETURNS TABLE (figure text, source text, n bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	suffix text := to_char(of_day, 'YYYYMMDD');
BEGIN
	IF NOT EXISTS (SELECT FROM pg_class
		WHERE relnamespace = 'pax'::regnamespace
			AND relname = 'evidence_' || suffix) THEN
		RETURN;
	END IF;
	RETURN QUERY EXECUTE replace($q$
	WITH h AS (
		SELECT x.*, CASE x.kind WHEN 0 THEN 'profile ' || x.source
			ELSE 'list ' || split_part(x.source, ':', 1) END AS of
		FROM pax.hit_DAY x WHERE NOT x.draft
	), decision AS (
		SELECT DISTINCT ON (r.flight_id, r.hit_id) r.*
		FROM pax.review_DAY r
		WHERE r.state IN ('confirmed', 'rejected')
		ORDER BY r.flight_id, r.hit_id, r.step DESC
	), decided AS (
		SELECT h.of, d.*, h.departs_utc, h.screened_at
		FROM decision d JOIN h USING (flight_id, hit_id)
	), referred AS (
		SELECT DISTINCT h.flight_id, h.traveller_id, h.hit_id, h.of
		FROM pax.review_DAY r JOIN h USING (flight_id, hit_id)
		WHERE r.state = 'referred'
	)
	SELECT 'traveller.collected', '', count(*) FROM pax.traveller_DAY
	UNION ALL
	SELECT 'traveller.identified', '', count(DISTINCT
		(flight_id, traveller_id)) FROM referred
	UNION ALL
	SELECT 'flight.collected', '', count(*) FROM pax.flight_DAY
	UNION ALL
	SELECT 'hit.found', of, count(*) FROM h GROUP BY of
	UNION ALL
	SELECT 'hit.withdrawn', of, count(*) FROM h
	WHERE state = 'withdrawn' GROUP BY of
	UNION ALL
	SELECT 'hit.suppressed', of, count(*) FROM h
	WHERE suppressed GROUP BY of
	UNION ALL
	SELECT 'hit.confirmed', of, count(*) FROM decided
	WHERE state = 'confirmed' GROUP BY of
	UNION ALL
	SELECT 'hit.rejected', of, count(*) FROM decided
	WHERE state = 'rejected' GROUP BY of
	UNION ALL
	SELECT 'hit.referred', of, count(*) FROM referred GROUP BY of
	UNION ALL
	SELECT 'rejected.reason', reason, count(*) FROM decided
	WHERE state = 'rejected' GROUP BY reason
	UNION ALL
	SELECT 'review.in_time', '', count(*) FROM decided
	WHERE at <= departs_utc
	UNION ALL
	SELECT 'review.seconds', '', coalesce(sum(greatest(0,
		extract(epoch FROM at - screened_at))), 0)::bigint FROM decided
	UNION ALL
	SELECT 'second.asked', h.of, count(*)
	FROM pax.second_DAY s JOIN h USING (flight_id, hit_id) GROUP BY h.of
	UNION ALL
	SELECT CASE WHEN s.outcome = s.first_outcome THEN 'second.agreed'
		ELSE 'second.disagreed' END, h.of, count(*)
	FROM pax.second_DAY s JOIN h USING (flight_id, hit_id)
	WHERE s.outcome IS NOT NULL GROUP BY 1, 2
	UNION ALL
	SELECT 'quarantined', code, count(*) FROM ops.quarantine
	WHERE received_at >= $1::timestamp AT TIME ZONE 'UTC'
		AND received_at < ($1 + 1)::timestamp AT TIME ZONE 'UTC'
	GROUP BY code
	$q$, '_DAY', '_' || suffix) USING of_day;
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
		EXECUTE format('CREATE TABLE pax.%I PARTITION OF pax.second'
			' FOR VALUES IN (%L)', 'second_' || suffix, suffix);
	END LOOP;
END
$$;

REVOKE ALL ON pax.second FROM paxgate_engine, paxgate_analyst;
GRANT SELECT ON pax.second TO paxgate_engine, paxgate_reviewer;
SELECT ops.grants_of_parent('pax.second', i.inhrelid::regclass)
FROM pg_inherits i WHERE i.inhparent = 'pax.second'::regclass;
REVOKE ALL ON FUNCTION pax.second_put_up(),
	pax.review_second(date, bigint, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pax.review_second(date, bigint, text, text)
	TO paxgate_reviewer;
