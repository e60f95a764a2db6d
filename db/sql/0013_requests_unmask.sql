-- Unmasking: what is kept masked is shown again to an officer after a court or
-- independent authority approved it and custodians released the keys, for a while.

-- The masked view, in clear: what Art. 12(2) does not list. $1, $2 first and last
-- clock_day; carrier and number may be null.
CREATE FUNCTION ops.masked_list(since date, until date, of_carrier text,
	of_number text)
RETURNS TABLE (clock_day date, record_id bigint, carrier text, number text,
	origin text, destination text, departs timestamp, seat text[],
	bag_count integer, payment_forms text[], delete_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
	SELECT m.clock_day, m.record_id, m.carrier, m.number, m.origin,
		m.destination, m.departs, m.seat, m.bag_count, m.payment_forms,
		m.delete_on
	FROM pax.masked_record m
	WHERE m.clock_day BETWEEN since AND until
		AND (of_carrier IS NULL OR m.carrier = of_carrier)
		AND (of_number IS NULL OR m.number = of_number)
	ORDER BY m.clock_day, m.record_id LIMIT 1000
$$;

-- Records as text, "20260522-9f3c01d2a4b5c6d7".
CREATE FUNCTION ops.unmask_open(id bigint, of_case text, of_offence text,
	of_requester text, of_persons text, of_fields text[], records text[],
	day date, words bytea, of_hash bytea)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	r ops.request;
	s ops.request_step;
	bar text;
	nr integer;
BEGIN
	r.request_id := id;
	r.kind := 'unmask';
	r.case_id := of_case;
	r.offence := of_offence;
	r.requester := of_requester;
	r.persons := of_persons;
	r.fields := of_fields;
	r.row_cap := coalesce(cardinality(records), 0);
	r.likeness := false;
	r.urgent := false;
	r.file_hash := of_hash;
	r.opened_by := session_user;
	r.acting_as := (SELECT acting_as FROM ops.account_today());
	r.opened_at := clock_timestamp();
	r.opened_on := day;
	r.sealed := words;
	bar := ops.request_form_bar(r);
	IF bar IS NOT NULL THEN
		RETURN bar;
	ELSIF r.row_cap > ops.request_limit_of('records') OR of_hash IS NULL
		OR (of_persons = 'one' AND r.row_cap > 1) THEN
		RETURN 'records-limit';
	END IF;
	PERFORM ops.partition_for(day);
	INSERT INTO ops.request SELECT r.*;
	INSERT INTO ops.request_record (request_id, clock_day, record_id)
	SELECT DISTINCT id, m.clock_day, m.record_id
	FROM unnest(records) n
	JOIN pax.masked_record m
		ON m.clock_day = to_date(left(n, 8), 'YYYYMMDD')
		AND m.record_id = ('x' || right(n, 16))::bit(64)::bigint;
	GET DIAGNOSTICS nr = ROW_COUNT;
	IF nr <> r.row_cap THEN
		RETURN 'no-record';
	END IF;
	s.step := 'open';
	s.state := 'open';
	PERFORM ops.request_add(r, s);
	RETURN NULL;
END
$$;

-- May this user look now? The first look begins the time, by this server's clock;
-- and gives the data protection officer something to do.
CREATE FUNCTION ops.unmask_view(id bigint, of_hash bytea)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	r ops.request := ops.request_lock(id);
	s ops.request_step;
	bar text := ops.request_bar(r, 'view');
	since timestamptz := (SELECT min(x.at) FROM ops.request_step x
		WHERE x.request_id = id AND x.step = 'view');
BEGIN
	IF bar IS NOT NULL THEN
		RETURN bar;
	ELSIF r.opened_by <> session_user THEN
		RETURN 'not-yours';
	ELSIF r.file_hash IS DISTINCT FROM of_hash THEN
		RETURN 'other-file';
	ELSIF since + ops.request_limit_of('view_minutes') * interval '1 minute'
		<= clock_timestamp() THEN
		RETURN 'view-over';
	END IF;
	s.step := 'view';
	s.until := coalesce(since, clock_timestamp())
		+ ops.request_limit_of('view_minutes') * interval '1 minute';
	s.results := (SELECT count(*) FROM ops.request_record x
		WHERE x.request_id = id);
	PERFORM ops.request_add(r, s);
	INSERT INTO ops.dpo_task (kind, request_id, made_at, due_on)
	VALUES ('unmask', id, clock_timestamp(), current_date
		+ ops.request_limit_of('task_days'))
	ON CONFLICT DO NOTHING;
	RETURN NULL;
END
$$;

-- The records, sealed under keys of their own; none before the look was begun or
-- after its time.
CREATE FUNCTION ops.unmask_rows(id bigint) RETURNS SETOF pax.masked_record
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	r ops.request := ops.request_lock(id);
	x ops.request_record;
BEGIN
	IF ops.request_bar(r, 'view') IS NOT NULL
		OR r.opened_by <> session_user
		OR NOT EXISTS (SELECT FROM ops.request_step s
			WHERE s.request_id = id AND s.step = 'view'
				AND s.until > clock_timestamp()
				AND s.xact IS DISTINCT FROM
					pg_current_xact_id()) THEN
		RETURN;
	END IF;
	FOR x IN SELECT * FROM ops.request_record y WHERE y.request_id = id
		AND NOT EXISTS (SELECT FROM ops.restriction z
			WHERE z.clock_day = y.clock_day
				AND z.record_id = y.record_id)
		ORDER BY y.clock_day, y.record_id
	LOOP
		RETURN QUERY SELECT m.* FROM pax.masked_record m
		WHERE m.clock_day = x.clock_day AND m.record_id = x.record_id;
	END LOOP;
END
$$;
