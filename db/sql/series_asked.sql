UPDATE ops.series
SET state = 'asked', due_at = now() + interval '1 hour'
WHERE series_id = ANY ($1)
