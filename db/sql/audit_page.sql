SELECT chain, seq, line, hash FROM ops.audit
WHERE (chain, seq) > ($1, $2)
ORDER BY chain, seq
LIMIT $3
