-- Series that lack parts, told between $1 and $2 (UTC days); $3 carrier (null:
-- all).
SELECT * FROM ops.series
WHERE state = 'missing'
	AND (due_at AT TIME ZONE 'UTC')::date BETWEEN $1 AND $2
	AND ($3::text IS NULL OR carrier = $3)
ORDER BY carrier COLLATE "C", due_at, series_id
