-- The revision of $1 that was live before the one that is in the newest
-- version; null: there is none.
SELECT (
	SELECT i.revision::bigint FROM ops.profile_item i
	WHERE i.kind = 0 AND i.name = $1 AND i.state = 'live'
		AND i.text_hash <> (SELECT text_hash FROM ops.profile_item
			WHERE kind = 0 AND name = $1
			ORDER BY version DESC LIMIT 1)
	ORDER BY i.version DESC LIMIT 1)
