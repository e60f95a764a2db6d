-- The newest test of a text that is not older than so many days ($2): passed?
-- Null: there is none.
SELECT (SELECT passed::int::bigint FROM ops.profile_disparity
	WHERE text_hash = $1 AND tested_at > now() - $2 * interval '1 day'
	ORDER BY tested_at DESC LIMIT 1)
