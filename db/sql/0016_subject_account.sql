-- Whose account has ended acts on no person's request and no task of the data
-- protection officer, also where his role was left to him.
CREATE FUNCTION ops.account_has_ended() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	IF EXISTS (SELECT FROM ops.account a
		WHERE a.account = session_user
			AND (current_date < a.valid_from
				OR current_date > a.valid_until)) THEN
		RAISE EXCEPTION 'the account has ended'
			USING ERRCODE = 'insufficient_privilege';
	END IF;
	RETURN NEW;
END
$$;

REVOKE ALL ON FUNCTION ops.account_has_ended() FROM PUBLIC;
CREATE TRIGGER account BEFORE INSERT ON ops.subject_act
	FOR EACH ROW EXECUTE FUNCTION ops.account_has_ended();
CREATE TRIGGER account BEFORE UPDATE ON ops.dpo_task
	FOR EACH ROW EXECUTE FUNCTION ops.account_has_ended();
