-- Records ($2) of a masked day ($1) go, with their links. When none is left,
-- the day is over.
WITH gone AS (
	DELETE FROM pax.masked_record
	WHERE clock_day = $1 AND record_id = ANY ($2)
	RETURNING record_id
), links AS (
	DELETE FROM ops.objective_link
	WHERE clock_day = $1 AND record_id = ANY ($2)
), restricted AS (
	DELETE FROM ops.restriction
	WHERE clock_day = $1 AND record_id = ANY ($2)
), clock AS (
	DELETE FROM ops.flight_clock WHERE $3 AND clock_day = $1
)
UPDATE ops.retention_day SET state = 'deleted', done_at = now()
WHERE clock_day = $1 AND NOT EXISTS (
	SELECT FROM pax.masked_record
	WHERE clock_day = $1 AND record_id <> ALL ($2))
