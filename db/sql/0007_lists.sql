-- Which delta of the watchlists a hit was made with, beside watchlist_hash. Null
-- in hits stored before this step: there were none.
ALTER TABLE pax.hit ADD COLUMN watchlist_delta bigint;
