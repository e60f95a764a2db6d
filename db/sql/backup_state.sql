-- What a backup's manifest says.
SELECT (SELECT count(*) FROM ops.migration),
	(SELECT max(name) FROM ops.migration),
	(SELECT count(*) FROM pg_inherits
		WHERE inhparent = 'pax.evidence'::regclass),
	(SELECT count(*) FROM ops.retention_day),
	(SELECT count(*) FROM pax.masked_record),
	(SELECT count(*) FROM ops.kafka_offset)
