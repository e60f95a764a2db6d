-- Only for authorities that are valid on the first day.
INSERT INTO ops.account (account, acting_as, home_authority, roles,
	valid_from, valid_until)
SELECT $1, $2, $3, $4, $5, $6
WHERE (SELECT count(*) FROM ops.authority
	WHERE authority IN ($2, $3) AND valid_from <= $5
		AND (valid_until IS NULL OR valid_until >= $5))
	= CASE WHEN $2 = $3 THEN 1 ELSE 2 END
ON CONFLICT DO NOTHING
