-- Hits with their flights and the last steps of their reviews, most urgent first: before departure by time of
-- departure, then those without one, then the latest departed. Null arguments
-- filter nothing. $1 first clock_day, $2 state, $3 carrier, $4 number,
-- $5 day of departure, $6 origin, $7 now, $8 limit, $9 suppressed, 'yes' or 'no'.
SELECT h.*, f.*, r.*
FROM pax.hit h
LEFT JOIN pax.flight f ON f.clock_day = h.clock_day
	AND f.flight_id = h.flight_id AND f.clock_day >= $1
LEFT JOIN LATERAL (SELECT * FROM pax.review x
	WHERE x.clock_day = h.clock_day AND x.clock_day >= $1
		AND x.flight_id = h.flight_id AND x.hit_id = h.hit_id
	ORDER BY x.step DESC LIMIT 1) r ON true
WHERE h.clock_day >= $1
	AND ($2 IS NULL OR $2 = CASE WHEN h.state = 'withdrawn' THEN h.state
		ELSE coalesce(r.state, h.state) END)
	AND ($9 IS NULL OR h.suppressed = ($9 = 'yes'))
	AND ($3 IS NULL OR f.carrier = $3)
	AND ($4 IS NULL OR ltrim(f.number, '0') = ltrim($4, '0'))
	AND ($5 IS NULL OR f.departs::date = $5)
	AND ($6 IS NULL OR f.origin = $6)
ORDER BY coalesce(h.departs_utc < $7, false),
	CASE WHEN h.departs_utc >= $7 THEN h.departs_utc END,
	h.departs_utc DESC, h.class, h.score DESC, h.hit_id
LIMIT $8
