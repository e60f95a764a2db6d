-- Requests and unmasking (0013) run as the schema's owner, for whom no row is
-- hidden: they ask themselves. What is restricted is not found, opened to be
-- compared, shown or disclosed, also when it was found before.

CREATE FUNCTION ops.is_restricted_record(day date, record bigint)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog AS $$
	SELECT EXISTS (SELECT FROM ops.restriction r
		WHERE r.clock_day = day AND r.record_id = record)
$$;

REVOKE ALL ON FUNCTION ops.is_restricted_record(date, bigint) FROM PUBLIC;

-- As in 0013, but for what is restricted.
CREATE OR REPLACE FUNCTION ops.search_keep(r ops.request, day date, flights bigint[],
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

-- Likewise.
CREATE OR REPLACE FUNCTION ops.scope_rows(id bigint, day date, of_carrier text,
	of_number text)
RETURNS SETOF pax.traveller
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	nr integer;
BEGIN
	IF ops.scope_bar(id, day, day, of_carrier, of_number) IS NOT NULL THEN
		RETURN;
	END IF;
	RETURN QUERY SELECT t.* FROM pax.flight f
	JOIN pax.traveller t ON t.clock_day = day
		AND t.flight_id = f.flight_id
	WHERE f.clock_day = day AND f.carrier = of_carrier
		AND (of_number IS NULL OR f.number = of_number)
		AND NOT ops.is_restricted(day, t.flight_id, t.traveller_id)
	ORDER BY t.flight_id, t.traveller_id;
	GET DIAGNOSTICS nr = ROW_COUNT;
	IF nr > 0 THEN
		INSERT INTO ops.request_scope (request_id, clock_day, carrier,
			number, travellers, actor, at)
		VALUES (id, day, of_carrier, of_number, nr, session_user,
			clock_timestamp());
	END IF;
END
$$;

-- Likewise.
CREATE OR REPLACE FUNCTION ops.search_rows(id bigint, of_last boolean)
RETURNS TABLE (row_nr integer, t pax.traveller, f pax.flight, b pax.booking)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	r ops.request := ops.request_lock(id);
	last integer := (SELECT max(s.nr) FROM ops.request_step s
		WHERE s.request_id = id AND s.step = 'search');
	x ops.request_row;
BEGIN
	IF ops.request_bar(r, 'search') IS NOT NULL THEN
		RETURN;
	END IF;
	FOR x IN SELECT * FROM ops.request_row y
		WHERE y.request_id = id AND y.traveller_id IS NOT NULL
			AND (y.search = last OR NOT of_last)
			AND EXISTS (SELECT FROM ops.request_step s
				WHERE s.request_id = id AND s.nr = y.search
					AND s.step = 'search')
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
			AND p.traveller_id = x.traveller_id
			AND NOT ops.is_restricted(x.clock_day, x.flight_id,
				x.traveller_id);
	END LOOP;
END
$$;

-- Likewise.
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
				AND s.until > clock_timestamp()) THEN
		RETURN;
	END IF;
	FOR x IN SELECT * FROM ops.request_record y WHERE y.request_id = id
		ORDER BY y.clock_day, y.record_id
	LOOP
		RETURN QUERY SELECT m.* FROM pax.masked_record m
		WHERE m.clock_day = x.clock_day AND m.record_id = x.record_id
			AND NOT ops.is_restricted_record(m.clock_day,
				m.record_id);
	END LOOP;
END
$$;
