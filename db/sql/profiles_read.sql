SELECT i.kind = 1, i.name, i.revision, i.text_hash, i.state, i.why, t.content,
	s.set_hash
FROM ops.profile_set s
LEFT JOIN ops.profile_item i ON i.version = s.version
LEFT JOIN ops.profile_text t ON t.text_hash = i.text_hash
WHERE s.version = $1
ORDER BY i.kind, i.name COLLATE "C"
