-- What a request may see is seen after it is on record: functions that give rows
-- give none for a search, a scope or a look of the transaction that calls them,
-- for who can write SQL could take that back (ROLLBACK), and with it the
-- registers, the cap, the time and the data protection officer's task. As in
-- 0016 else.

ALTER TABLE ops.request_step ADD xact xid8;
ALTER TABLE ops.request_scope ADD xact xid8;

CREATE OR REPLACE FUNCTION ops.request_add(r ops.request, s ops.request_step)
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

-- Nothing where the scope is not on record as this user's.
CREATE OR REPLACE FUNCTION ops.scope_rows(id bigint, day date, of_carrier text,
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

-- None but those whom the scope let this user compare.
CREATE OR REPLACE FUNCTION ops.search_take(id bigint, day date, flights bigint[],
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

-- The last search is this user's last one.
CREATE OR REPLACE FUNCTION ops.search_rows(id bigint, of_last boolean)
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

CREATE OR REPLACE FUNCTION ops.unmask_rows(id bigint) RETURNS SETOF pax.masked_record
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

REVOKE ALL ON FUNCTION ops.scope_note(bigint, date, date, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ops.scope_note(bigint, date, date, text, text)
	TO paxgate_officer;
