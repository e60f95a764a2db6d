INSERT INTO ops.quarantine
SELECT * FROM unnest($1::ops.quarantine[])
ON CONFLICT DO NOTHING
