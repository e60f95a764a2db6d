-- Series that nobody waits for any longer, and those whose control message was
-- not read for so long that it may be lost. What another engine has in hand is
-- left to it.
SELECT * FROM ops.series
WHERE state <> 'missing' AND due_at <= now()
ORDER BY due_at, series_id
LIMIT $1
FOR UPDATE SKIP LOCKED
