-- Events behind chain $1, number $2, that speak of $3 unless it is null.
SELECT chain, seq, line, hash FROM ops.audit
WHERE (chain, seq) > ($1, $2)
	AND ($3 IS NULL OR strpos(line, '"' || $3 || '"') > 0)
ORDER BY chain, seq
LIMIT $4
