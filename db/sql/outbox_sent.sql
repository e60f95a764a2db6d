DELETE FROM ops.outbox WHERE outbox_id = ANY ($1)
