SELECT current_setting('server_version') AS version,
	session_user::text AS role, current_database()::text AS database
