-- Results of an assessment are kept as long as somebody has to be told of them
-- (Art. 12(5) of Directive (EU) 2016/681; regime.hit_results). Figures of a day
-- that is still there may lie in ops.statistic now: what was counted of rows
-- that are gone.

-- As in 0010_statistics, beside what is there already.
CREATE OR REPLACE FUNCTION ops.statistic_close(of_day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	INSERT INTO ops.statistic_day (day) VALUES (of_day)
	ON CONFLICT DO NOTHING;
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	INSERT INTO ops.statistic AS s (day, figure, source, n)
	SELECT of_day, f.figure, f.source, f.n FROM ops.statistic_of(of_day) f
	WHERE f.n <> 0
	ON CONFLICT (day, figure, source) DO UPDATE SET n = s.n + excluded.n;
	RETURN true;
END
$$;

-- The results of a day's travellers of whom nothing happened after `last_day`:
-- no decision, departure or screening; whom no link holds, who are not
-- restricted, and whom nobody has in hand. Nobody writes hits or reviews of the
-- day meanwhile, so that their figures are those of what goes; where somebody
-- does (55P03), the next run does it. Gives how many hits went.
CREATE FUNCTION ops.results_expire(of_day date, last_day date, today date)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	suffix text := to_char(of_day, 'YYYYMMDD');
	gone bigint[];
	was jsonb;
BEGIN
	IF NOT EXISTS (SELECT FROM pg_class
		WHERE relnamespace = 'pax'::regnamespace
			AND relname = 'evidence_' || suffix) THEN
		RETURN 0;
	END IF;
	EXECUTE format('LOCK TABLE pax.%I, pax.%I IN SHARE ROW EXCLUSIVE MODE'
		' NOWAIT', 'hit_' || suffix, 'review_' || suffix);
	SELECT array_agg(h.hit_id) INTO gone
	FROM pax.hit h
	WHERE h.clock_day = of_day AND NOT EXISTS (
		SELECT FROM pax.hit x
		LEFT JOIN LATERAL pax.review_last(of_day, x.flight_id, x.hit_id)
			r ON true
		WHERE x.clock_day = of_day AND x.flight_id = h.flight_id
			AND x.traveller_id = h.traveller_id
			AND (coalesce(r.state, '') IN ('in_review', 'reopened')
			OR (greatest(r.at, x.departs_utc, x.screened_at)
				AT TIME ZONE 'UTC')::date > last_day))
		AND NOT EXISTS (SELECT FROM ops.objective_link l
			WHERE l.clock_day = of_day
				AND l.flight_id = h.flight_id
				AND l.traveller_id = h.traveller_id
				AND ops.link_holds(l, today))
		AND NOT ops.is_restricted(of_day, h.flight_id, h.traveller_id);
	IF gone IS NULL THEN
		RETURN 0;
	END IF;
	SELECT jsonb_agg(f) INTO was FROM ops.statistic_of(of_day) f;
	DELETE FROM pax.review r
	WHERE r.clock_day = of_day AND r.hit_id = ANY (gone);
	DELETE FROM pax.second s
	WHERE s.clock_day = of_day AND s.hit_id = ANY (gone);
	DELETE FROM pax.evidence e
	WHERE e.clock_day = of_day AND e.hit_id = ANY (gone);
	DELETE FROM pax.hit h
	WHERE h.clock_day = of_day AND h.hit_id = ANY (gone);
	INSERT INTO ops.statistic AS s (day, figure, source, n)
	SELECT of_day, b.figure, b.source, b.n - coalesce(f.n, 0)
	FROM jsonb_to_recordset(was) b(figure text, source text, n bigint)
	LEFT JOIN ops.statistic_of(of_day) f
		ON f.figure = b.figure AND f.source = b.source
	WHERE b.n <> coalesce(f.n, 0) AND (b.figure ~ '^(hit|rejected|review|second)\.'
		OR b.figure = 'traveller.identified')
	ON CONFLICT (day, figure, source) DO UPDATE SET n = s.n + excluded.n;
	RETURN cardinality(gone);
END
$$;

REVOKE ALL ON FUNCTION ops.results_expire(date, date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ops.results_expire(date, date, date)
	TO paxgate_engine;
