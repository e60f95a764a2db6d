SELECT pg_advisory_xact_lock(hashtext('paxgate profile set'))
