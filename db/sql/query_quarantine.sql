-- $1 id (null: all), $2 received at or after, $3 code (null: all), $4 limit.
SELECT * FROM ops.quarantine
WHERE ($1 IS NULL OR quarantine_id = $1)
	AND ($2 IS NULL OR received_at >= $2)
	AND ($3 IS NULL OR code = $3)
ORDER BY received_at DESC, quarantine_id
LIMIT $4
