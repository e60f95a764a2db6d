-- What people do with hits: the only ways in which rows of pax.review come. Who
-- may call them: 0010_roles.sql.

-- The last step of a hit, no row when nobody has looked at it.
CREATE FUNCTION pax.review_last(day date, flight bigint, hit bigint)
RETURNS SETOF pax.review LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
	SELECT * FROM pax.review r
	WHERE r.clock_day = day AND r.flight_id = flight AND r.hit_id = hit
	ORDER BY r.step DESC LIMIT 1
$$;

CREATE FUNCTION pax.review_limit_of(what text) RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
	SELECT value FROM ref.review_limit WHERE name = what
$$;

-- The hit, locked until the transaction ends, so that two reviewers take turns.
CREATE FUNCTION pax.review_lock(day date, hit bigint) RETURNS pax.hit
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
	h pax.hit;
BEGIN
	SELECT * INTO h FROM pax.hit x
	WHERE x.clock_day = day AND x.hit_id = hit FOR UPDATE;
	RETURN h;
END
$$;

-- Why this user may not touch this hit, or null. Accounts are checked where
-- there are some: on real travellers nobody works without.
CREATE FUNCTION pax.review_bar(h pax.hit) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN
	IF h.hit_id IS NULL THEN
		RETURN 'no-hit';
	ELSIF h.state = 'withdrawn' THEN
		RETURN 'withdrawn';
	ELSIF EXISTS (SELECT FROM ops.account a
		WHERE a.account = session_user
			AND (current_date < a.valid_from
				OR current_date > a.valid_until)) THEN
		RETURN 'account-ended';
	END IF;
	RETURN NULL;
END
$$;

-- One more row. It says what the hit is now, unless `seen` says what it was.
CREATE FUNCTION pax.review_add(h pax.hit, r pax.review) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
	r.clock_day := h.clock_day;
	r.flight_id := h.flight_id;
	r.hit_id := h.hit_id;
	r.step := 1 + coalesce((SELECT max(x.step) FROM pax.review x
		WHERE x.clock_day = h.clock_day AND x.flight_id = h.flight_id
			AND x.hit_id = h.hit_id), 0);
	r.reviewer := session_user;
	r.at := clock_timestamp();
	r.seen_input := h.input_hash;
	r.seen_evidence := h.evidence_hash;
	r.seen_revision := h.revision;
	r.seen_score := h.score;
	r.seen_departs_utc := h.departs_utc;
	r.seen_quality := (SELECT t.quality FROM pax.traveller t
		WHERE t.clock_day = h.clock_day AND t.flight_id = h.flight_id
			AND t.traveller_id = h.traveller_id);
	r.mask_on := h.mask_on;
	r.delete_on := h.delete_on;
	INSERT INTO pax.review SELECT r.*;
END
$$;

-- The functions that people call give null, or a code of what is in the way.
-- They run as the schema's owner; who is it that decides is the session user.

CREATE FUNCTION pax.review_take(day date, hit bigint, review bigint)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	h pax.hit := pax.review_lock(day, hit);
	last pax.review;
	r pax.review;
	bar text := pax.review_bar(h);
BEGIN
	IF bar IS NOT NULL THEN
		RETURN bar;
	ELSIF h.suppressed THEN
		RETURN 'suppressed';
	END IF;
	SELECT * INTO last
	FROM pax.review_last(day, h.flight_id, hit);
	IF last.state IN ('confirmed', 'rejected', 'referred') THEN
		RETURN 'decided';
	ELSIF last.state = 'in_review' AND last.reviewer <> session_user
		AND last.at + pax.review_limit_of('lease_minutes')
			* interval '1 minute' > clock_timestamp() THEN
		RETURN 'taken';
	END IF;
	r.review_id := review;
	r.state := 'in_review';
	PERFORM pax.review_add(h, r);
	RETURN NULL;
END
$$;

-- Remember a hit as a false match, as paxgate hits suppress does. All open hits
-- of this traveller and this entry are suppressed. Gives how many; null: there
-- is no such hit, or it cannot be told who or what it was about.
CREATE FUNCTION pax.false_match_add(day date, hit bigint, why text)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
	nr bigint;
	h pax.hit;
BEGIN
	SELECT * INTO h FROM pax.hit x
	WHERE x.clock_day = day AND x.hit_id = hit
		AND x.traveller_key IS NOT NULL AND x.entry_hash IS NOT NULL;
	IF h.hit_id IS NULL THEN
		RETURN NULL;
	END IF;
	INSERT INTO ops.false_match AS m (traveller_key, entry_hash, clock_day,
		flight_id, traveller_id, hit_id, source, reason)
	VALUES (h.traveller_key, h.entry_hash, h.clock_day, h.flight_id,
		h.traveller_id, h.hit_id, h.source, why)
	ON CONFLICT (traveller_key, entry_hash) DO UPDATE
	SET clock_day = excluded.clock_day, flight_id = excluded.flight_id,
		traveller_id = excluded.traveller_id,
		hit_id = excluded.hit_id, source = excluded.source,
		reason = excluded.reason, actor = excluded.actor,
		made_at = excluded.made_at;
	UPDATE pax.hit x SET suppressed = true
	WHERE x.traveller_key = h.traveller_key
		AND x.entry_hash = h.entry_hash AND x.state = 'open'
		AND NOT x.suppressed;
	GET DIAGNOSTICS nr = ROW_COUNT;
	RETURN nr;
END
$$;

-- Forget the false match that a hit is one of: its hits count again. Gives how
-- many; null: there is none.
CREATE FUNCTION pax.false_match_lift(day date, hit bigint)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
	nr bigint;
	m ops.false_match;
BEGIN
	DELETE FROM ops.false_match x USING pax.hit h
	WHERE h.clock_day = day AND h.hit_id = hit
		AND x.traveller_key = h.traveller_key
		AND x.entry_hash = h.entry_hash
	RETURNING x.* INTO m;
	IF m.entry_hash IS NULL THEN
		RETURN NULL;
	END IF;
	UPDATE pax.hit h SET suppressed = false
	WHERE h.traveller_key = m.traveller_key
		AND h.entry_hash = m.entry_hash AND h.suppressed;
	GET DIAGNOSTICS nr = ROW_COUNT;
	RETURN nr;
END
$$;

CREATE FUNCTION pax.review_decide(day date, hit bigint, review bigint,
	outcome text, why text, offence text, version integer, checklist text,
	answers text[], sealed bytea)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	h pax.hit := pax.review_lock(day, hit);
	last pax.review;
	r pax.review;
	bar text := pax.review_bar(h);
BEGIN
	IF bar IS NOT NULL THEN
		RETURN bar;
	END IF;
	SELECT * INTO last FROM pax.review_last(day, h.flight_id, hit);
	IF last.state IS DISTINCT FROM 'in_review'
		OR last.reviewer <> session_user THEN
		RETURN 'not-yours';
	ELSIF last.seen_input IS DISTINCT FROM h.input_hash
		OR last.seen_evidence IS DISTINCT FROM h.evidence_hash THEN
		RETURN 'changed';
	ELSIF last.at + pax.review_limit_of('view_seconds')
		* interval '1 second' > clock_timestamp() THEN
		RETURN 'too-soon';
	ELSIF outcome IS NULL OR outcome NOT IN ('confirmed', 'rejected')
		OR NOT EXISTS (SELECT FROM ref.review_reason x
			WHERE x.step = outcome AND x.reason = why) THEN
		RETURN 'reason';
	ELSIF checklist IS NULL OR version IS NULL OR sealed IS NULL
		OR EXISTS (SELECT FROM unnest(ARRAY['identity', 'alert',
			'offence', 'air-link', 'exonerating', 'seriousness',
			'discrimination']) AS q
			WHERE NOT EXISTS (SELECT FROM unnest(answers) AS a
				WHERE a ~ ('^' || q || '=[a-z][a-z-]*$')))
	THEN
		RETURN 'checklist';
	END IF;
	SELECT split_part(a, '=', 2) INTO r.air_link
	FROM unnest(answers) AS a WHERE a LIKE 'air-link=%';
	IF r.air_link NOT IN ('direct', 'indirect', 'none') THEN
		RETURN 'checklist';
	ELSIF outcome = 'confirmed'
		AND NOT 'discrimination=pass' = ANY (answers) THEN
		RETURN 'discrimination';
	END IF;
	INSERT INTO ref.checklist (checklist_hash, version, content)
	VALUES (sha256(convert_to(checklist, 'UTF8')), version, checklist)
	ON CONFLICT DO NOTHING;
	r.review_id := review;
	r.state := outcome;
	r.reason := why;
	r.offence := offence;
	r.view_seconds := extract(epoch FROM clock_timestamp() - last.at);
	r.checklist_hash := sha256(convert_to(checklist, 'UTF8'));
	r.answers := answers;
	r.sealed := sealed;
	PERFORM pax.review_add(h, r);
	IF outcome = 'rejected' AND why = 'wrong-person' THEN
		PERFORM pax.false_match_add(day, hit, why);
	END IF;
	RETURN NULL;
END
$$;

-- A confirmed hit goes to a competent authority, for examination: into the
-- outbox, whose lane ':referrals' the engine sends to referrals.topic.
CREATE FUNCTION pax.review_refer(day date, hit bigint, review bigint,
	recipient text)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	h pax.hit := pax.review_lock(day, hit);
	last pax.review;
	r pax.review;
	bar text := pax.review_bar(h);
	f pax.flight;
BEGIN
	IF bar IS NOT NULL THEN
		RETURN bar;
	END IF;
	SELECT * INTO last FROM pax.review_last(day, h.flight_id, hit);
	IF last.state IS DISTINCT FROM 'confirmed' THEN
		RETURN 'not-confirmed';
	ELSIF last.seen_evidence IS DISTINCT FROM h.evidence_hash THEN
		RETURN 'changed-since';
	ELSIF last.air_link = 'none' THEN
		RETURN 'no-air-link';
	ELSIF NOT EXISTS (SELECT FROM ops.authority a
		WHERE a.authority = recipient AND a.kind = 'competent'
			AND current_date >= a.valid_from
			AND current_date <= coalesce(a.valid_until, current_date))
	THEN
		RETURN 'recipient';
	END IF;
	SELECT * INTO f FROM pax.flight x
	WHERE x.clock_day = day AND x.flight_id = h.flight_id;
	r.review_id := review;
	r.state := 'referred';
	r.reason := last.reason;
	r.offence := last.offence;
	r.air_link := last.air_link;
	r.recipient := recipient;
	PERFORM pax.review_add(h, r);
	INSERT INTO ops.outbox (outbox_id, topic, key, payload, created_at)
	VALUES (review, ':referrals', recipient, convert_to(json_build_object(
		'referral', to_char(day, 'YYYYMMDD-')
			|| lpad(to_hex(review), 16, '0'),
		'hit', to_char(day, 'YYYYMMDD-') || lpad(to_hex(hit), 16, '0'),
		'asks', 'refer for examination',
		'recipient', recipient,
		'decision', last.state,
		'reviewer', last.reviewer,
		'decided_at', to_char(last.at AT TIME ZONE 'UTC',
			'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
		'referred_by', session_user,
		'offence', last.offence,
		'air_link', last.air_link,
		'carrier', f.carrier,
		'number', f.number,
		'origin', f.origin,
		'destination', f.destination,
		'departs_utc', to_char(h.departs_utc AT TIME ZONE 'UTC',
			'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
		'acknowledge', 'required',
		'caveat', 'A person reviewed this result of automated '
			'processing and confirmed it. It asks for '
			'examination and decides nothing: no decision with '
			'an adverse legal effect may rest on it alone '
			'(Directive (EU) 2016/681, Art. 6(9), 7(6)).')::text,
		'UTF8'), clock_timestamp());
	RETURN NULL;
END
$$;

-- A second person has a decided hit looked at again.
CREATE FUNCTION pax.review_reopen(day date, hit bigint, review bigint, why text)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	h pax.hit := pax.review_lock(day, hit);
	last pax.review;
	r pax.review;
	bar text := pax.review_bar(h);
BEGIN
	IF bar IS NOT NULL THEN
		RETURN bar;
	END IF;
	SELECT * INTO last FROM pax.review_last(day, h.flight_id, hit);
	IF last.state IS NULL
		OR last.state NOT IN ('confirmed', 'rejected', 'referred') THEN
		RETURN 'not-decided';
	ELSIF session_user = (SELECT x.reviewer FROM pax.review x
		WHERE x.clock_day = day AND x.flight_id = h.flight_id
			AND x.hit_id = hit
			AND x.state IN ('confirmed', 'rejected')
		ORDER BY x.step DESC LIMIT 1) THEN
		RETURN 'same-reviewer';
	ELSIF NOT EXISTS (SELECT FROM ref.review_reason x
		WHERE x.step = 'reopened' AND x.reason = why) THEN
		RETURN 'reason';
	END IF;
	r.review_id := review;
	r.state := 'reopened';
	r.reason := why;
	PERFORM pax.review_add(h, r);
	IF last.state = 'rejected' AND last.reason = 'wrong-person' THEN
		PERFORM pax.false_match_lift(day, hit);
	END IF;
	RETURN NULL;
END
$$;

-- No other way into that lane, not even for the engine, which writes the outbox.
CREATE FUNCTION ops.outbox_referral() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
	IF current_user <> (SELECT pg_get_userbyid(c.relowner) FROM pg_class c
		WHERE c.oid = 'pax.review'::regclass) THEN
		RAISE EXCEPTION 'referrals come of reviews alone'
			USING ERRCODE = 'insufficient_privilege';
	END IF;
	RETURN NEW;
END
$$;

CREATE TRIGGER referral BEFORE INSERT OR UPDATE ON ops.outbox
	FOR EACH ROW WHEN (NEW.topic = ':referrals')
	EXECUTE FUNCTION ops.outbox_referral();
