-- What left on request, newest first. $1 id of the request or null.
SELECT t.transfer_id, t.request_id, r.case_id, r.offence, t.recipient, t.at,
	t.actor, t.file_hash, t.subjects, t.fields, t.recalled_at,
	t.recalled_why
FROM ops.transfer t JOIN ops.request r USING (request_id)
WHERE $1::bigint IS NULL OR t.request_id = $1
ORDER BY t.at DESC, t.transfer_id
