SELECT ops.audit_append($1, $2, $3, $4, $5)
