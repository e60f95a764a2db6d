-- Requests and where they stand, newest first. $1 id or null, $2 state or null.
SELECT r.request_id, r.kind, r.case_id, r.offence, r.requester, r.persons,
	r.fields, r.span_from, r.span_until, r.row_cap, r.likeness, r.urgent,
	r.decide_by, r.file_hash, r.opened_by, r.acting_as, r.opened_at,
	r.opened_on, r.sealed, s.state, d.authority, d.decision, d.until,
	(SELECT sum(x.results)::bigint FROM ops.request_step x
		WHERE x.request_id = r.request_id AND x.step = 'search'),
	(SELECT count(*) FROM ops.transfer t
		WHERE t.request_id = r.request_id)
FROM ops.request r
CROSS JOIN LATERAL ops.request_last(r.request_id) s
LEFT JOIN ops.request_step d ON d.request_id = r.request_id
	AND d.step IN ('approve', 'refuse')
WHERE ($1::bigint IS NULL OR r.request_id = $1)
	AND ($2::text IS NULL OR s.state = $2)
ORDER BY r.opened_at DESC, r.request_id
