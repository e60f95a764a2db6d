-- What people decided about hits of days from $1 on, by profile and revision:
-- each hit by its last step.
SELECT h.source, h.revision, count(*) AS decided,
	count(*) FILTER (WHERE r.state <> 'rejected') AS confirmed
FROM pax.hit h
CROSS JOIN LATERAL (SELECT state FROM pax.review
	WHERE clock_day = h.clock_day AND flight_id = h.flight_id
		AND hit_id = h.hit_id
	ORDER BY step DESC LIMIT 1) r
WHERE h.clock_day >= $1 AND h.kind = 0
	AND r.state IN ('confirmed', 'referred', 'rejected')
GROUP BY h.source, h.revision
ORDER BY h.source COLLATE "C", h.revision
