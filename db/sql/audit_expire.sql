SELECT ops.audit_expire($1, $2)
