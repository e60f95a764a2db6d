-- Settings under which the server's own log would hold values of rows, or
-- under which a query over many days runs out of locks; and what to set.
SELECT s.name, s.setting, w.wanted
FROM (VALUES
	('log_min_messages', ARRAY['log', 'fatal', 'panic'], 'fatal'),
	('log_min_error_statement', ARRAY['log', 'fatal', 'panic'], 'panic'),
	('log_statement', ARRAY['none'], 'none'),
	('log_min_duration_statement', ARRAY['-1'], '-1'),
	('log_min_duration_sample', ARRAY['-1'], '-1'),
	('log_transaction_sample_rate', ARRAY['0'], '0'),
	('log_parameter_max_length_on_error', ARRAY['0'], '0'),
	('debug_print_parse', ARRAY['off'], 'off'),
	('debug_print_rewritten', ARRAY['off'], 'off'),
	('debug_print_plan', ARRAY['off'], 'off'),
	('auto_explain.log_min_duration', ARRAY['-1'], '-1')
) AS w(name, allowed, wanted)
JOIN pg_settings s ON s.name = w.name
WHERE s.setting <> ALL (w.allowed)
UNION ALL
SELECT name, setting, '256'
FROM pg_settings
WHERE name = 'max_locks_per_transaction' AND setting::int < 256
ORDER BY 1
