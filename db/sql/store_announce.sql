-- Tell of hits that are new: $1 rows. Before they are stored; the lock on their
-- flights keeps others from storing them meanwhile. What was learnt as a false
-- match is not told, nor of whom data are restricted. No personal data.
INSERT INTO ops.outbox (outbox_id, topic, key, payload, created_at)
SELECT n.hit_id, ':hits', name, convert_to(json_build_object('hit', name,
		'kind', CASE n.kind WHEN 0 THEN 'profile' ELSE 'list' END,
		'class', nullif(n.class, ' '), 'score', n.score,
		'departs_utc', to_char(n.departs_utc AT TIME ZONE 'UTC',
			'YYYY-MM-DD"T"HH24:MI:SS"Z"'))::text, 'UTF8'),
	n.screened_at
FROM unnest($1::pax.hit[]) n,
	concat(to_char(n.clock_day, 'YYYYMMDD-'),
		lpad(to_hex(n.hit_id), 16, '0')) AS name
WHERE NOT EXISTS (SELECT FROM pax.hit_:day h
		WHERE h.clock_day = n.clock_day AND h.flight_id = n.flight_id
			AND h.traveller_id = n.traveller_id
			AND h.kind = n.kind AND h.source = n.source)
	AND NOT (n.entry_hash IS NOT NULL
		AND ops.is_false_match(n.traveller_key, n.entry_hash))
	AND NOT ops.is_restricted(n.clock_day, n.flight_id, n.traveller_id)
ON CONFLICT DO NOTHING
