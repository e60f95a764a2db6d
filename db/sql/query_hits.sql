-- Hits with their flights, most urgent first: before departure by time of
-- departure, then those without one, then the latest departed. Null arguments
-- filter nothing. $1 first clock_day, $2 state, $3 carrier, $4 number,
-- $5 day of departure, $6 origin, $7 now, $8 limit, $9 suppressed, 'yes' or 'no'.
SELECT h.*, f.*
FROM pax.hit h
LEFT JOIN pax.flight f ON f.clock_day = h.clock_day
	AND f.flight_id = h.flight_id AND f.clock_day >= $1
WHERE h.clock_day >= $1
	AND ($2 IS NULL OR h.state = $2)
	AND ($9 IS NULL OR h.suppressed = ($9 = 'yes'))
	AND ($3 IS NULL OR f.carrier = $3)
	AND ($4 IS NULL OR ltrim(f.number, '0') = ltrim($4, '0'))
	AND ($5 IS NULL OR f.departs::date = $5)
	AND ($6 IS NULL OR f.origin = $6)
ORDER BY coalesce(h.departs_utc < $7, false),
	CASE WHEN h.departs_utc >= $7 THEN h.departs_utc END,
	h.departs_utc DESC, h.class, h.score DESC, h.hit_id
LIMIT $8
