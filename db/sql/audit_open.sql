SELECT chain, last, hash, acting_as, home_authority, roles, ended
FROM ops.audit_open()
