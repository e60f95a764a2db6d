UPDATE ops.kafka_offset
SET next_offset = $6
WHERE cluster = $1 AND grp = $2 AND topic = $3 AND part = $4
	AND next_offset = $5 AND set_version = $7
