-- What came of working a day's hits out again before it was masked: its
-- certificate says so. No row: it was not done.
CREATE TABLE ops.retention_replay (
	clock_day date PRIMARY KEY,
	identical bigint NOT NULL,
	differ bigint NOT NULL,
	unreached bigint NOT NULL,
	at timestamptz NOT NULL DEFAULT now()
);
