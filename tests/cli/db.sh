#!/bin/sh
# db.sh - paxgate db and hits list: the schema comes, goes up, is refused
set -eu
paxgate=${PAXGATE:-build/paxgate}
pg_sh=${PAXGATE_PG_SH:-tools/dev/pg.sh}
dir=$(mktemp -d)
trap '$pg_sh "$dir/pg" wipe >/dev/null 2>&1 || true; rm -rf "$dir"' EXIT
failed=0

# expect CODE PATTERN COMMAND...: exit code, and output that matches
expect() {
	code=$1 pattern=$2
	shift 2
	rc=0
	"$@" >"$dir/out" 2>&1 || rc=$?
	if [ "$rc" -ne "$code" ] || ! grep -Eq "$pattern" "$dir/out"; then
		echo "$*: exit $rc, not $code, or no '$pattern' in:"
		cat "$dir/out"
		failed=1
	fi
}

unset PAXGATE_DATABASE
expect 2 'not well formed' "$paxgate" db status --database 'a b'
expect 75 "no database at '/nowhere'" "$paxgate" db status -d host=/nowhere
expect 75 'no server listens' "$paxgate" hits list -d host=/nowhere
expect 2 "nothing to be done with 'x'" "$paxgate" db init x
expect 0 'usage: paxgate db' "$paxgate" db --help

PAXGATE_DATABASE=$($pg_sh "$dir/pg" start)
export PAXGATE_DATABASE
expect 0 'schema +none' "$paxgate" db status
expect 5 'paxgate db init' "$paxgate" db migrate
expect 5 'paxgate db init' "$paxgate" hits list
expect 0 '[1-9][0-9]* steps? applied' "$paxgate" db init
expect 0 '^schema is there, 0 steps applied' "$paxgate" db init
expect 0 '^0 steps applied' "$paxgate" db migrate
expect 0 'days +2 with partitions' "$paxgate" db status
expect 0 '"days":2,' "$paxgate" db status --json
expect 0 '^HIT ' "$paxgate" hits list
expect 2 'is no flight' "$paxgate" hits list --flight X9417
expect 2 'is no flight' "$paxgate" hits list --flight X9-417-2026-13-01
expect 2 'is no date' "$paxgate" hits list --since yesterday
expect 2 'is no state' "$paxgate" hits list --state shut
expect 2 'is 1 to' "$paxgate" hits list --limit 0
expect 4 'purpose' "$paxgate" hits show 20261122-1
expect 2 'is no hit' "$paxgate" hits show --purpose detection --offence 04 1234
expect 2 "no hit '20261122-0000000000000001'" \
	"$paxgate" hits show --purpose detection --offence 04 20261122-1

# What changes rows of travellers of a batch looks each of them up in the primary
# key, also in a partition of which the server knows nothing yet: with the
# settings of a worker's connection (db/pg.c). All rows of a day for each batch
# is what it would do otherwise.
day=$(psql -qAtX "$PAXGATE_DATABASE" -c "SELECT substr(relname, 5)
	FROM pg_class WHERE relname ~ '^hit_[0-9]{8}$' LIMIT 1")
for sql in withdraw unshadow removed; do
	{
		sed -n 's/^.*"SET \(.*\);".*/SET \1;/p' db/pg.c | grep -E \
			'enable_|plan_cache'
		echo 'PREPARE one AS'
		sed "s/:day/$day/" db/sql/store_$sql.sql
		echo ";EXPLAIN EXECUTE one('2026-11-28', '{1}', '{1}'"
		[ $sql != withdraw ] || echo ", NULL"
		echo ');'
	} | psql -qAtX -v ON_ERROR_STOP=1 "$PAXGATE_DATABASE" >"$dir/plan" 2>&1
	grep -q 'Index Cond: .*clock_day.*flight_id.*traveller_id' "$dir/plan" || {
		echo "store_$sql.sql: $(cat "$dir/plan")"
		failed=1
	}
done
$pg_sh "$dir/pg" stop
expect 75 'no server listens' "$paxgate" db migrate
exit $failed
