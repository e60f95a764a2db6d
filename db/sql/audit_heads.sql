SELECT chain, first, before, last, hash FROM ops.audit_chain ORDER BY chain
