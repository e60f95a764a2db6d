-- Messages that come in parts, while parts are missing: what came, and when
-- nobody waits any longer. A row goes when the series is whole. due_at: when to
-- ask for it; of a missing one, when that was told. Nothing in it is about a
-- person. seen: "1-3,5"; last: number of the last part, null while
-- it is not known; state: waiting, asked (a control message says that time is
-- up) or missing (it was read, and counted).
CREATE TABLE ops.series (
	series_id bigint PRIMARY KEY,
	flight text NOT NULL,
	carrier text NOT NULL,
	sender text,
	reference text,
	type text,
	first_sent_at timestamptz,
	latest_sent_at timestamptz,
	seen text NOT NULL,
	last integer,
	due_at timestamptz NOT NULL,
	state text NOT NULL CHECK (state IN ('waiting', 'asked', 'missing'))
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

CREATE INDEX ON ops.series (due_at) WHERE state <> 'missing';
