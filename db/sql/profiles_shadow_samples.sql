-- The newest of them ($3 at most), with the flight; nothing of the person.
SELECT s.clock_day, s.shadow_id, s.revision, s.score, s.sealed, f.carrier,
	f.number, f.origin, f.destination
FROM pax.shadow s
JOIN pax.flight f ON f.clock_day = s.clock_day AND f.flight_id = s.flight_id
WHERE s.source = $1 AND s.clock_day >= $2
ORDER BY s.screened_at DESC, s.shadow_id
LIMIT $3
