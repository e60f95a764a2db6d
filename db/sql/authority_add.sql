INSERT INTO ops.authority (authority, kind, name, country, parent, valid_from,
	valid_until)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT DO NOTHING
