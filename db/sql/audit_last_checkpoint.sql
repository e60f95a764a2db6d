SELECT nr, line, key, signature FROM ops.audit_checkpoint
ORDER BY nr DESC
LIMIT 1
