-- A day ($1) was replayed: $2 hits identical, $3 not, $4 not reached in time.
INSERT INTO ops.retention_replay (clock_day, identical, differ, unreached)
VALUES ($1, $2, $3, $4)
ON CONFLICT (clock_day) DO UPDATE SET identical = excluded.identical,
	differ = excluded.differ, unreached = excluded.unreached, at = now()
