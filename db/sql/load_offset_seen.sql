-- The next offset of a partition, or -1: nobody has read it yet.
SELECT coalesce((
	SELECT next_offset FROM ops.kafka_offset
	WHERE cluster = $1 AND grp = $2 AND topic = $3 AND part = $4), -1)
