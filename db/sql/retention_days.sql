-- Each clock_day that has rows, and what is to become of it: $1 today. `stage`:
-- active, closed (masking was cut short) or masked. Of masked ones `people`
-- counts records and `linked` those that a link holds.
WITH linked AS (
	SELECT clock_day,
		count(DISTINCT coalesce(record_id, traveller_id)) AS nr
	FROM ops.objective_link l
	WHERE ops.link_holds(l, $1)
	GROUP BY clock_day
), dates AS (
	SELECT clock_day, min(mask_on) AS mask_on, min(delete_on) AS delete_on
	FROM pax.flight
	GROUP BY clock_day
), kept AS (
	SELECT clock_day, delete_on, nr FROM ops.masked_days()
), active AS (
	SELECT to_date(right(c.relname, 8), 'YYYYMMDD') AS clock_day
	FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
	WHERE i.inhparent = 'pax.evidence'::regclass
)
SELECT a.clock_day, 'active' AS stage, d.mask_on, d.delete_on,
	NULL::bigint AS people, coalesce(l.nr, 0) AS linked
FROM active a
LEFT JOIN dates d ON d.clock_day = a.clock_day
LEFT JOIN linked l ON l.clock_day = a.clock_day
UNION ALL
SELECT r.clock_day, 'closed', NULL, NULL, r.travellers, coalesce(l.nr, 0)
FROM ops.retention_day r
LEFT JOIN linked l ON l.clock_day = r.clock_day
WHERE r.state IN ('closed', 'kept')
UNION ALL
SELECT k.clock_day, 'masked', NULL, k.delete_on, k.nr, coalesce(l.nr, 0)
FROM kept k
LEFT JOIN linked l ON l.clock_day = k.clock_day
WHERE NOT EXISTS (SELECT FROM ops.retention_day r
	WHERE r.clock_day = k.clock_day AND r.state IN ('closed', 'kept'))
ORDER BY 1, 2
