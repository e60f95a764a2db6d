INSERT INTO pax.hit_:day
SELECT clock_day, flight_id, traveller_id, kind, source, hit_id, revision,
	score, class, draft, 'open', departs, departs_utc, screened_at,
	input_hash, profile_set_hash, watchlist_hash, reference_hash,
	evidence_hash, mask_on, delete_on, semantics, country,
	pnr_header, pnr_slice, pnr_index, api_header, api_slice, api_index,
	watchlist_delta, traveller_key, entry_hash,
	CASE WHEN entry_hash IS NULL THEN false
		ELSE ops.is_false_match(traveller_key, entry_hash) END
FROM unnest($1::pax.hit[])
ON CONFLICT (clock_day, flight_id, traveller_id, kind, source) DO UPDATE
SET hit_id = excluded.hit_id, revision = excluded.revision,
	score = excluded.score, class = excluded.class, draft = excluded.draft,
	state = excluded.state, departs = excluded.departs,
	departs_utc = excluded.departs_utc, screened_at = excluded.screened_at,
	input_hash = excluded.input_hash,
	profile_set_hash = excluded.profile_set_hash,
	watchlist_hash = excluded.watchlist_hash,
	reference_hash = excluded.reference_hash,
	evidence_hash = excluded.evidence_hash,
	mask_on = excluded.mask_on, delete_on = excluded.delete_on,
	semantics = excluded.semantics, country = excluded.country,
	pnr_header = excluded.pnr_header, pnr_slice = excluded.pnr_slice,
	pnr_index = excluded.pnr_index, api_header = excluded.api_header,
	api_slice = excluded.api_slice, api_index = excluded.api_index,
	watchlist_delta = excluded.watchlist_delta,
	traveller_key = excluded.traveller_key,
	entry_hash = excluded.entry_hash, suppressed = excluded.suppressed
