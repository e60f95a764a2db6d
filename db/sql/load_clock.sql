-- A flight's clock_day, and what it becomes ($2) at first sight.
WITH made AS (
	INSERT INTO ops.flight_clock (flight_id, clock_day) VALUES ($1, $2)
	ON CONFLICT DO NOTHING
	RETURNING clock_day
)
SELECT clock_day FROM made
UNION ALL
SELECT clock_day FROM ops.flight_clock WHERE flight_id = $1
LIMIT 1
