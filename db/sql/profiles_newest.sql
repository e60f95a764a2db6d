SELECT coalesce(max(version), 0) FROM ops.profile_set
