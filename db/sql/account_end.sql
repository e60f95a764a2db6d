UPDATE ops.account SET valid_until = $2
WHERE account = $1 AND valid_from <= $2
	AND (valid_until IS NULL OR valid_until >= $2)
