UPDATE ops.authority SET valid_until = $2
WHERE authority = $1 AND valid_from <= $2
	AND (valid_until IS NULL OR valid_until >= $2)
