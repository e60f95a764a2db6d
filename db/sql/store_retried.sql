-- These rows ($1) are read again in this transaction, and with them what else
-- stood in their payloads: what is still wrong is written anew.
DELETE FROM ops.quarantine q
USING ops.quarantine r
WHERE r.quarantine_id = ANY ($1)
	AND (q.cluster, q.topic, q.part, q."offset") =
		(r.cluster, r.topic, r.part, r."offset")
