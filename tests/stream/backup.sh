#!/bin/sh
# backup.sh - a backup comes back whole; one of before masking, with all keys
# there are after it, yields nobody who was not retained; no engine starts on
# what came back before it was masked and erased again
. tests/stream/lib.sh
kept=${BUILD:-build}/tests/kept
trap 'tools/dev/pg.sh "$dir/pg2" wipe >/dev/null 2>&1; end' EXIT

# expect CODE PATTERN COMMAND ARGS...
expect()
{
	code=$1 pattern=$2
	shift 2
	rc=0
	"$paxgate" "$@" -c "$dir/run.yaml" >"$dir/out" 2>&1 || rc=$?
	[ "$rc" -eq "$code" ] && { [ ! "$pattern" ] ||
		grep -Eq -e "$pattern" "$dir/out"; } ||
		fail "$*: exit $rc, not $code, or no '$pattern': $(cat "$dir/out")"
}

sql()
{
	psql -qAtX "$conninfo" -c "$1"
}

# A new database $1, to which everything goes from here on.
use()
{
	psql -q "$server" -c "CREATE DATABASE $1" >/dev/null
	conninfo=$(echo "$server" | sed "s/dbname=[^ ]*/dbname=$1/")
	settings 1
}

"$paxgate" gen --out "$dir/day" --seed 5 --flights 2 >/dev/null
settings 1
fresh
server=$conninfo
"$paxgate" keys create -c "$dir/run.yaml" --custodian court \
	--key "$dir/court.key" >/dev/null
"$paxgate" run -c "$dir/run.yaml" --feed "$dir/day" --drain >/dev/null
day=$(sql 'SELECT min(clock_day) FROM pax.flight')
[ "$day" = "$(sql 'SELECT max(clock_day) FROM pax.flight')" ] || exit 77
masked=$(sql "SELECT min(mask_on) FROM pax.flight")
sql 'CREATE ROLE ana LOGIN IN ROLE paxgate_reviewer'
for hit in $(sql "SELECT DISTINCT ON (traveller_id) to_char(clock_day,
	'YYYYMMDD') || '-' || to_hex(hit_id) FROM pax.hit WHERE state = 'open'
	ORDER BY traveller_id LIMIT 3"); do
	expect 0 '' retention link add -k request -r drugs-case --purpose \
		investigation --offence 04 --case 26-114 "$hit"
done
expect 0 corrected subject correct --purpose oversight --case DPO-26-6 \
	--reason 'passport seen at the desk' --field traveller.sex --is X \
	"$(sql "SELECT to_char(clock_day, 'YYYYMMDD-') || lpad(to_hex(
	traveller_id), 16, '0') FROM ops.objective_link LIMIT 1")"
db_rows >"$dir/whole"
people=$(grep -c ^traveller "$dir/whole")

# a backup, for its owner alone, not beside the keys, on record in itself
expect 4 'in the key folder' db backup "$dir/keys/days/x.dump"
expect 0 '"active_days":' db backup "$dir/one.dump"
[ "$(stat -c %a "$dir/one.dump" "$dir/one.dump.manifest" | tr '\n' ' ')" = \
	'600 600 ' ] || fail 'others may read it'
expect 2 'there already' db backup "$dir/one.dump"
ls "$dir/keys/days" | grep -q '\.key$' || fail 'no keys'
for f in "$dir"/keys/days/*.key "$dir"/keys/engine.key; do
	! grep -qFf "$f" "$dir/one.dump" || fail "$f is in the backup"
done
expect 2 'into an empty one' db restore "$dir/one.dump"
cp "$dir/one.dump" "$dir/two.dump"
cp "$dir/one.dump.manifest" "$dir/two.dump.manifest"
printf x >>"$dir/two.dump"
use other
expect 5 'not what its manifest says' db restore "$dir/two.dump"
[ "$(sql "SELECT count(*) FROM pg_namespace WHERE nspname = 'pax'")" -eq 0 ] ||
	fail 'a damaged backup was brought in'

# it comes back as it was, and the engine goes on
cp -a "$dir/keys" "$dir/keys.before"
expect 0 'restored: the engine may start' db restore "$dir/one.dump"
grep -q 'goes on: topic' "$dir/out" || fail 'no offsets'
db_rows | cmp -s - "$dir/whole" || fail 'not the same rows'
expect 0 '' db status
! grep -q pending "$dir/out" || fail 'the schema is not up to date'
"$paxgate" audit verify -c "$dir/run.yaml" >/dev/null 2>&1 || fail 'audit log'
expect 0 '' run --feed "$dir/day" --drain

# masked, in the database that went on
conninfo=$server
settings 1
expect 0 "^$day  mask    3 kept" retention run --today "$masked"
expect 0 '"masked_records":3' db backup "$dir/after.dump"

# the backup of before with all keys there are now: nobody opens
use old
rc=0
(PAXGATE_FAULT=restored:1:kill exec "$paxgate" db restore -c "$dir/run.yaml" \
	"$dir/one.dump" >/dev/null 2>&1) 2>/dev/null || rc=$?
[ $rc -eq 137 ] || fail "not killed: $rc"
"$kept" try "$conninfo" "$dir/keys/days" "$dir/court.key" court >"$dir/out"
grep -Eq '^[1-9][0-9]+ values, 0 open$' "$dir/out" || fail "$(cat "$dir/out")"
[ "$(sql 'SELECT count(*) FROM pax.traveller')" -eq "$people" ] ||
	fail 'the data did not come back'
# and no engine starts on it
expect 4 'came out of the backup' run --feed "$dir/day" --drain
expect 0 "^$day  masked since: $people travellers dropped" \
	db restore --finish --today "$masked"
[ "$(sql 'SELECT count(*) FROM pax.traveller')" -eq 0 ] || fail 'some are left'
expect 0 ': 0 findings' retention prove --today "$masked"
expect 0 '' run --feed "$dir/day" --drain
[ "$(sql "SELECT count(*) > 0 AND bool_and(code = 'masked-day')
	FROM ops.quarantine")" = t ] || fail 'a masked day takes messages'

# one of after it has the three, until their keys go
use new
expect 0 'restored' db restore --today "$masked" "$dir/after.dump"
[ "$("$kept" open "$conninfo" "$dir/keys/days" "$dir/court.key" court |
	grep -c '"surname"')" -eq 3 ] || fail 'not the three who are retained'
# the officer finds and gives them with a custodian's key alone; what was
# corrected is with it; what is restricted says so
act() # CODE PATTERN VERB ARGUMENTS...
{
	code=$1 pattern=$2 verb=$3
	shift 3
	expect "$code" "$pattern" subject "$verb" --purpose oversight \
		--case DPO-26-7 --reason 'the link was a mistake' "$@"
}
key="--custodian court --key $dir/court.key"
"$kept" open "$conninfo" "$dir/keys/days" "$dir/court.key" court >"$dir/kept"
grep '"corrections":\[{' "$dir/kept" >"$dir/him" || fail 'no correction is kept'
him() { sed 's/^[^{]*//' "$dir/him" | jq -r ".traveller.$1"; }
record=$(echo "$day" | tr -d -)-$(cut -d ' ' -f 1 "$dir/him")
act 0 "^$record .* masked  [1-9].*, corrected" find $key \
	--surname "$(him surname)" --given "$(him given)" --born "$(him birth_date)"
act 0 '^3 masked records were not looked into' find \
	--surname "$(him surname)" --given "$(him given)" --born "$(him birth_date)"
! grep -q "$record" "$dir/out" || fail 'found without a key'
act 4 'masked; it opens with a custodian' export "$record"
act 0 '"is": *"X"' export $key "$record"
act 0 '^restricted' restrict "$record"
act 0 ', restricted' find $key --surname "$(him surname)" \
	--given "$(him given)" --born "$(him birth_date)"
act 4 'masked can be restricted and erased only' correct \
	--field traveller.sex --is F "$record"
record=$(sql "SELECT to_char(clock_day, 'YYYYMMDD-') || lpad(to_hex(record_id),
	16, '0') FROM pax.masked_record ORDER BY record_id LIMIT 1")
act 0 "key is destroyed" erase "$record"
act 2 'no such record' erase "$record"
# on another host, where no role of ours is
conninfo=$(tools/dev/pg.sh "$dir/pg2" start)
settings 1
expect 0 "^$day  erased since: 1 masked records" db restore --today "$masked" \
	"$dir/after.dump"
[ "$("$kept" open "$conninfo" "$dir/keys/days" "$dir/court.key" court |
	grep -c '"surname"')" -eq 2 ] || fail 'not the two who are left'

"$paxgate" db access -c "$dir/run.yaml" | diff - tests/cli/access.txt ||
	fail 'grants did not come back'
tools/dev/pg.sh "$dir/pg2" wipe >/dev/null

# with another key folder nothing is settled
rm -rf "$dir/keys"
use wrong
"$paxgate" keys create -c "$dir/run.yaml" >/dev/null
expect 5 'is it the one of this database' db restore "$dir/one.dump"
expect 4 'came out of the backup' run --feed "$dir/day" --drain
