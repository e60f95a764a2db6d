#!/bin/sh
# access.sh - each role may do what tests/cli/access.txt says and nothing else:
# as the server's catalogue has it, and as trying shows; roles that are missing
# are named
set -eu
paxgate=${PAXGATE:-build/paxgate}
pg_sh=${PAXGATE_PG_SH:-tools/dev/pg.sh}
dir=$(mktemp -d /tmp/paxgate.XXXXXX)
trap '$pg_sh "$dir/pg" wipe >/dev/null 2>&1 || true; rm -rf "$dir"' EXIT
failed=0

PAXGATE_DATABASE=$($pg_sh "$dir/pg" start)
export PAXGATE_DATABASE
sql()
{
	psql -qAtX -v ON_ERROR_STOP=1 "$@" "$PAXGATE_DATABASE"
}

# who may not make roles is told which are missing
echo 'CREATE ROLE poor LOGIN; CREATE DATABASE poor OWNER poor;
	CREATE ROLE paxgate_dpo NOLOGIN' | sql
poor=$(echo "$PAXGATE_DATABASE" |
	sed 's/user=[a-z0-9_]*/user=poor/; s/dbname=[a-z0-9_]*/dbname=poor/')
rc=0
"$paxgate" db init -d "$poor" >"$dir/out" 2>&1 || rc=$?
[ $rc -eq 4 ] && grep -q "NOLOGIN for each of: paxgate_engine," "$dir/out" &&
	! grep -q paxgate_dpo "$dir/out" || {
	echo "without CREATEROLE: exit $rc: $(cat "$dir/out")"
	failed=1
}
"$paxgate" db init >/dev/null
# the roles are there now, so it goes without
"$paxgate" db init -d "$poor" >"$dir/out" 2>&1 || {
	echo "roles are there, but: $(cat "$dir/out")"
	failed=1
}

# what the catalogue says
"$paxgate" db access >"$dir/access"
diff "$dir/access" tests/cli/access.txt || {
	echo "grants differ from tests/cli/access.txt"
	failed=1
}

# What trying shows: as each role, everything with each table, partition and
# function, rolled back. A statement that fails otherwise was permitted.
sql >"$dir/tried" <<'Q'
CREATE TABLE public.tried (object text, role text, letter text);
DO $do$
DECLARE
	r text;
	o record;
	s record;
	may boolean;
	message text;
BEGIN
	FOR r IN SELECT rolname FROM pg_roles WHERE rolname LIKE 'paxgate\_%' LOOP
	FOR o IN
		SELECT n.nspname || '.' || c.relname AS name,
			format('%I.%I', n.nspname, c.relname) AS sql,
			coalesce((SELECT n.nspname || '.' || p.relname
				FROM pg_inherits i JOIN pg_class p
				ON p.oid = i.inhparent
				WHERE i.inhrelid = c.oid),
				n.nspname || '.' || c.relname) AS object,
			(SELECT quote_ident(attname) FROM pg_attribute
				WHERE attrelid = c.oid AND attnum > 0
				AND attgenerated = '' ORDER BY attnum LIMIT 1)
				AS col, NULL AS call
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname IN ('pax', 'ref', 'ops')
			AND c.relkind IN ('r', 'p', 'v')
		UNION ALL
		SELECT f.proname, NULL, n.nspname || '.' || f.proname || '('
			|| pg_get_function_identity_arguments(f.oid) || ')',
			NULL, format('SELECT %I.%I(%s)', n.nspname, f.proname,
			(SELECT string_agg('NULL::' || format_type(t, NULL), ', ')
			FROM unnest(f.proargtypes) t))
		FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace
		WHERE n.nspname IN ('pax', 'ref', 'ops')
	LOOP
	FOR s IN SELECT * FROM (VALUES
		('S', format('SELECT 1 FROM %s LIMIT 0', o.sql)),
		('I', format('INSERT INTO %s DEFAULT VALUES', o.sql)),
		('U', format('UPDATE %s SET %s = NULL WHERE false', o.sql, o.col)),
		('D', format('DELETE FROM %s WHERE false', o.sql)),
		('T', format('TRUNCATE %s', o.sql)),
		('X', o.call)) AS x(letter, statement)
		WHERE statement IS NOT NULL
			AND (letter = 'X') = (o.call IS NOT NULL)
	LOOP
		may := true;
		BEGIN
			PERFORM set_config('role', r, true);
			EXECUTE s.statement;
			RAISE EXCEPTION 'undo' USING ERRCODE = 'PX000';
		EXCEPTION WHEN OTHERS THEN
			GET STACKED DIAGNOSTICS message = MESSAGE_TEXT;
			may := message NOT IN (
				'permission denied for function ' || o.name,
				'permission denied for table '
					|| split_part(o.name, '.', 2),
				'permission denied for schema '
					|| split_part(o.object, '.', 1));
		END;
		PERFORM set_config('role', 'none', true);
		IF may THEN
			INSERT INTO public.tried VALUES (o.object
				|| CASE WHEN o.sql <> o.object THEN ' ' || o.name
				ELSE '' END, substr(r, 9), s.letter);
		END IF;
	END LOOP;
	END LOOP;
	END LOOP;
END
$do$;
SELECT object || ' ' || role || ' ' || string_agg(letter, ''
	ORDER BY strpos('SIUDTX', letter))
FROM public.tried GROUP BY object, role ORDER BY 1;
DROP TABLE public.tried;
Q
"$paxgate" db access --json | jq -r 'select(.may != "") |
	"\(.object) \(.role) \(.may)"' | LC_ALL=C sort >"$dir/said"
# a partition may be used as its table
echo "SELECT n.nspname || '.' || p.relname || ' ' || n.nspname || '.' ||
	c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
	JOIN pg_class p ON p.oid = i.inhparent
	JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE p.relkind = 'p'" | sql >"$dir/parts"
[ "$(wc -l <"$dir/parts")" -ge 8 ] || {
	echo 'there are no partitions'
	failed=1
}
awk 'NR == FNR { part[$1] = part[$1] " " $2; next }
	{ print; n = split(part[$1], p, " ")
	for (i = 1; i <= n; i++) print $1, p[i], $2, $3 }' \
	"$dir/parts" "$dir/said" | LC_ALL=C sort >"$dir/want"
LC_ALL=C sort "$dir/tried" | diff - "$dir/want" || {
	echo "what can be done differs from what the catalogue says"
	failed=1
}
exit $failed
