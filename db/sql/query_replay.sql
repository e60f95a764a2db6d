-- Hits with all they were made of, in one snapshot, by day, flight and id.
-- $1 screened at or after, $2 before, $3 hit_id (null: any); $4 first and $7
-- last clock_day; $5, $6: only flights and hits behind these on the first day;
-- $8 limit. A hit whose evidence or slices are not there comes, too.
WITH h AS MATERIALIZED (
	SELECT * FROM pax.hit
	WHERE clock_day >= $4 AND clock_day <= $7
		AND ($1 IS NULL OR screened_at >= $1)
		AND ($2 IS NULL OR screened_at < $2)
		AND ($3 IS NULL OR hit_id = $3)
		AND (clock_day > $4 OR flight_id > $5
			OR (flight_id = $5 AND hit_id > $6))
	ORDER BY clock_day, flight_id, hit_id
	LIMIT $8
)
SELECT h.*, e.*, ph.*, ps.*, ah.*, al.*
FROM h
LEFT JOIN pax.evidence e ON e.clock_day = h.clock_day
	AND e.flight_id = h.flight_id AND e.hit_id = h.hit_id
LEFT JOIN pax.slice ph ON ph.clock_day = h.clock_day
	AND ph.flight_id = h.flight_id AND ph.slice_hash = h.pnr_header
LEFT JOIN pax.slice ps ON ps.clock_day = h.clock_day
	AND ps.flight_id = h.flight_id AND ps.slice_hash = h.pnr_slice
LEFT JOIN pax.slice ah ON ah.clock_day = h.clock_day
	AND ah.flight_id = h.flight_id AND ah.slice_hash = h.api_header
LEFT JOIN pax.slice al ON al.clock_day = h.clock_day
	AND al.flight_id = h.flight_id AND al.slice_hash = h.api_slice
ORDER BY h.clock_day, h.flight_id, h.hit_id
