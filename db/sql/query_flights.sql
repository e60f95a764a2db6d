-- Flights whose last moment, in the local time of an airport anywhere, may be
-- after $2 (UTC, as a local time): $1 first clock_day.
SELECT * FROM pax.flight
WHERE clock_day >= $1
	AND coalesce(arrives, departs + interval '1 day')
		> $2 - interval '14 hours'
