-- $1 name, $2 revision (null: the newest).
SELECT r.revision, r.text_hash, r.author, t.content
FROM ops.profile_revision r
JOIN ops.profile_text t USING (text_hash)
WHERE r.name = $1 AND ($2::int IS NULL OR r.revision = $2)
ORDER BY r.revision DESC
LIMIT 1
