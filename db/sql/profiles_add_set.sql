INSERT INTO ops.profile_set (version, set_hash, reason) VALUES ($1, $2, $3)
