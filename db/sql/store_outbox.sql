INSERT INTO ops.outbox
SELECT * FROM unnest($1::ops.outbox[])
ON CONFLICT DO NOTHING
