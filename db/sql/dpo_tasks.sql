-- What the data protection officer has to look at, what is to do first.
SELECT request_id, kind, made_at, due_on, done_at, done_by, finding
FROM ops.dpo_task ORDER BY done_at DESC NULLS FIRST, due_on, request_id
