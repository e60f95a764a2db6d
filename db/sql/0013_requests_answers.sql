-- Answers to requests: who is found, and what is disclosed. Officers have no right
-- to pax; these functions give them what a request may see, no more than it has
-- asked for. Within one transaction: search_find() or search_take() for each day,
-- then search_done(). Behind its COMMIT search_rows(); and scope_rows() behind that
-- of scope_note(): functions that give rows give none for a search, a scope or a
-- look of the transaction that calls them. Who can write SQL could take it back
-- (ROLLBACK), and with it registers, cap, time and the data protection officer's
-- task.
--
-- They run as the schema's owner, for whom no row is hidden, so they ask
-- themselves whose data are restricted (0014_subject): nobody finds, compares or
-- discloses those.

-- May it look at this day, one search more? Likewise a code, or null.
CREATE FUNCTION ops.search_bar(r ops.request, day date) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE
	bar text := ops.request_bar(r, 'search');
BEGIN
	IF bar IS NULL AND (day IS NULL
		OR day NOT BETWEEN r.span_from AND r.span_until) THEN
		RETURN 'beyond-span';
	END IF;
	RETURN bar;
END
$$;

-- Travellers that a search found, as far as they are there and were not found
-- before. No row beyond the cap, over all searches of the request.
CREATE FUNCTION ops.search_keep(r ops.request, day date, flights bigint[],
	travellers bigint[]) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
	had integer := (SELECT count(*) FROM ops.request_row x
		WHERE x.request_id = r.request_id);
	new_flights bigint[];
	new_travellers bigint[];
BEGIN
	SELECT array_agg(n.f ORDER BY n.f, n.t), array_agg(n.t ORDER BY n.f, n.t)
	INTO new_flights, new_travellers
	FROM (SELECT u.f, u.t FROM unnest(flights, travellers) AS u (f, t)
		WHERE EXISTS (SELECT FROM pax.traveller t
			WHERE t.clock_day = day AND t.flight_id = u.f
				AND t.traveller_id = u.t)
			AND NOT ops.is_restricted(day, u.f, u.t)
		EXCEPT SELECT x.flight_id, x.traveller_id
		FROM ops.request_row x
		WHERE x.request_id = r.request_id AND x.clock_day = day) n;
	IF had + coalesce(cardinality(new_flights), 0) > r.row_cap THEN
		RETURN 'row-cap';
	END IF;
	INSERT INTO ops.request_row (request_id, row_nr, search, clock_day,
		flight_id, traveller_id)
	SELECT r.request_id, had + n.nr,
		1 + (ops.request_last(r.request_id)).nr, day, n.f, n.t
	FROM unnest(new_flights, new_travellers) WITH ORDINALITY
		AS n (f, t, nr);
	RETURN NULL;
END
$$;

-- All of the tokens `his` are the traveller's; all of `either` his or his
-- booking's; and it is one of these bookings, if there are some.
CREATE FUNCTION ops.search_find(id bigint, day date, his bigint[],
	either bigint[], bookings bigint[])
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	r ops.request := ops.request_lock(id);
	bar text := ops.search_bar(r, day);
	flights bigint[];
	travellers bigint[];
BEGIN
	IF bar IS NOT NULL THEN
		RETURN bar;
	ELSIF coalesce(cardinality(his), 0) + coalesce(cardinality(either), 0)
		+ coalesce(cardinality(bookings), 0) = 0 THEN
		RETURN 'nothing-asked';
	END IF;
	SELECT array_agg(t.flight_id), array_agg(t.traveller_id)
	INTO flights, travellers
	FROM pax.traveller t
	LEFT JOIN pax.booking b ON b.clock_day = day
		AND b.flight_id = t.flight_id AND b.booking_id = t.booking_id
	WHERE t.clock_day = day
		AND coalesce(t.tokens, '{}') @> coalesce(his, '{}')
		AND coalesce(t.tokens, '{}') || coalesce(b.tokens, '{}')
			@> coalesce(either, '{}')
		AND (bookings IS NULL OR t.booking_id = ANY (bookings));
	RETURN ops.search_keep(r, day, flights, travellers);
END
$$;

-- Those whom the service found among scope_rows(), by likeness: none but those whom
-- the scope let this user compare.
CREATE FUNCTION ops.search_take(id bigint, day date, flights bigint[],
	travellers bigint[])
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	r ops.request := ops.request_lock(id);
	bar text := ops.search_bar(r, day);
BEGIN
	IF bar IS NOT NULL THEN
		RETURN bar;
	ELSIF NOT r.likeness THEN
		RETURN 'not-alike';
	ELSIF EXISTS (SELECT FROM unnest(flights) u WHERE NOT EXISTS (
		SELECT FROM pax.flight f
		JOIN ops.request_scope g ON g.clock_day = f.clock_day
			AND g.carrier = f.carrier
			AND coalesce(g.number, f.number) = f.number
		WHERE f.clock_day = day AND f.flight_id = u
			AND g.request_id = id AND g.actor = session_user)) THEN
		RETURN 'scope';
	END IF;
	RETURN ops.search_keep(r, day, flights, travellers);
END
$$;

-- May these flights' travellers be opened to be compared? The scope is a carrier,
-- or one flight of his, on days of the request, and not too many.
CREATE FUNCTION ops.scope_bar(id bigint, since date, until date, of_carrier text,
	of_number text)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	r ops.request := ops.request_lock(id);
	bar text := coalesce(ops.search_bar(r, since), ops.search_bar(r, until));
	nr bigint;
BEGIN
	IF bar IS NOT NULL THEN
		RETURN bar;
	ELSIF NOT r.likeness THEN
		RETURN 'not-alike';
	ELSIF of_carrier IS NULL OR until < since THEN
		RETURN 'scope';
	END IF;
	SELECT count(*) INTO nr FROM (
		SELECT FROM pax.flight f
		JOIN pax.traveller t ON t.clock_day = f.clock_day
			AND t.flight_id = f.flight_id
			AND t.clock_day BETWEEN since AND until
		WHERE f.clock_day BETWEEN since AND until
			AND f.carrier = of_carrier
			AND (of_number IS NULL OR f.number = of_number)
		LIMIT ops.request_limit_of('scope_travellers') + 1) x;
	RETURN CASE WHEN nr > ops.request_limit_of('scope_travellers')
		THEN 'scope-limit' END;
END
$$;

-- Enter whose travellers are going to be opened; or a code, as scope_bar().
CREATE FUNCTION ops.scope_note(id bigint, since date, until date,
	of_carrier text, of_number text)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	bar text := ops.scope_bar(id, since, until, of_carrier, of_number);
BEGIN
	IF bar IS NOT NULL THEN
		RETURN bar;
	END IF;
	INSERT INTO ops.request_scope (request_id, clock_day, carrier, number,
		travellers, actor, at, xact)
	SELECT id, f.clock_day, of_carrier, of_number, count(*), session_user,
		clock_timestamp(), pg_current_xact_id()
	FROM pax.flight f
	JOIN pax.traveller t ON t.clock_day = f.clock_day
		AND t.flight_id = f.flight_id
		AND t.clock_day BETWEEN since AND until
	WHERE f.clock_day BETWEEN since AND until AND f.carrier = of_carrier
		AND (of_number IS NULL OR f.number = of_number)
		AND NOT ops.is_restricted(t.clock_day, t.flight_id,
			t.traveller_id)
	GROUP BY f.clock_day;
	RETURN NULL;
END
$$;

-- They, sealed, of one day. Nothing where scope_bar() has something against it, or
-- the scope is not on record as this user's.
CREATE FUNCTION ops.scope_rows(id bigint, day date, of_carrier text,
	of_number text)
RETURNS SETOF pax.traveller
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF ops.scope_bar(id, day, day, of_carrier, of_number) IS NOT NULL
		OR NOT EXISTS (SELECT FROM ops.request_scope g
			WHERE g.request_id = id AND g.clock_day = day
				AND g.carrier = of_carrier
				AND g.number IS NOT DISTINCT FROM of_number
				AND g.actor = session_user
				AND g.xact <> pg_current_xact_id()) THEN
		RETURN;
	END IF;
	RETURN QUERY SELECT t.* FROM pax.flight f
	JOIN pax.traveller t ON t.clock_day = day
		AND t.flight_id = f.flight_id
	WHERE f.clock_day = day AND f.carrier = of_carrier
		AND (of_number IS NULL OR f.number = of_number)
		AND NOT ops.is_restricted(day, t.flight_id, t.traveller_id)
	ORDER BY t.flight_id, t.traveller_id;
END
$$;

-- Flights of a day, in clear: booking ids follow from them.
CREATE FUNCTION ops.scope_flights(id bigint, day date)
RETURNS SETOF pax.flight
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF ops.search_bar(ops.request_lock(id), day) IS NULL THEN
		RETURN QUERY SELECT f.* FROM pax.flight f
		WHERE f.clock_day = day ORDER BY f.flight_id;
	END IF;
END
$$;

-- The search is over: its step, with what was asked, sealed, and a hash of that.
CREATE FUNCTION ops.search_done(id bigint, of_digest bytea, asked bytea)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	r ops.request := ops.request_lock(id);
	s ops.request_step;
	bar text := ops.request_bar(r, 'search');
BEGIN
	IF bar IS NOT NULL THEN
		RETURN bar;
	ELSIF of_digest IS NULL OR asked IS NULL THEN
		RETURN 'nothing-asked';
	END IF;
	s.step := 'search';
	s.digest := of_digest;
	s.sealed := asked;
	s.results := (SELECT count(*) FROM ops.request_row x
		WHERE x.request_id = id
			AND x.search = 1 + (ops.request_last(id)).nr);
	PERFORM ops.request_add(r, s);
	RETURN NULL;
END
$$;

-- What was found, sealed: of this user's last search, or all; of searches that have
-- their step alone. None when it may not search or disclose any more.
CREATE FUNCTION ops.search_rows(id bigint, of_last boolean)
RETURNS TABLE (row_nr integer, t pax.traveller, f pax.flight, b pax.booking)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	r ops.request := ops.request_lock(id);
	last integer := (SELECT max(s.nr) FROM ops.request_step s
		WHERE s.request_id = id AND s.step = 'search'
			AND s.actor = session_user);
	x ops.request_row;
BEGIN
	IF ops.request_bar(r, 'search') IS NOT NULL THEN
		RETURN;
	END IF;
	FOR x IN SELECT * FROM ops.request_row y
		WHERE y.request_id = id AND y.traveller_id IS NOT NULL
			AND NOT ops.is_restricted(y.clock_day, y.flight_id,
				y.traveller_id)
			AND (y.search = last OR NOT of_last)
			AND EXISTS (SELECT FROM ops.request_step s
				WHERE s.request_id = id AND s.nr = y.search
					AND s.step = 'search'
					AND s.xact IS DISTINCT FROM
						pg_current_xact_id())
		ORDER BY y.row_nr
	LOOP
		RETURN QUERY SELECT x.row_nr, p, q, o
		FROM pax.traveller p
		LEFT JOIN pax.flight q ON q.clock_day = x.clock_day
			AND q.flight_id = x.flight_id
		LEFT JOIN pax.booking o ON o.clock_day = x.clock_day
			AND o.flight_id = x.flight_id
			AND o.booking_id = p.booking_id
		WHERE p.clock_day = x.clock_day AND p.flight_id = x.flight_id
			AND p.traveller_id = x.traveller_id;
	END LOOP;
END
$$;

-- So many of the rows found go to the requester, in a file of this hash.
CREATE FUNCTION ops.request_disclose(id bigint, transfer bigint,
	row_numbers bigint[], of_hash bytea)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	r ops.request := ops.request_lock(id);
	s ops.request_step;
	bar text := ops.request_bar(r, 'disclose');
	nr integer := (SELECT count(*) FROM ops.request_row x
		WHERE x.request_id = id AND x.traveller_id IS NOT NULL
			AND NOT ops.is_restricted(x.clock_day, x.flight_id,
				x.traveller_id)
			AND x.row_nr = ANY (row_numbers));
BEGIN
	IF bar IS NOT NULL THEN
		RETURN bar;
	ELSIF NOT EXISTS (SELECT FROM ops.authority a
		WHERE a.authority = r.requester AND current_date
			BETWEEN a.valid_from
			AND coalesce(a.valid_until, 'infinity')) THEN
		RETURN 'requester';
	ELSIF nr = 0 OR nr IS DISTINCT FROM cardinality(row_numbers)
		OR of_hash IS NULL THEN
		RETURN 'no-rows';
	END IF;
	INSERT INTO ops.transfer (transfer_id, request_id, recipient, at, actor,
		file_hash, subjects, fields)
	VALUES (transfer, id, r.requester, clock_timestamp(), session_user,
		of_hash, nr, r.fields);
	s.step := 'disclose';
	s.results := nr;
	s.digest := of_hash;
	PERFORM ops.request_add(r, s);
	RETURN NULL;
END
$$;

-- Who is not there any more, erased or taken back by the carrier, is forgotten
-- here, too. Gives how many.
CREATE FUNCTION ops.request_forget_gone() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	day date;
	nr bigint;
	sum bigint := 0;
BEGIN
	FOR day IN SELECT DISTINCT clock_day FROM ops.request_row
		WHERE traveller_id IS NOT NULL
	LOOP
		UPDATE ops.request_row x
		SET flight_id = NULL, traveller_id = NULL
		WHERE x.clock_day = day AND x.traveller_id IS NOT NULL
			AND NOT EXISTS (SELECT FROM pax.traveller t
				WHERE t.clock_day = day
					AND t.flight_id = x.flight_id
					AND t.traveller_id = x.traveller_id);
		GET DIAGNOSTICS nr = ROW_COUNT;
		sum := sum + nr;
	END LOOP;
	RETURN sum;
END
$$;

REVOKE ALL ON FUNCTION ops.request_forget_gone() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ops.request_forget_gone() TO paxgate_engine;

-- How many records days have that are masked, and when the first of them go: for
-- those who look what falls due and have no right to the records.
CREATE FUNCTION ops.masked_days()
RETURNS TABLE (clock_day date, delete_on date, nr bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
	SELECT m.clock_day, min(m.delete_on), count(*)
	FROM pax.masked_record m GROUP BY m.clock_day
$$;

REVOKE ALL ON FUNCTION ops.masked_days() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ops.masked_days() TO paxgate_engine, paxgate_analyst,
	paxgate_reviewer, paxgate_auditor, paxgate_dpo, paxgate_supervisor;
