-- All steps of a request: $1 its id.
SELECT nr, step, state, actor, authority, at, decision, until, reason, results,
	sealed
FROM ops.request_step WHERE request_id = $1 ORDER BY nr
