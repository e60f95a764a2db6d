-- The register, the newest first.
SELECT act_id, act, outcome, refusal, case_id, reason, records, actor, at
FROM ops.subject_act ORDER BY at DESC, act_id LIMIT $1
