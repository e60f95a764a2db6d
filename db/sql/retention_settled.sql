-- What is kept of the day ($1) is stored; the certificate's figures.
UPDATE ops.retention_day
SET state = 'kept', travellers = $2, slices = $3, hits = $4, kept = $5,
	id_hash = $6, key_print = $7
WHERE clock_day = $1 AND state = 'closed'
