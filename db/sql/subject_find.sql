-- Travellers of a clock_day ($1) who have all of these tokens ($2), or who are
-- $3: with flight, booking, and how many hits, links and corrections there are.
SELECT t.*, f.*, b.*,
	(SELECT count(*) FROM pax.hit h WHERE h.clock_day = $1
		AND h.flight_id = t.flight_id
		AND h.traveller_id = t.traveller_id),
	(SELECT count(*) FROM ops.objective_link l WHERE l.clock_day = $1
		AND l.traveller_id = t.traveller_id),
	(SELECT count(*) FROM pax.addendum d WHERE d.clock_day = $1
		AND d.flight_id = t.flight_id
		AND d.traveller_id = t.traveller_id),
	ops.is_restricted(t.clock_day, t.flight_id, t.traveller_id)
FROM pax.traveller t
LEFT JOIN pax.flight f ON f.clock_day = $1 AND f.flight_id = t.flight_id
LEFT JOIN pax.booking b ON b.clock_day = $1 AND b.flight_id = t.flight_id
	AND b.booking_id = t.booking_id
WHERE t.clock_day = $1 AND ($2::bigint[] IS NULL OR t.tokens @> $2)
	AND ($3::bigint IS NULL OR t.traveller_id = $3)
ORDER BY t.flight_id, t.traveller_id
