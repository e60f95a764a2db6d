-- Does a hit ($1 clock_day, $2 flight_id, $3 hit_id) wait for a second person,
-- other than the first, who may be the session user $4?
SELECT EXISTS (SELECT FROM pax.second s
	WHERE s.clock_day = $1 AND s.flight_id = $2 AND s.hit_id = $3
		AND s.outcome IS NULL AND s.first_reviewer <> $4)
