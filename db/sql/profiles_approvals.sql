SELECT approver, signed_at, signature
FROM ops.profile_approval WHERE text_hash = $1
ORDER BY signed_at, approver
