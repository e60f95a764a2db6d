-- The only ways in which the register of 0014_subject and what it names are
-- changed: by the data protection officer, each act with a file and a reason.
-- What a function gives is null, or a code of what is in the way.

CREATE FUNCTION ops.subject_note(of_act bigint, what text, of_refusal text,
	of_case text, of_purpose text, of_reason text, nr bigint)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
	INSERT INTO ops.subject_act (act_id, act, outcome, refusal, case_id,
		purpose, reason, records)
	VALUES (of_act, what, CASE WHEN of_refusal IS NULL THEN 'done'
		ELSE 'refused' END, of_refusal, of_case, of_purpose, of_reason,
		nr)
$$;

CREATE FUNCTION ops.subject_traveller(day date, id bigint)
RETURNS pax.traveller LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
	SELECT t FROM pax.traveller t
	WHERE t.clock_day = day AND t.traveller_id = id
$$;

-- What reviewers made of a hit was made of data that are now said to be wrong:
-- they look again, and the words stand beside the evidence.
CREATE FUNCTION ops.subject_correct(of_act bigint, of_case text,
	of_purpose text, of_reason text, day date, id bigint, addendum bigint,
	of_field text, of_sealed bytea) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	t pax.traveller := ops.subject_traveller(day, id);
	h pax.hit;
	last pax.review;
	r pax.review;
	nr bigint := 0;
BEGIN
	IF t.traveller_id IS NULL THEN
		RETURN 'no-record';
	END IF;
	PERFORM ops.subject_note(of_act, 'correct', NULL, of_case, of_purpose,
		of_reason, 1);
	INSERT INTO pax.addendum VALUES (t.clock_day, t.flight_id,
		t.traveller_id, addendum, of_field, session_user,
		clock_timestamp(), of_sealed, t.mask_on, t.delete_on);
	FOR h IN SELECT x.* FROM pax.hit x
		WHERE x.clock_day = day AND x.flight_id = t.flight_id
			AND x.traveller_id = id AND x.state = 'open'
		ORDER BY x.hit_id FOR UPDATE
	LOOP
		SELECT * INTO last
		FROM pax.review_last(day, h.flight_id, h.hit_id);
		CONTINUE WHEN last.state IS NULL OR last.state = 'reopened';
		nr := nr + 1;
		r := NULL;
		r.review_id := addendum + nr;
		r.state := 'reopened';
		r.reason := 'data-changed';
		PERFORM pax.review_add(h, r);
	END LOOP;
	RETURN NULL;
END
$$;

-- Restrict a traveller's rows, or a masked record; or (`lifts`) no more.
CREATE FUNCTION ops.subject_restrict(of_act bigint, of_case text,
	of_purpose text, of_reason text, day date, id bigint, lifts boolean)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	t pax.traveller := ops.subject_traveller(day, id);
	kept bigint;
	nr bigint;
BEGIN
	SELECT m.record_id INTO kept FROM pax.masked_record m
	WHERE m.clock_day = day AND m.record_id = id;
	IF lifts THEN
		DELETE FROM ops.restriction r
		WHERE r.clock_day = day
			AND (r.traveller_id = id OR r.record_id = id);
		GET DIAGNOSTICS nr = ROW_COUNT;
		IF nr = 0 THEN
			RETURN 'not-restricted';
		END IF;
	ELSIF t.traveller_id IS NULL AND kept IS NULL THEN
		RETURN 'no-record';
	ELSE
		INSERT INTO ops.restriction (act_id, clock_day, flight_id,
			traveller_id, record_id)
		VALUES (of_act, day, t.flight_id, t.traveller_id,
			CASE WHEN t.traveller_id IS NULL THEN kept END)
		ON CONFLICT DO NOTHING;
		IF NOT FOUND THEN
			RETURN 'restricted';
		END IF;
	END IF;
	PERFORM ops.subject_note(of_act, CASE WHEN lifts THEN 'lift'
		ELSE 'restrict' END, NULL, of_case, of_purpose, of_reason, 1);
	RETURN NULL;
END
$$;

-- A traveller's rows before they are due, and the slices he stands in (`named`,
-- hashes in hexadecimal; the caller opened them). Others lose these slices as
-- well: their records stay, their hits cannot be worked out again. Of a booking
-- of several the common record becomes `emptied`. The flight gets a new version:
-- an engine that has it in memory reads it anew. While messages of the flight
-- are to be expected they would bring it all back: restrict it until then.
CREATE FUNCTION ops.subject_erase(of_act bigint, of_case text,
	of_purpose text, of_reason text, day date, id bigint, named text[],
	emptied bytea, of_trip bigint, shared_too boolean,
	OUT code text, OUT hits bigint, OUT slices bigint, OUT others bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	t pax.traveller := ops.subject_traveller(day, id);
	hash bytea[] := ARRAY(SELECT decode(n, 'hex') FROM unnest(named) n);
	mine bigint[];
BEGIN
	IF t.traveller_id IS NULL THEN
		code := 'no-record';
		RETURN;
	END IF;
	UPDATE pax.flight f SET version = version + 1
	WHERE f.clock_day = day AND f.flight_id = t.flight_id;
	IF EXISTS (SELECT FROM pax.flight f
		WHERE f.clock_day = day AND f.flight_id = t.flight_id
			AND coalesce(f.arrives, f.departs, f.clock_day)
				> (now() AT TIME ZONE 'UTC') - interval '1 day')
	THEN
		code := 'flight-open';
		RETURN;
	END IF;
	SELECT count(*) INTO others FROM pax.traveller x
	WHERE x.clock_day = day AND x.flight_id = t.flight_id
		AND x.traveller_id <> id AND (x.pnr_slice = ANY (hash)
			OR x.api_slice = ANY (hash)
			OR x.booking_id = t.booking_id);
	IF others > 0 AND NOT shared_too THEN
		code := 'shared';
		RETURN;
	END IF;
	PERFORM ops.subject_note(of_act, 'erase', NULL, of_case, of_purpose,
		of_reason, 1);
	mine := ARRAY(SELECT h.hit_id FROM pax.hit h
		WHERE h.clock_day = day AND h.flight_id = t.flight_id
			AND h.traveller_id = id);
	hits := cardinality(mine);
	DELETE FROM pax.review r WHERE r.clock_day = day
		AND r.flight_id = t.flight_id AND r.hit_id = ANY (mine);
	DELETE FROM pax.second s WHERE s.clock_day = day
		AND s.flight_id = t.flight_id AND s.hit_id = ANY (mine);
	DELETE FROM pax.evidence e WHERE e.clock_day = day
		AND e.flight_id = t.flight_id AND e.hit_id = ANY (mine);
	DELETE FROM pax.hit h WHERE h.clock_day = day
		AND h.flight_id = t.flight_id AND h.traveller_id = id;
	DELETE FROM pax.shadow s WHERE s.clock_day = day
		AND s.flight_id = t.flight_id AND s.traveller_id = id;
	DELETE FROM pax.addendum d WHERE d.clock_day = day
		AND d.flight_id = t.flight_id AND d.traveller_id = id;
	DELETE FROM pax.fact f WHERE f.trip = of_trip AND f.clock_day = day;
	DELETE FROM ops.false_match m WHERE m.clock_day = day
		AND m.flight_id = t.flight_id AND m.traveller_id = id;
	DELETE FROM ops.objective_link l
	WHERE l.clock_day = day AND l.traveller_id = id;
	DELETE FROM ops.restriction r
	WHERE r.clock_day = day AND r.traveller_id = id;
	DELETE FROM pax.traveller x WHERE x.clock_day = day
		AND x.flight_id = t.flight_id AND x.traveller_id = id;
	UPDATE pax.traveller x SET pnr_header = NULL, pnr_slice = NULL,
		pnr_index = NULL, pnr_sent_at = NULL, pnr_message = NULL
	WHERE x.clock_day = day AND x.flight_id = t.flight_id
		AND x.pnr_slice = ANY (hash);
	UPDATE pax.traveller x SET api_header = NULL, api_slice = NULL,
		api_index = NULL, api_sent_at = NULL, api_message = NULL
	WHERE x.clock_day = day AND x.flight_id = t.flight_id
		AND x.api_slice = ANY (hash);
	DELETE FROM pax.slice s WHERE s.clock_day = day
		AND s.flight_id = t.flight_id AND s.slice_hash = ANY (hash);
	GET DIAGNOSTICS slices = ROW_COUNT;
	IF EXISTS (SELECT FROM pax.traveller x WHERE x.clock_day = day
		AND x.flight_id = t.flight_id
		AND x.booking_id = t.booking_id) THEN
		UPDATE pax.booking b SET sealed = emptied, tokens = NULL
		WHERE b.clock_day = day AND b.flight_id = t.flight_id
			AND b.booking_id = t.booking_id;
	ELSE
		DELETE FROM pax.booking b WHERE b.clock_day = day
			AND b.flight_id = t.flight_id
			AND b.booking_id = t.booking_id;
	END IF;
END
$$;

-- A masked record; the caller destroys its key before he commits.
CREATE FUNCTION ops.subject_erase_masked(of_act bigint, of_case text,
	of_purpose text, of_reason text, day date, id bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	DELETE FROM pax.masked_record m
	WHERE m.clock_day = day AND m.record_id = id;
	IF NOT FOUND THEN
		RETURN 'no-record';
	END IF;
	PERFORM ops.subject_note(of_act, 'erase', NULL, of_case, of_purpose,
		of_reason, 1);
	DELETE FROM ops.objective_link l
	WHERE l.clock_day = day AND l.record_id = id;
	DELETE FROM ops.restriction r
	WHERE r.clock_day = day AND r.record_id = id;
	UPDATE ops.retention_day d SET state = 'deleted', done_at = now()
	WHERE d.clock_day = day AND d.state = 'masked'
		AND NOT EXISTS (SELECT FROM pax.masked_record m
			WHERE m.clock_day = day);
	RETURN NULL;
END
$$;

-- As in 0010_review_steps; and nobody reviews what is restricted.
CREATE OR REPLACE FUNCTION pax.review_bar(h pax.hit) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN
	IF h.hit_id IS NULL THEN
		RETURN 'no-hit';
	ELSIF h.state = 'withdrawn' THEN
		RETURN 'withdrawn';
	ELSIF ops.is_restricted(h.clock_day, h.flight_id, h.traveller_id) THEN
		RETURN 'restricted';
	ELSIF EXISTS (SELECT FROM ops.account a
		WHERE a.account = session_user
			AND (current_date < a.valid_from
				OR current_date > a.valid_until)) THEN
		RETURN 'account-ended';
	END IF;
	RETURN NULL;
END
$$;

DO $$
DECLARE
	f text;
	args text := 'bigint, text, text, text, date, bigint';
BEGIN
	FOREACH f IN ARRAY ARRAY['subject_note(bigint, text, text, text, text,'
		' text, bigint)', 'subject_correct(' || args
		|| ', bigint, text, bytea)', 'subject_restrict(' || args
		|| ', boolean)', 'subject_erase(' || args || ', text[], bytea,'
		' bigint, boolean)', 'subject_erase_masked(' || args || ')']
	LOOP
		EXECUTE 'REVOKE ALL ON FUNCTION ops.' || f || ' FROM PUBLIC';
		EXECUTE 'GRANT EXECUTE ON FUNCTION ops.' || f || ' TO paxgate_dpo';
	END LOOP;
	FOREACH f IN ARRAY ARRAY['restricted_travellers()',
		'restricted_hits()', 'is_restricted(date, bigint, bigint)']
	LOOP
		EXECUTE 'REVOKE ALL ON FUNCTION ops.' || f || ' FROM PUBLIC';
		EXECUTE 'GRANT EXECUTE ON FUNCTION ops.' || f
			|| ' TO paxgate_engine, paxgate_analyst,'
			' paxgate_reviewer, paxgate_auditor, paxgate_dpo,'
			' paxgate_supervisor';
	END LOOP;
END
$$;

-- A log that he refers to the supervisory authority ends with a checkpoint.
GRANT EXECUTE ON FUNCTION ops.audit_checkpoint_put(bigint, text, bytea, bytea)
	TO paxgate_dpo;

REVOKE ALL ON FUNCTION ops.subject_traveller(date, bigint),
	ops.guard_restricted(regclass) FROM PUBLIC;
