-- Remove what was kept for five years: of each chain at most `most` events from
-- its beginning, all older than `older`, a time as in `at`. The chain begins
-- behind them then; a checkpoint in the same transaction proves it.
CREATE FUNCTION ops.audit_expire(older text, most bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
	c record;
	upto bigint;
	removed bigint := 0;
BEGIN
	IF older > to_char(now() AT TIME ZONE 'UTC' - interval '5 years',
		'YYYY-MM-DD"T"HH24:MI:SS') THEN
		RAISE EXCEPTION 'events are kept for five years'
			USING ERRCODE = 'insufficient_privilege';
	END IF;
	PERFORM set_config('paxgate.audit_expire', 'on', true);
	FOR c IN SELECT * FROM ops.audit_chain ORDER BY chain FOR UPDATE LOOP
		SELECT max(seq) INTO upto FROM ops.audit
		WHERE chain = c.chain AND seq < least(c.first + most,
			(SELECT min(seq) FROM ops.audit
			WHERE chain = c.chain AND at >= older));
		CONTINUE WHEN upto IS NULL;
		UPDATE ops.audit_chain SET first = upto + 1, before =
			(SELECT hash FROM ops.audit
			WHERE chain = c.chain AND seq = upto)
		WHERE chain = c.chain;
		DELETE FROM ops.audit WHERE chain = c.chain AND seq <= upto;
		removed := removed + upto - c.first + 1;
	END LOOP;
	PERFORM set_config('paxgate.audit_expire', '', true);
	RETURN removed;
END
$$;

REVOKE ALL ON FUNCTION ops.audit_expire(text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ops.audit_expire(text, bigint) TO paxgate_admin;
GRANT SELECT ON ops.audit_chain, ops.audit_checkpoint TO paxgate_admin;
