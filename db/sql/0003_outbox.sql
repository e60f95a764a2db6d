-- Answers to airlines, between the transaction that made them and the broker's
-- word that it has them. They hold nothing of a traveller, so nothing is sealed.
CREATE TABLE ops.outbox (
	outbox_id bigint PRIMARY KEY,
	topic text NOT NULL,
	key text,
	payload bytea NOT NULL,
	created_at timestamptz NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

CREATE INDEX ON ops.outbox (topic, created_at, outbox_id);
