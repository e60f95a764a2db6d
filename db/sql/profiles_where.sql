-- For each partition of topics that somebody reads: from which offset on
-- version $1, or a newer one, holds; null: it does not yet.
SELECT o.topic, o.part, (
	SELECT x.from_offset FROM ops.profile_effect x
	WHERE x.cluster = o.cluster AND x.grp = o.grp AND x.topic = o.topic
		AND x.part = o.part AND x.version >= $1
	ORDER BY x.version LIMIT 1)
FROM ops.kafka_offset o
WHERE EXISTS (
	SELECT FROM pg_locks l
	WHERE l.locktype = 'advisory'
		AND l.database = (SELECT oid FROM pg_database
			WHERE datname = current_database())
		AND l.classid::bigint
			= hashtext('paxgate engine')::bigint & 4294967295
		AND l.objid::bigint = hashtext(
			o.cluster || '/' || o.grp || '/' || o.topic)::bigint
			& 4294967295)
ORDER BY o.cluster, o.topic, o.part
