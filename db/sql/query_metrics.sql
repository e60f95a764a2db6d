-- What dashboards watch: a row for each value, sorted by metric. Labels are made
-- of codes that the program knows and of carriers' designators; nothing else.
-- $1: today, UTC.
SELECT metric, label, value FROM (
	SELECT 'quarantine_messages' AS metric,
		'code="' || code || '"' AS label, count(*) AS value
	FROM ops.quarantine WHERE received_at > now() - interval '24 hours'
	GROUP BY code
	UNION ALL
	SELECT 'hits_open', format('kind="%s",class="%s"',
		CASE kind WHEN 0 THEN 'profile' ELSE 'list' END,
		coalesce(trim(class), '')), count(*)
	FROM pax.hit
	WHERE state = 'open' AND NOT draft AND clock_day > $1::date - 8
	GROUP BY kind, class
	UNION ALL
	SELECT 'retention_overdue_days', '', count(DISTINCT clock_day)
	FROM (SELECT clock_day FROM pax.flight
		WHERE least(mask_on, delete_on) < $1::date
		UNION ALL
		SELECT clock_day FROM pax.masked_record
		WHERE delete_on < $1::date
		UNION ALL
		SELECT clock_day FROM ops.retention_day
		WHERE state IN ('closed', 'kept')
			AND closed_at < $1::date) AS overdue
	UNION ALL
	SELECT 'outbox_rows', '', count(*) FROM ops.outbox
	UNION ALL
	SELECT 'carrier_last_message_seconds', format('carrier="%s"',
		regexp_replace(carrier, '[^A-Z0-9]', '?', 'g')),
		extract(epoch FROM max(last_sent_at))::bigint
	FROM pax.flight
	WHERE clock_day > $1::date - 8 AND last_sent_at IS NOT NULL
	GROUP BY carrier
) AS all_of_them
ORDER BY metric COLLATE "C", label COLLATE "C"
