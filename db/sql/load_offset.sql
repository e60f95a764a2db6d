-- The next offset of a partition, and what it becomes ($5) at first sight.
WITH made AS (
	INSERT INTO ops.kafka_offset (cluster, grp, topic, part, next_offset)
	VALUES ($1, $2, $3, $4, $5)
	ON CONFLICT DO NOTHING
	RETURNING next_offset
)
SELECT next_offset FROM made
UNION ALL
SELECT next_offset FROM ops.kafka_offset
WHERE cluster = $1 AND grp = $2 AND topic = $3 AND part = $4
LIMIT 1
