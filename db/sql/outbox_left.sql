SELECT EXISTS (SELECT FROM ops.outbox WHERE topic = $1)
