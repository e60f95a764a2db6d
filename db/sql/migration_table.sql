CREATE SCHEMA IF NOT EXISTS ops;
CREATE TABLE IF NOT EXISTS ops.migration (
	name text PRIMARY KEY,
	text_hash bytea NOT NULL,
	applied_at timestamptz NOT NULL DEFAULT now()
);
