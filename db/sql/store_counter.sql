-- In key order, so that two workers cannot lock each other out.
INSERT INTO ops.counter AS c
SELECT day, carrier, code, sum(n)::bigint
FROM unnest($1::ops.counter[])
GROUP BY day, carrier, code
ORDER BY day, carrier, code
ON CONFLICT (day, carrier, code) DO UPDATE SET n = c.n + excluded.n
