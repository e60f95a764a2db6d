-- Requests by authorities (Art. 6(2)(b) of Directive (EU) 2016/681, C-817/19,
-- 215-226, 245-247) and what is asked to be unmasked (Art. 12(3)): the registers.
-- What was asked is ops.request, what became of it ops.request_step; the last
-- step's state is the request's. Rows come by the functions of the steps that
-- follow alone, and are for good.

DO $$
DECLARE
	r text;
BEGIN
	FOREACH r IN ARRAY ARRAY['paxgate_officer', 'paxgate_judge'] LOOP
		CONTINUE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = r);
		BEGIN
			EXECUTE format('CREATE ROLE %I NOLOGIN', r);
		EXCEPTION WHEN duplicate_object OR unique_violation THEN
			NULL; -- another database's migration was faster
		END;
	END LOOP;
END
$$;

-- Which step leads from which state to which; law/request.def, a test holds the
-- two equal.
CREATE TABLE ref.request_way (
	kind text NOT NULL CHECK (kind IN ('search', 'unmask')),
	step text NOT NULL,
	before text NOT NULL,
	after text NOT NULL,
	PRIMARY KEY (kind, step, before)
);

INSERT INTO ref.request_way VALUES
	('search', 'approve', 'open', 'approved'),
	('search', 'approve', 'urgent', 'approved'),
	('search', 'refuse', 'open', 'refused'),
	('search', 'refuse', 'urgent', 'refused'),
	('search', 'lapse', 'urgent', 'lapsed'),
	('search', 'search', 'urgent', 'urgent'),
	('search', 'search', 'approved', 'approved'),
	('search', 'disclose', 'urgent', 'urgent'),
	('search', 'disclose', 'approved', 'approved'),
	('search', 'close', 'open', 'closed'),
	('search', 'close', 'approved', 'closed'),
	('unmask', 'approve', 'open', 'approved'),
	('unmask', 'refuse', 'open', 'refused'),
	('unmask', 'view', 'approved', 'approved'),
	('unmask', 'close', 'open', 'closed'),
	('unmask', 'close', 'approved', 'closed');

-- The administrator's. span_days: first to last day of a request at most;
-- row_cap: travellers one may yield; urgent_hours: within which the review of an
-- urgent one has to come; approval_days: longest approval; scope_travellers:
-- opened for one search by likeness; records: of one unmasking; view_minutes:
-- from the first look on; task_days: for the data protection officer.
CREATE TABLE ref.request_limit (
	name text PRIMARY KEY,
	value integer NOT NULL CHECK (value BETWEEN 0 AND 100000)
);

INSERT INTO ref.request_limit VALUES ('span_days', 183), ('row_cap', 200),
	('urgent_hours', 24), ('approval_days', 30), ('scope_travellers', 2000),
	('records', 20), ('view_minutes', 60), ('task_days', 30);

-- Why it was refused or closed: a closed list.
CREATE TABLE ref.request_reason (
	step text NOT NULL CHECK (step IN ('refuse', 'close')),
	reason text NOT NULL CHECK (reason ~ '^[a-z][a-z-]*$'),
	meaning text NOT NULL,
	PRIMARY KEY (step, reason)
);

INSERT INTO ref.request_reason VALUES
	('refuse', 'grounds', 'no objective material gives reasonable suspicion'),
	('refuse', 'not-necessary', 'the aim can be reached otherwise'),
	('refuse', 'not-serious',
		'no terrorist offence and no serious crime'),
	('refuse', 'no-air-link',
		'no link with carriage by air, not even an indirect one'),
	('refuse', 'no-new-facts',
		'nothing new since the assessment before travel'),
	('refuse', 'too-wide', 'span, fields, rows or group go too far'),
	('refuse', 'not-urgent', 'it could have waited for the review'),
	('close', 'answered', 'the authority has its answer'),
	('close', 'nothing-found', 'nothing was found'),
	('close', 'withdrawn', 'the authority withdrew it'),
	('close', 'not-reasoned', 'the PIU refused it: not duly reasoned'),
	('close', 'over', 'its approval is over');

-- persons: one, or a group that makes one specific case. sealed: the words of the
-- form as JSON, under the key of `opened_on`. unmask: file_hash is that of the
-- file which goes to court and custodian.
CREATE TABLE ops.request (
	request_id bigint PRIMARY KEY,
	kind text NOT NULL CHECK (kind IN ('search', 'unmask')),
	case_id text NOT NULL CHECK (case_id ~ '^[A-Za-z0-9/._-]{1,64}$'),
	offence text NOT NULL CHECK (length(offence) BETWEEN 1 AND 8),
	requester text NOT NULL REFERENCES ops.authority,
	persons text NOT NULL CHECK (persons IN ('one', 'group')),
	fields text[] NOT NULL CHECK (cardinality(fields) BETWEEN 1 AND 64),
	span_from date,
	span_until date,
	row_cap integer NOT NULL CHECK (row_cap > 0),
	likeness boolean NOT NULL DEFAULT false,
	urgent boolean NOT NULL DEFAULT false,
	decide_by timestamptz,
	file_hash bytea,
	opened_by text NOT NULL,
	acting_as text NOT NULL REFERENCES ops.authority,
	opened_at timestamptz NOT NULL,
	opened_on date NOT NULL,
	sealed bytea NOT NULL,
	CHECK (kind = 'unmask' OR span_from <= span_until),
	CHECK (urgent = (decide_by IS NOT NULL)),
	CHECK ((kind = 'unmask') = (file_hash IS NOT NULL)),
	CHECK (kind = 'search' OR NOT (urgent OR likeness))
);

-- sealed: what a search looked for, likewise; digest is its hash, or a file's.
CREATE TABLE ops.request_step (
	request_id bigint NOT NULL REFERENCES ops.request,
	nr integer NOT NULL,
	step text NOT NULL,
	state text NOT NULL CHECK (state IN ('open', 'urgent', 'approved',
		'refused', 'lapsed', 'closed')),
	actor text NOT NULL,
	authority text,
	at timestamptz NOT NULL,
	decision text CHECK (decision ~ '^[A-Za-z0-9/._-]{1,64}$'),
	until timestamptz,
	reason text,
	results integer,
	digest bytea,
	sealed bytea,
	xact xid8 NOT NULL, -- whose step it is: see 0013_requests_answers.sql
	PRIMARY KEY (request_id, nr)
);

-- Whom it found, numbered. When their day is masked it is forgotten who they
-- were: their ids can be computed by whoever knows them. That there were so many
-- stays.
CREATE TABLE ops.request_row (
	request_id bigint NOT NULL REFERENCES ops.request,
	row_nr integer NOT NULL,
	search integer NOT NULL,
	clock_day date NOT NULL,
	flight_id bigint,
	traveller_id bigint,
	PRIMARY KEY (request_id, row_nr)
);

CREATE UNIQUE INDEX ON ops.request_row (request_id, clock_day, flight_id,
	traveller_id);
CREATE INDEX ON ops.request_row (clock_day);

-- Whose travellers were opened to be compared by likeness, found or not.
CREATE TABLE ops.request_scope (
	request_id bigint NOT NULL REFERENCES ops.request,
	clock_day date NOT NULL,
	carrier text NOT NULL,
	number text,
	travellers integer NOT NULL,
	actor text NOT NULL,
	at timestamptz NOT NULL,
	xact xid8 NOT NULL
);

-- What left the PIU on request: to whom, how much, the hash of the file.
CREATE TABLE ops.transfer (
	transfer_id bigint PRIMARY KEY,
	request_id bigint NOT NULL REFERENCES ops.request,
	recipient text NOT NULL REFERENCES ops.authority,
	at timestamptz NOT NULL,
	actor text NOT NULL,
	file_hash bytea NOT NULL,
	subjects integer NOT NULL,
	fields text[] NOT NULL,
	recalled_at timestamptz,
	recalled_why text CHECK (recalled_why IN ('refuse', 'lapse')),
	CHECK ((recalled_at IS NULL) = (recalled_why IS NULL))
);

-- The masked records that an unmasking is about.
CREATE TABLE ops.request_record (
	request_id bigint NOT NULL REFERENCES ops.request,
	clock_day date NOT NULL,
	record_id bigint NOT NULL,
	PRIMARY KEY (request_id, clock_day, record_id)
);

-- What the data protection officer has to look at afterwards (Art. 12(3)(b)).
CREATE TABLE ops.dpo_task (
	kind text NOT NULL CHECK (kind IN ('unmask', 'recall')),
	request_id bigint NOT NULL REFERENCES ops.request,
	made_at timestamptz NOT NULL,
	due_on date NOT NULL,
	done_at timestamptz,
	done_by text,
	finding text CHECK (finding IN ('lawful', 'unlawful', 'to-authority')),
	PRIMARY KEY (request_id, kind),
	CHECK ((done_at IS NULL) = (finding IS NULL)
		AND (done_at IS NULL) = (done_by IS NULL))
);

CREATE FUNCTION ops.request_is_for_good() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
	RAISE EXCEPTION 'registers of requests are for good'
		USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER for_good BEFORE UPDATE OR DELETE OR TRUNCATE ON ops.request
	FOR EACH STATEMENT EXECUTE FUNCTION ops.request_is_for_good();
CREATE TRIGGER for_good BEFORE UPDATE OR DELETE OR TRUNCATE ON ops.request_step
	FOR EACH STATEMENT EXECUTE FUNCTION ops.request_is_for_good();
CREATE TRIGGER for_good BEFORE UPDATE OR DELETE OR TRUNCATE ON ops.request_scope
	FOR EACH STATEMENT EXECUTE FUNCTION ops.request_is_for_good();
CREATE TRIGGER for_good BEFORE DELETE OR TRUNCATE ON ops.request_row
	FOR EACH STATEMENT EXECUTE FUNCTION ops.request_is_for_good();
CREATE TRIGGER same BEFORE UPDATE OF request_id, row_nr, search, clock_day
	ON ops.request_row FOR EACH STATEMENT
	EXECUTE FUNCTION ops.request_is_for_good();
CREATE TRIGGER for_good BEFORE DELETE OR TRUNCATE ON ops.transfer
	FOR EACH STATEMENT EXECUTE FUNCTION ops.request_is_for_good();
CREATE TRIGGER same BEFORE UPDATE OF transfer_id, request_id, recipient, at,
	actor, file_hash, subjects, fields ON ops.transfer FOR EACH STATEMENT
	EXECUTE FUNCTION ops.request_is_for_good();

-- A day that is closed for masking: whom requests found on it is forgotten.
CREATE FUNCTION ops.request_forget() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
	UPDATE ops.request_row SET flight_id = NULL, traveller_id = NULL
	WHERE clock_day = NEW.clock_day;
	RETURN NEW;
END
$$;

CREATE TRIGGER requests AFTER INSERT ON ops.retention_day
	FOR EACH ROW EXECUTE FUNCTION ops.request_forget();
