-- Events since $2 whose line holds $1 in quotes, each with the hash before it.
SELECT a.chain, a.seq, a.line, a.hash, coalesce(b.hash, c.before)
FROM ops.audit a
JOIN ops.audit_chain c ON c.chain = a.chain
LEFT JOIN ops.audit b ON b.chain = a.chain AND b.seq = a.seq - 1
WHERE a.at >= $2 AND strpos(a.line, '"' || $1 || '"') > 0
ORDER BY a.at, a.chain, a.seq
LIMIT 10000
