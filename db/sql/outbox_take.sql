-- What another engine has in hand is left to it.
SELECT * FROM ops.outbox
WHERE topic = $1
ORDER BY created_at, outbox_id
LIMIT $2
FOR UPDATE SKIP LOCKED
