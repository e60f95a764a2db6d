-- Hits that wait for a second person, and $1 (the session user) may be it: their
-- names, flights and since when. What the first one said is not told.
SELECT h.clock_day, h.hit_id, CASE h.kind WHEN 0 THEN 'profile' ELSE 'list' END,
	h.source, f.carrier, f.number, s.put_up_at
FROM pax.second s
JOIN pax.hit h ON h.clock_day = s.clock_day AND h.flight_id = s.flight_id
	AND h.hit_id = s.hit_id
LEFT JOIN pax.flight f ON f.clock_day = s.clock_day
	AND f.flight_id = s.flight_id
WHERE s.outcome IS NULL AND s.first_reviewer <> $1
ORDER BY s.put_up_at, s.hit_id
