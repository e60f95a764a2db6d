#!/bin/sh
# audit.sh - paxgate audit on a real database: a log in order is in order, each
# kind of tampering is found with its place, in the database and in a file
set -eu
paxgate=$(realpath "${PAXGATE:-build/paxgate}")
pg_sh=${PAXGATE_PG_SH:-tools/dev/pg.sh}
dir=$(mktemp -d)
trap '$pg_sh "$dir/pg" wipe >/dev/null 2>&1 || true; rm -rf "$dir"' EXIT
failed=0

# expect CODE PATTERN ARGS...: `paxgate audit ARGS`
expect()
{
	code=$1 pattern=$2
	shift 2
	rc=0
	"$paxgate" audit "$@" >"$dir/out" 2>&1 || rc=$?
	if [ "$rc" -ne "$code" ] || ! grep -Eq -e "$pattern" "$dir/out"; then
		echo "audit $*: exit $rc, not $code, or no '$pattern' in:"
		cat "$dir/out"
		failed=1
	fi
}

PAXGATE_DATABASE=$($pg_sh "$dir/pg" start)
export PAXGATE_DATABASE
sql()
{
	psql -qAt -v ON_ERROR_STOP=1 "$PAXGATE_DATABASE" -c "$1"
}

echo "keys: {engine: $dir/k/engine.key, engine_public: $dir/k/engine.pub,
 folder: $dir/k/days}" >"$dir/c.yaml"
c="-c $dir/c.yaml"
expect 2 "cannot .* '$dir/k/audit.pub'" verify $c
"$paxgate" keys create $c >/dev/null
"$paxgate" db init >/dev/null
expect 0 '^1 events in 1 chains, 0 checkpoints, nothing is signed: in order' \
	verify $c
expect 0 '^checkpoint 1$' checkpoint $c
expect 0 '^nothing came since' checkpoint $c
for i in 1 2 3 4 5 6; do
	expect 0 'in order' verify $c
done
expect 0 '^checkpoint 2$' checkpoint $c
expect 0 '^8 events' verify $c
expect 0 '"in_order":true,.*"faults":0' verify $c --json
[ "$(wc -l <"$dir/k/audit.checkpoints")" -eq 2 ] || {
	echo "checkpoints are not exported"
	failed=1
}

# for good: not even the owner changes it
for s in "UPDATE ops.audit SET hash = ''" 'DELETE FROM ops.audit' \
	'TRUNCATE ops.audit' 'DELETE FROM ops.audit_checkpoint' \
	"UPDATE ops.audit_checkpoint SET line = ''"; do
	! sql "$s" >"$dir/out" 2>&1 && grep -q 'for good' "$dir/out" || {
		echo "$s is done"
		failed=1
	}
done

# A file without a database.
expect 0 'events in' export $c --log -o "$dir/log"
expect 2 'cannot make' export $c --log -o "$dir/log"
expect 2 'name one hit' export $c
unset PAXGATE_DATABASE
offline="verify -d host=/nowhere $c $dir/x"
cp "$dir/log" "$dir/x"
expect 0 'in order' $offline
expect 0 'in order' verify --key "$dir/k/audit.pub" "$dir/x"
sed -i '$ d' "$dir/x"
expect 5 'missing: the tail is cut off' $offline
sed '$ s/"verify"/"Verify"/' "$dir/log" >"$dir/x"
sed -i '6 s/"done"/"dome"/' "$dir/x"
expect 5 '/1: event [0-9]+ was changed' $offline
sed 6d "$dir/log" >"$dir/x"
expect 5 '/1: events 2 to 2 are missing' $offline
sed -n '6{h;d}; 7{G}; p' "$dir/log" >"$dir/x"
expect 5 '/1: events 2 to 2 are missing' $offline
head -c -40 "$dir/log" >"$dir/x"
expect 5 'cut off' $offline
: >"$dir/x"
expect 5 'not a log of paxgate' $offline
expect 75 'cannot open' verify $c "$dir/none"
expect 2 'one file' verify $c "$dir/x" "$dir/x"
# verified by a stranger's key
echo "keys: {engine: $dir/o/engine.key, engine_public: $dir/o/engine.pub,
 folder: $dir/o/days}" >"$dir/o.yaml"
"$paxgate" keys create -c "$dir/o.yaml" >/dev/null
cp "$dir/log" "$dir/x"
expect 5 'a key that is not trusted' verify --key "$dir/o/audit.pub" "$dir/x"

# The database, by one who may do all: each change is put back.
PAXGATE_DATABASE=$($pg_sh "$dir/pg" start)
export PAXGATE_DATABASE
expect 0 '^0 events removed' expire $c
expect 4 'kept for five years' expire $c --before "$(date -u +%F)"
expect 2 'is no date' expire $c --before soon
tamper()
{
	pattern=$1
	sql 'CREATE TABLE IF NOT EXISTS kept AS TABLE ops.audit;
		CREATE TABLE IF NOT EXISTS kept_chain AS TABLE ops.audit_chain;
		CREATE TABLE IF NOT EXISTS kept_point AS TABLE ops.audit_checkpoint'
	sql "SET session_replication_role = replica; $2"
	expect 5 "$pattern" verify $c
	sql 'SET session_replication_role = replica;
		DELETE FROM ops.audit; DELETE FROM ops.audit_chain;
		DELETE FROM ops.audit_checkpoint;
		INSERT INTO ops.audit (chain, seq, line, hash)
		SELECT chain, seq, line, hash FROM kept;
		INSERT INTO ops.audit_chain SELECT * FROM kept_chain;
		INSERT INTO ops.audit_checkpoint SELECT * FROM kept_point'
	expect 0 'in order' verify $c
	sql 'DROP TABLE kept, kept_chain, kept_point'
}
tamper '/1: event 3 was changed' \
	"UPDATE ops.audit SET line = replace(line, 'done', 'dome') WHERE seq = 3"
tamper '/1: event 3 was changed' \
	"UPDATE ops.audit SET hash = set_byte(hash, 31, get_byte(hash, 31) # 1)
	WHERE seq = 3"
tamper '/1: events 4 to 4 are missing' 'DELETE FROM ops.audit WHERE seq = 4'
tamper '/1: event 3 was changed' "UPDATE ops.audit a SET line = b.line
	FROM ops.audit b WHERE a.seq IN (3, 4) AND b.seq = 7 - a.seq"
# (that it is verified is an event behind the end that is missing)
tamper '/1: events ([0-9]+) to \1 are missing' \
	'DELETE FROM ops.audit WHERE seq = (SELECT max(seq) FROM ops.audit)'
# ... and the chain's row with it, before the checkpoint and behind it
tamper 'event .* was signed: a tail is cut off' \
	'DELETE FROM ops.audit WHERE seq > 4;
	UPDATE ops.audit_chain SET last = 4, hash =
		(SELECT hash FROM ops.audit WHERE seq = 4)'
tamper 'event .* was signed: a tail is cut off' \
	'DELETE FROM ops.audit; DELETE FROM ops.audit_chain'
tamper 'nobody knows of this chain' \
	"UPDATE ops.audit SET chain = 'paxgate/2' WHERE seq > 4"
# ... and the checkpoints: those that were exported tell
tamper 'checkpoint 2 was exported and is gone' \
	'DELETE FROM ops.audit WHERE seq > 1;
	DELETE FROM ops.audit_checkpoint WHERE nr > 1;
	UPDATE ops.audit_chain SET last = 1, hash =
		(SELECT hash FROM ops.audit WHERE seq = 1)'
tamper 'signature is not over' "UPDATE ops.audit_checkpoint
	SET line = replace(line, '\"first\":1', '\"first\":2') WHERE nr = 2"
exit $failed
