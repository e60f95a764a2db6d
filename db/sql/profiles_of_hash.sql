SELECT coalesce(max(version), 0) FROM ops.profile_set WHERE set_hash = $1
