-- How far a day ($1) has come; no row: it is active.
SELECT d.state, coalesce(d.travellers, 0), coalesce(d.slices, 0),
	coalesce(d.hits, 0), coalesce(d.kept, 0), d.id_hash, d.key_print,
	r.identical, r.differ, r.unreached
FROM ops.retention_day d
LEFT JOIN ops.retention_replay r ON r.clock_day = d.clock_day
WHERE d.clock_day = $1
