INSERT INTO ops.profile_approval (text_hash, approver, signed_at, signature)
VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING
