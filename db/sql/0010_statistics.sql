-- Statistics without persons (Art. 20(2) of Directive (EU) 2016/681): counted
-- from a day's rows while they are there, closed in the transaction that takes
-- them away. tools/stats.def says what each figure is.
CREATE TABLE ops.statistic (
	day date NOT NULL,
	figure text NOT NULL,
	source text NOT NULL,
	n bigint NOT NULL,
	PRIMARY KEY (day, figure, source)
);

CREATE TABLE ops.statistic_day (
	day date PRIMARY KEY,
	closed_at timestamptz NOT NULL DEFAULT now()
);

-- The figures of a clock_day that is there. Its partitions by name: no other
-- day is locked.
CREATE FUNCTION ops.statistic_of(of_day date)
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
	SELECT 'quarantined', code, count(*) FROM ops.quarantine
	WHERE received_at >= $1::timestamp AT TIME ZONE 'UTC'
		AND received_at < ($1 + 1)::timestamp AT TIME ZONE 'UTC'
	GROUP BY code
	$q$, '_DAY', '_' || suffix) USING of_day;
END
$$;

-- Write a day's figures down, once: the rows are about to go.
CREATE FUNCTION ops.statistic_close(of_day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	INSERT INTO ops.statistic_day (day) VALUES (of_day)
	ON CONFLICT DO NOTHING;
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	INSERT INTO ops.statistic (day, figure, source, n)
	SELECT of_day, f.figure, f.source, f.n FROM ops.statistic_of(of_day) f
	WHERE f.n <> 0;
	RETURN true;
END
$$;

-- A year, closed days and those still there; with how many days are which.
CREATE FUNCTION ops.statistic_year(y integer)
RETURNS TABLE (figure text, source text, n bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
	WITH here AS (
		SELECT to_date(right(c.relname, 8), 'YYYYMMDD') AS day
		FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
		WHERE i.inhparent = 'pax.evidence'::regclass
			AND substr(right(c.relname, 8), 1, 4) = y::text
			AND NOT EXISTS (SELECT FROM ops.statistic_day s WHERE
				s.day = to_date(right(c.relname, 8), 'YYYYMMDD'))
	), every AS (
		SELECT s.figure, s.source, s.n FROM ops.statistic s
		WHERE s.day BETWEEN make_date(y, 1, 1) AND make_date(y, 12, 31)
		UNION ALL
		SELECT f.figure, f.source, f.n
		FROM here, ops.statistic_of(here.day) f
	)
	SELECT e.figure, e.source, sum(e.n)::bigint FROM every e GROUP BY 1, 2
	UNION ALL
	SELECT 'days.closed', '', count(*) FROM ops.statistic_day s
	WHERE s.day BETWEEN make_date(y, 1, 1) AND make_date(y, 12, 31)
	UNION ALL
	SELECT 'days.open', '', count(*) FROM here
$$;

-- Masking and deletion say first that they close a day (0009).
CREATE FUNCTION ops.statistic_before_closing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	PERFORM ops.statistic_close(NEW.clock_day);
	RETURN NEW;
END
$$;

CREATE TRIGGER statistics AFTER INSERT ON ops.retention_day
	FOR EACH ROW EXECUTE FUNCTION ops.statistic_before_closing();

REVOKE INSERT, UPDATE, DELETE ON ops.statistic, ops.statistic_day
	FROM paxgate_engine;
REVOKE ALL ON FUNCTION ops.statistic_of(date), ops.statistic_close(date),
	ops.statistic_year(integer), ops.statistic_before_closing() FROM PUBLIC;
-- The engine, its retention, may close a day; figures are for these to read.
GRANT EXECUTE ON FUNCTION ops.statistic_close(date) TO paxgate_engine;
GRANT EXECUTE ON FUNCTION ops.statistic_year(integer) TO paxgate_analyst,
	paxgate_dpo, paxgate_auditor, paxgate_supervisor, paxgate_admin;
