-- How far a day ($1) has come; no row: it is active.
SELECT state, coalesce(travellers, 0), coalesce(slices, 0), coalesce(hits, 0),
	coalesce(kept, 0), id_hash, key_print
FROM ops.retention_day WHERE clock_day = $1
