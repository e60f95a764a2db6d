-- Steps that the program knows ($1 names, $2 texts) beside those recorded.
-- state as enum migration_state.
SELECT coalesce(m.name, k.name) AS name,
	(CASE
		WHEN k.name IS NULL THEN 3
		WHEN m.name IS NULL THEN 1
		WHEN m.text_hash <> sha256(convert_to(k.txt, 'UTF8')) THEN 2
		ELSE 0
	END)::int4 AS state,
	m.applied_at
FROM unnest($1::text[], $2::text[]) AS k(name, txt)
FULL JOIN ops.migration m ON m.name = k.name
ORDER BY coalesce(m.name, k.name) COLLATE "C"
