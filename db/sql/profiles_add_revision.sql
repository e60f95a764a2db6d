INSERT INTO ops.profile_revision (name, revision, text_hash, author)
VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING
