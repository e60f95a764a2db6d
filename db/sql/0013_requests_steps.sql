-- What people do with requests. The functions that they call give null, or a code
-- of what is in the way (db/request.c has the words). They run as the schema's
-- owner; who it is that does it is the session user. Who may call which:
-- 0013_roles_requests.sql.

CREATE FUNCTION ops.request_limit_of(what text) RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
	SELECT value FROM ref.request_limit WHERE name = what
$$;

-- The session user's account, if it is valid today, and so are the authorities
-- he works for; nulls else.
CREATE FUNCTION ops.account_today(OUT acting_as text, OUT home_authority text,
	OUT kind text, OUT home_kind text)
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
	SELECT a.acting_as, a.home_authority, o.kind, h.kind
	FROM ops.account a
	JOIN ops.authority o ON o.authority = a.acting_as
	JOIN ops.authority h ON h.authority = a.home_authority
	WHERE a.account = session_user
		AND current_date BETWEEN greatest(a.valid_from, o.valid_from,
			h.valid_from) AND least(a.valid_until, o.valid_until,
			h.valid_until, 'infinity'::date)
$$;

-- An authority and all it belongs to.
CREATE FUNCTION ops.authority_line(of_authority text) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
	WITH RECURSIVE line AS (
		SELECT authority, parent FROM ops.authority
		WHERE authority = of_authority
		UNION
		SELECT a.authority, a.parent FROM ops.authority a
		JOIN line l ON a.authority = l.parent
	)
	SELECT authority FROM line
$$;

CREATE FUNCTION ops.request_last(of_request bigint) RETURNS ops.request_step
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
	SELECT * FROM ops.request_step s WHERE s.request_id = of_request
	ORDER BY s.nr DESC LIMIT 1
$$;

-- The request, locked until the transaction ends.
CREATE FUNCTION ops.request_lock(of_request bigint) RETURNS ops.request
LANGUAGE sql SET search_path = pg_catalog AS $$
	SELECT * FROM ops.request r WHERE r.request_id = of_request FOR UPDATE
$$;

-- Why this user may not take this step now, or null.
CREATE FUNCTION ops.request_bar(r ops.request, of_step text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE
	me record;
	last ops.request_step;
BEGIN
	SELECT * INTO me FROM ops.account_today();
	IF me.acting_as IS NULL THEN
		RETURN 'no-account';
	ELSIF r.request_id IS NULL THEN
		RETURN 'no-request';
	END IF;
	last := ops.request_last(r.request_id);
	IF NOT EXISTS (SELECT FROM ref.request_way w WHERE w.kind = r.kind
		AND w.step = of_step AND w.before = last.state) THEN
		RETURN CASE WHEN EXISTS (SELECT FROM ref.request_way w
			WHERE w.kind = r.kind AND w.step = of_step)
			THEN 'is-' || last.state ELSE 'other-kind' END;
	ELSIF last.state = 'urgent' AND of_step NOT IN ('refuse', 'lapse')
		AND r.decide_by <= clock_timestamp() THEN
		RETURN 'overdue';
	ELSIF last.state = 'approved' AND of_step <> 'close'
		AND (SELECT s.until FROM ops.request_step s
			WHERE s.request_id = r.request_id
				AND s.step = 'approve') <= clock_timestamp()
	THEN
		RETURN 'approval-over';
	END IF;
	-- what a PIU asks, it answers; courts decide
	IF of_step IN ('approve', 'refuse') THEN
		IF me.kind NOT IN ('court', 'independent')
			OR me.home_kind NOT IN ('court', 'independent') THEN
			RETURN 'not-court';
		ELSIF EXISTS (SELECT FROM ops.authority_line(me.acting_as) x
				WHERE x IN (r.requester, r.acting_as))
			OR EXISTS (SELECT FROM ops.authority_line(
				me.home_authority) x
				WHERE x IN (r.requester, r.acting_as))
			OR EXISTS (SELECT FROM ops.authority_line(r.requester) x
				WHERE x IN (me.acting_as, me.home_authority))
			OR EXISTS (SELECT FROM ops.authority_line(r.acting_as) x
				WHERE x IN (me.acting_as, me.home_authority))
		THEN
			RETURN 'same-authority';
		ELSIF r.opened_by = session_user THEN
			RETURN 'same-person';
		END IF;
	ELSIF of_step <> 'lapse' AND me.acting_as <> r.acting_as THEN
		RETURN 'not-piu';
	END IF;
	RETURN NULL;
END
$$;

-- One more step; the state follows from ref.request_way.
CREATE FUNCTION ops.request_add(r ops.request, s ops.request_step)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
	last ops.request_step := ops.request_last(r.request_id);
BEGIN
	s.request_id := r.request_id;
	s.nr := 1 + coalesce(last.nr, 0);
	s.state := coalesce(s.state, (SELECT w.after FROM ref.request_way w
		WHERE w.kind = r.kind AND w.step = s.step
			AND w.before = last.state));
	s.actor := session_user;
	s.authority := (SELECT acting_as FROM ops.account_today());
	s.at := clock_timestamp();
	s.xact := pg_current_xact_id();
	INSERT INTO ops.request_step SELECT s.*;
END
$$;

-- What every request has to be: by a PIU's officer, for an authority of the
-- register, as little as the form allows.
CREATE FUNCTION ops.request_form_bar(r ops.request) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE
	me record;
BEGIN
	SELECT * INTO me FROM ops.account_today();
	IF me.acting_as IS NULL THEN
		RETURN 'no-account';
	ELSIF me.kind <> 'piu' THEN
		RETURN 'not-piu';
	ELSIF NOT EXISTS (SELECT FROM ops.authority a
		WHERE a.authority = r.requester AND a.kind <> 'independent'
			AND a.authority <> me.acting_as
			AND current_date BETWEEN a.valid_from
				AND coalesce(a.valid_until, 'infinity')) THEN
		RETURN 'requester';
	ELSIF r.case_id IS NULL OR r.offence IS NULL OR r.sealed IS NULL
		OR r.persons IS NULL OR r.row_cap IS NULL
		OR r.opened_on IS DISTINCT FROM
			(clock_timestamp() AT TIME ZONE 'UTC')::date THEN
		RETURN 'form';
	ELSIF coalesce(cardinality(r.fields), 0) = 0 OR EXISTS (
		SELECT FROM unnest(r.fields) f
		WHERE f IS NULL OR f !~
			'^(flight|booking|traveller|hits)\.[a-z][a-z_]*$') THEN
		RETURN 'fields';
	ELSIF r.row_cap NOT BETWEEN 1 AND ops.request_limit_of('row_cap') THEN
		RETURN 'cap-limit';
	END IF;
	RETURN NULL;
END
$$;

CREATE FUNCTION ops.request_open(id bigint, of_case text, of_offence text,
	of_requester text, of_persons text, of_fields text[], since date,
	until date, cap integer, alike boolean, at_once boolean, day date,
	words bytea)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	r ops.request;
	s ops.request_step;
	bar text;
BEGIN
	r.request_id := id;
	r.kind := 'search';
	r.case_id := of_case;
	r.offence := of_offence;
	r.requester := of_requester;
	r.persons := of_persons;
	r.fields := of_fields;
	r.span_from := since;
	r.span_until := until;
	r.row_cap := cap;
	r.likeness := coalesce(alike, false);
	r.urgent := coalesce(at_once, false);
	r.opened_by := session_user;
	r.acting_as := (SELECT acting_as FROM ops.account_today());
	r.opened_at := clock_timestamp();
	r.opened_on := day;
	r.sealed := words;
	IF r.urgent THEN
		r.decide_by := r.opened_at + ops.request_limit_of('urgent_hours')
			* interval '1 hour';
	END IF;
	bar := ops.request_form_bar(r);
	IF bar IS NOT NULL THEN
		RETURN bar;
	ELSIF since IS NULL OR until IS NULL OR until < since
		OR until - since >= ops.request_limit_of('span_days') THEN
		RETURN 'span';
	END IF;
	-- so that masking meets the day, and with it the words
	PERFORM ops.partition_for(day);
	INSERT INTO ops.request SELECT r.*;
	s.step := 'open';
	s.state := CASE WHEN r.urgent THEN 'urgent' ELSE 'open' END;
	PERFORM ops.request_add(r, s);
	RETURN NULL;
END
$$;

CREATE FUNCTION ops.request_approve(id bigint, of_decision text,
	of_until timestamptz)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	r ops.request := ops.request_lock(id);
	s ops.request_step;
	bar text := ops.request_bar(r, 'approve');
BEGIN
	IF bar IS NOT NULL THEN
		RETURN bar;
	ELSIF of_decision IS NULL
		OR of_decision !~ '^[A-Za-z0-9/._-]{1,64}$' THEN
		RETURN 'decision';
	ELSIF of_until IS NULL OR of_until <= clock_timestamp()
		OR of_until > clock_timestamp()
			+ ops.request_limit_of('approval_days')
			* interval '1 day' THEN
		RETURN 'until';
	END IF;
	s.step := 'approve';
	s.decision := of_decision;
	s.until := of_until;
	PERFORM ops.request_add(r, s);
	RETURN NULL;
END
$$;

-- What was disclosed under an urgent request is called back.
CREATE FUNCTION ops.request_recall(r ops.request, why text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
	UPDATE ops.transfer t
	SET recalled_at = clock_timestamp(), recalled_why = why
	WHERE t.request_id = r.request_id AND t.recalled_at IS NULL;
	IF FOUND OR why = 'lapse' THEN
		INSERT INTO ops.dpo_task (kind, request_id, made_at, due_on)
		VALUES ('recall', r.request_id, clock_timestamp(),
			current_date + ops.request_limit_of('task_days'))
		ON CONFLICT DO NOTHING;
	END IF;
END
$$;

CREATE FUNCTION ops.request_refuse(id bigint, of_decision text, why text)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	r ops.request := ops.request_lock(id);
	s ops.request_step;
	bar text := ops.request_bar(r, 'refuse');
BEGIN
	IF bar IS NOT NULL THEN
		RETURN bar;
	ELSIF of_decision IS NULL
		OR of_decision !~ '^[A-Za-z0-9/._-]{1,64}$' THEN
		RETURN 'decision';
	ELSIF NOT EXISTS (SELECT FROM ref.request_reason x
		WHERE x.step = 'refuse' AND x.reason = why) THEN
		RETURN 'reason';
	END IF;
	s.step := 'refuse';
	s.decision := of_decision;
	s.reason := why;
	PERFORM ops.request_add(r, s);
	PERFORM ops.request_recall(r, 'refuse');
	RETURN NULL;
END
$$;

CREATE FUNCTION ops.request_close(id bigint, why text)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	r ops.request := ops.request_lock(id);
	s ops.request_step;
	bar text := ops.request_bar(r, 'close');
BEGIN
	IF bar IS NOT NULL THEN
		RETURN bar;
	ELSIF NOT EXISTS (SELECT FROM ref.request_reason x
		WHERE x.step = 'close' AND x.reason = why) THEN
		RETURN 'reason';
	END IF;
	s.step := 'close';
	s.reason := why;
	PERFORM ops.request_add(r, s);
	RETURN NULL;
END
$$;

-- Urgent requests whose review did not come in time: over, and recalled. Gives
-- which. No account is asked for: nobody decides anything here.
CREATE FUNCTION ops.request_lapse() RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	r ops.request;
	s ops.request_step;
BEGIN
	FOR r IN SELECT * FROM ops.request x
		WHERE x.urgent AND x.decide_by <= clock_timestamp()
			AND (ops.request_last(x.request_id)).state = 'urgent'
		ORDER BY x.request_id FOR UPDATE
	LOOP
		CONTINUE WHEN (ops.request_last(r.request_id)).state
			<> 'urgent';
		s.step := 'lapse';
		PERFORM ops.request_add(r, s);
		PERFORM ops.request_recall(r, 'lapse');
		RETURN NEXT r.request_id;
	END LOOP;
END
$$;

-- Requests of a year, without persons; tools/stats.def says what each figure is.
CREATE FUNCTION ops.statistic_requests(y integer)
RETURNS TABLE (figure text, source text, n bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
	WITH r AS (SELECT * FROM ops.request x
		WHERE x.opened_on BETWEEN make_date(y, 1, 1)
			AND make_date(y, 12, 31)),
	s AS (SELECT r.kind, x.step, count(*) AS n
		FROM ops.request_step x JOIN r USING (request_id)
		WHERE x.step IN ('approve', 'refuse', 'lapse')
		GROUP BY 1, 2)
	SELECT 'request.opened', kind, count(*) FROM r GROUP BY kind
	UNION ALL
	SELECT 'request.urgent', '', count(*) FROM r WHERE urgent
	UNION ALL
	SELECT CASE step WHEN 'approve' THEN 'request.approved'
		WHEN 'refuse' THEN 'request.refused'
		ELSE 'request.lapsed' END, kind, n FROM s
	UNION ALL
	SELECT 'request.disclosed', '', coalesce(sum(t.subjects), 0)
	FROM ops.transfer t JOIN r USING (request_id)
	UNION ALL
	SELECT 'request.recalled', '', count(*)
	FROM ops.transfer t JOIN r USING (request_id)
	WHERE t.recalled_at IS NOT NULL
	UNION ALL
	SELECT 'record.unmasked', '', count(*) FROM ops.request_record u
	WHERE EXISTS (SELECT FROM ops.request_step x JOIN r USING (request_id)
		WHERE x.request_id = u.request_id AND x.step = 'view')
$$;

CREATE FUNCTION ops.dpo_task_done(id bigint, of_kind text, of_finding text)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF of_finding IS NULL
		OR of_finding NOT IN ('lawful', 'unlawful', 'to-authority') THEN
		RETURN 'finding';
	END IF;
	UPDATE ops.dpo_task SET done_at = clock_timestamp(),
		done_by = session_user, finding = of_finding
	WHERE request_id = id AND kind = of_kind AND done_at IS NULL;
	RETURN CASE WHEN FOUND THEN NULL ELSE 'no-task' END;
END
$$;
