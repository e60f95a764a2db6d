SELECT ops.audit_checkpoint_put($1, $2, $3, $4)
