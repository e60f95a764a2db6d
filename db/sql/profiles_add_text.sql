INSERT INTO ops.profile_text (text_hash, content) VALUES ($1, $2)
ON CONFLICT DO NOTHING
