-- What a hit was made of, for replay: the engine's semantics, the PIU's State
-- and the sides of the traveller, as pax.slice has them. Null in hits stored
-- before this step, which cannot be replayed.
ALTER TABLE pax.hit
	ADD COLUMN semantics integer,
	ADD COLUMN country text,
	ADD COLUMN pnr_header bytea,
	ADD COLUMN pnr_slice bytea,
	ADD COLUMN pnr_index integer,
	ADD COLUMN api_header bytea,
	ADD COLUMN api_slice bytea,
	ADD COLUMN api_index integer;
