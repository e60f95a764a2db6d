SELECT count(*)::int8 AS days,
	min(substring(c.relname FROM '[0-9]+$')) AS first,
	max(substring(c.relname FROM '[0-9]+$')) AS last,
	(SELECT count(*) FROM ops.quarantine)::int8 AS quarantined,
	(SELECT count(*) FROM ops.kafka_offset)::int8 AS partitions
FROM pg_inherits i
JOIN pg_class c ON c.oid = i.inhrelid
WHERE i.inhparent = 'pax.evidence'::regclass
