SELECT a.account, a.acting_as, a.home_authority, a.roles, a.valid_from,
	a.valid_until, coalesce(r.rolcanlogin, false)
FROM ops.account a
LEFT JOIN pg_roles r ON r.rolname = a.account
ORDER BY a.account
