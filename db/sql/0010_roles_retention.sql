-- Who may do what with what 0009 made, among the roles of 0010_roles: the engine
-- masks and deletes, reviewers record why a record is kept, analysts do not.
DO $$
DECLARE
	f text;
BEGIN
	FOREACH f IN ARRAY ARRAY['link_add(bigint, date, bigint, bigint, text,'
		' text, text, text, date, date)',
		'link_review(bigint, date, date)', 'link_end(bigint, date)']
	LOOP
		EXECUTE 'REVOKE ALL ON FUNCTION ops.' || f
			|| ' FROM paxgate_analyst';
		EXECUTE 'GRANT EXECUTE ON FUNCTION ops.' || f
			|| ' TO paxgate_reviewer';
	END LOOP;
END
$$;

GRANT SELECT ON ops.objective_link, ops.retention_day TO paxgate_reviewer,
	paxgate_operator;
GRANT EXECUTE ON FUNCTION ops.link_holds(ops.objective_link, date)
	TO paxgate_engine, paxgate_analyst, paxgate_auditor, paxgate_reviewer,
	paxgate_dpo, paxgate_supervisor, paxgate_operator;

-- As in 0009; what is called a confirmed hit has been confirmed.
CREATE OR REPLACE FUNCTION ops.link_add(id bigint, day date, of_hit bigint,
	of_traveller bigint, of_kind text, of_reason text, of_case text,
	of_offence text, today date, review date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	nr bigint;
BEGIN
	IF of_kind = 'confirmed-hit' AND NOT EXISTS (
		SELECT FROM pax.hit h
		CROSS JOIN LATERAL pax.review_last(day, h.flight_id, h.hit_id) r
		WHERE h.clock_day = day AND h.hit_id = of_hit
			AND r.state IN ('confirmed', 'referred')) THEN
		RETURN 0;
	END IF;
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
