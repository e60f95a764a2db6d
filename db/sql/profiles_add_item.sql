INSERT INTO ops.profile_item
	(version, kind, name, revision, text_hash, state, why)
VALUES ($1, $2::int, $3, $4, $5, $6, $7)
