SELECT nr, line, key, signature FROM ops.audit_checkpoint
WHERE nr >= $1
ORDER BY nr
