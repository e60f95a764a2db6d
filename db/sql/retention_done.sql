UPDATE ops.retention_day
SET state = CASE WHEN kept > 0 THEN 'masked' ELSE 'deleted' END, done_at = now()
WHERE clock_day = $1 AND state = 'kept'
