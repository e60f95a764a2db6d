#!/bin/sh
# retention.sh - a day is masked at six months and deleted at five years: what a
# link holds is kept for the custodians, nothing else is left, killed anywhere
# or not; a copy made before opens no more
. tests/stream/lib.sh
kept=${BUILD:-build}/tests/kept

# expect CODE PATTERN ARGS...: `paxgate retention ARGS`
expect()
{
	code=$1 pattern=$2
	shift 2
	rc=0
	"$paxgate" retention "$@" -c "$dir/run.yaml" >"$dir/out" 2>&1 || rc=$?
	[ "$rc" -eq "$code" ] && { [ ! "$pattern" ] ||
		grep -Eq -e "$pattern" "$dir/out"; } || {
		cat "$dir/out"
		fail "retention $*: exit $rc, not $code, or no '$pattern'"
	}
}

sql()
{
	psql -qAtX "$conninfo" -c "$1"
}

# The database as another role.
as()
{
	echo "$conninfo" | sed "s/user=[^ ]*//; s/\$/ user=$1/"
}

# To the database $1, with the keys of before.
use()
{
	conninfo=$(echo "$server" | sed "s/dbname=[^ ]*/dbname=$1/")
	settings 1
	rm -rf "$dir/keys"
	cp -a "$dir/keys.before" "$dir/keys"
}

# What is left of it all, opened by the custodian.
left()
{
	"$kept" open "$conninfo" "$dir/keys/days" "$dir/court.key" court
	sql 'SELECT clock_day, state, travellers, slices, hits, kept, id_hash,
		key_print FROM ops.retention_day'
	sql "SELECT link_id, record_id, traveller_id FROM ops.objective_link
		ORDER BY 1"
	sql "SELECT relname FROM pg_class WHERE relnamespace = 'pax'::regnamespace
		AND relkind IN ('r', 'p') ORDER BY 1"
	ls "$dir/keys/days"
}

"$paxgate" gen --out "$dir/day" --seed 5 --flights 4 >/dev/null
settings 1
fresh
server=$conninfo
"$paxgate" keys create -c "$dir/run.yaml" --custodian court \
	--key "$dir/court.key" >/dev/null
"$paxgate" run -c "$dir/run.yaml" --feed "$dir/day" --drain >/dev/null
messages=$(sql 'SELECT sum(next_offset) FROM ops.kafka_offset')
day=$(sql 'SELECT min(clock_day) FROM pax.flight')
[ "$day" = "$(sql 'SELECT max(clock_day) FROM pax.flight')" ] || exit 77
at() { date -u -d "$day $*" +%F; }
masked=$(sql "SELECT min(mask_on) FROM pax.flight")
[ "$masked" = "$(sql "SELECT ('$day'::date + interval '6 months')::date")" ]
gone=$(sql "SELECT min(delete_on) FROM pax.flight")
people=$(sql 'SELECT count(*) FROM pax.traveller')
all_hits=$(sql 'SELECT count(*) FROM pax.hit')

# what falls due
expect 0 "^$day  $masked  mask  +0 +$people  ahead\$" due --ahead 200d
expect 0 'STATE$' due --ahead 100d
! grep -q "$day" "$dir/out" || fail "due in 100 days"
expect 1 'overdue$' due --today "$gone" --exit-code
expect 0 '"what":"mask"' due --json --today "$masked" --exit-code

sql 'CREATE ROLE ana LOGIN IN ROLE paxgate_reviewer;
	CREATE ROLE eng LOGIN IN ROLE paxgate_engine'
# links: a closed list, a purpose, a file, a day of review
why='--purpose investigation --offence 04 --case 26-114'
hits=$(sql "SELECT DISTINCT ON (traveller_id) to_char(clock_day, 'YYYYMMDD')
	|| '-' || to_hex(hit_id) FROM pax.hit WHERE state = 'open'
	ORDER BY traveller_id LIMIT 4")
first=$(echo "$hits" | sed -n 1p)
expect 4 'for a purpose' link add -k court-order -r drugs-case "$first"
expect 4 'closed list' link add -k hunch -r drugs-case $why "$first"
expect 2 'takes a word' link add -k request -r 'John Doe' $why "$first"
expect 4 'within 12 months' link add -k request -r drugs-case $why \
	--review-on "$(at '+13 months')" "$first"
[ "$(psql -qAtX "$(as ana)" -c "SELECT pax.review_take('$day', hit_id, 4711)
	FROM pax.hit WHERE to_hex(hit_id) = '${first#*-}'")" = "" ] ||
	fail "ana cannot take a hit"
expect 2 'called confirmed' link add -k confirmed-hit -r x $why "$first"
expect 2 'no such record' link add -k request -r drugs-case $why \
	"${first%%-*}-1"
# by a reviewer, in his name; the engine may not
expect 4 "'eng' may not record" link add -k request -r x $why -d "$(as eng)" \
	"$first"
for hit in $hits; do
	expect 0 'to be reviewed' link add -k request -r drugs-case $why \
		-d "$(as ana)" "$hit"
done
last=$(sed 's/,.*//' "$dir/out")
expect 0 "^$last  $day  .*active .* ana\$" link list
expect 0 '' link end $why "$last"
expect 2 'no link of this id' link end $why "$last"
[ "$("$paxgate" retention link list --json -c "$dir/run.yaml" |
	wc -l)" -eq 3 ] || fail "not 3 links hold"
expect 0 "mask  +3 +$((people - 3))  ahead" due --ahead 200d

# a copy of before: it has names in tokens, and opens
cp -a "$dir/keys" "$dir/keys.before"
psql -q "$server" -c 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity
	WHERE pid <> pg_backend_pid() AND datname IS NOT NULL' >/dev/null
name=$(echo "$server" | sed 's/.*dbname=\([^ ]*\).*/\1/')
admin=$(echo "$server" | sed 's/dbname=[^ ]*/dbname=template1/')
copy()
{
	psql -q "$admin" -c "CREATE DATABASE $1 TEMPLATE \"$name\""
}
copy before
before=$(echo "$server" | sed "s/dbname=[^ ]*/dbname=before/")
sql 'SELECT DISTINCT unnest(tokens) FROM pax.traveller' >"$dir/tokens"
pg_dump -n pax -a "$server" >"$dir/dump"
grep -qwFf "$dir/tokens" "$dir/dump" || fail "no token in the dump of before"
"$kept" try "$before" "$dir/keys/days" "$dir/court.key" court >"$dir/out"
grep -Eq '^([0-9]+) values, \1 open$' "$dir/out" || fail "$(cat "$dir/out")"

# results of assessments go when they have served, but for whom a link holds;
# figures stay
copy served
use served
figures() { "$paxgate" stats --year "${day%%-*}" --json -c "$dir/run.yaml"; }
figures >"$dir/figures"
grep -q '"hit.found"' "$dir/figures" || fail "no figures"
expect 0 '' run --today "$(at '+29 days')"
[ ! -s "$dir/out" ] || fail "gone too early: $(cat "$dir/out")"
expect 0 "^$day  results  0 kept, [1-9][0-9]* deleted" run \
	--today "$(at '+40 days')"
[ "$(sql "SELECT count(*) FROM pax.hit h WHERE NOT EXISTS (SELECT FROM
	ops.objective_link l WHERE l.traveller_id = h.traveller_id
	AND l.ended_on IS NULL)")" -eq 0 ] || fail "results are left"
[ "$(sql 'SELECT count(*) FROM pax.hit')" -ge 3 ] || fail "too many went"
[ "$(sql "SELECT count(*) FROM pax.evidence e WHERE NOT EXISTS (SELECT
	FROM pax.hit h WHERE h.hit_id = e.hit_id)")" -eq 0 ] ||
	fail "evidence without a hit"
figures | cmp -s - "$dir/figures" || fail "figures changed: $(figures |
	diff "$dir/figures" - | head -4)"
expect 0 "^$day  mask    3 kept" run --today "$masked"
figures | cmp -s - "$dir/figures" || fail "figures of the closed day: $(figures |
	diff "$dir/figures" - | head -4)"

# who has no right to what is masked sees what falls due as well
expect 0 "^$day .*delete" due --ahead 2000d -d "$(as ana)"

# not a day early; then undisturbed
copy early
use early
expect 0 '' run --today "$(date -u -d "$masked -1 day" +%F)"
[ "$(sql 'SELECT count(*) FROM pax.traveller')" -eq "$people" ] ||
	fail "masked a day early"
copy calm
use calm
expect 5 'masking is overdue' prove --today "$(date -u -d "$masked +1 day" +%F)"
expect 0 "^$day  mask    3 kept, $((people - 3)) deleted" run --today "$masked"
expect 0 ' days are done, 3 records are kept masked: 0 findings' \
	prove --today "$masked"
left >"$dir/whole"
[ "$(grep -c '"surname"' "$dir/whole")" -eq 3 ] || fail "3 are not opened"
[ "$(grep -c '"reviews":\[{"state":"in_review","reviewer":"ana"' \
	"$dir/whole")" -eq 1 ] || fail "the review is not kept"
[ "$(sql 'SELECT count(*) FROM pax.traveller')" -eq 0 ] || fail "some are left"
! ls "$dir/keys/days" | grep -Eq '\.(key|box|new)$' || fail "keys are left"
expect 0 '' run --today "$masked"
left | cmp -s - "$dir/whole" || fail "done again it is not the same"
"$paxgate" audit verify -c "$dir/run.yaml" >/dev/null 2>&1 || fail "audit log"
[ "$(sql "SELECT line::jsonb ->> 'kept' FROM ops.audit
	WHERE operation = 'MASK'")" = 3 ] || fail "no certificate"

# before it is masked its hits are worked out again: equal or not, in time or not
certificate()
{
	sql "SELECT string_agg(line::jsonb ->> f, ' ' ORDER BY n) FROM ops.audit,
		unnest(ARRAY['replay', 'replayed', 'differing', 'unreplayed'])
		WITH ORDINALITY AS x(f, n) WHERE operation = 'MASK'"
}
[ "$(certificate)" = "equal $all_hits 0 0" ] ||
	fail "replay in the certificate: $(certificate)"

# no name by SQL, in a dump, in the server's files
pg_dump -n pax -a "$conninfo" >"$dir/dump"
! grep -qwFf "$dir/tokens" "$dir/dump" || fail "a token is left"
sed -n 's/.*"surname":"\([^"]*\)".*/\1/p' "$dir/whole" >"$dir/names"
[ -s "$dir/names" ] || fail "no names"
! grep -qFf "$dir/names" "$dir/dump" || fail "a name is in the dump"
sql CHECKPOINT
! grep -rqaFf "$dir/names" "$dir/pg" || fail "a name is in the server's files"
# the copy of before, with all keys there are now
"$kept" try "$before" "$dir/keys/days" "$dir/court.key" court >"$dir/out"
grep -Eq '^[1-9][0-9]+ values, 0 open$' "$dir/out" || fail "$(cat "$dir/out")"

# a message that comes later is refused
"$paxgate" run -c "$dir/run.yaml" --feed "$dir/day" --drain >/dev/null
[ "$(sql "SELECT count(*) FROM ops.quarantine WHERE code = 'masked-day'")" \
	-eq "$messages" ] || fail "a masked day takes messages"
expect 0 ': 0 findings' prove --today "$masked"

# killed anywhere, and called again
for site in closed keys kept marked destroyed dropped; do
	copy "k_$site"
	use "k_$site"
	rc=0
	(PAXGATE_FAULT=$site:1:kill exec "$paxgate" retention run -c "$dir/run.yaml" \
		--today "$masked" >/dev/null 2>&1) 2>/dev/null || rc=$?
	[ $rc -eq 137 ] || fail "not killed at $site: $rc"
	expect 0 '' run --today "$masked"
	left | cmp -s - "$dir/whole" || {
		left | diff "$dir/whole" - | cut -c 1-200
		fail "killed at $site: not the same"
	}
	expect 0 ': 0 findings' prove --today "$masked"
done

# a hit that somebody changed; settings that cannot replay: masked all the same
copy changed
use changed
sql "SELECT to_hex(hit_id) FROM pax.hit WHERE kind = 0 ORDER BY hit_id LIMIT 1" |
	while read -r id; do
		"${BUILD:-build}/tests/tamper" "$conninfo" "$dir/keys/engine.key" \
			"$dir/keys/days" evidence "$(echo "$day" | tr -d -)" \
			"$id" profile prof1le
	done
expect 0 "1 differ, 0 not reached" run --today "$masked"
[ "$(certificate)" = "differs $((all_hits - 1)) 1 0" ] ||
	fail "a changed hit in the certificate: $(certificate)"
copy hasty
use hasty
sed -i 's|profiles: [^,]*|profiles: /nowhere|' "$dir/run.yaml"
expect 0 '3 kept' run --today "$masked"
[ "$(certificate)" = not-done ] || fail "not replayed, but: $(certificate)"

# without a custodian nothing is begun: nobody could open what is kept
copy last
use last
mv "$dir/keys/custodians.yaml" "$dir/nobody"
expect 2 'nobody is a custodian' run --today "$masked"
[ "$(sql 'SELECT count(*) FROM pax.traveller')" -eq "$people" ] ||
	fail "begun without a custodian"
mv "$dir/nobody" "$dir/keys/custodians.yaml"

# a link that is not renewed: the record goes; at five years all of them
expect 75 'lacks a permission' run --today "$masked" -d "$(as ana)"
expect 0 '3 kept' run --today "$masked" -d "$(as eng)" # not the owner
some=$(sql "SELECT to_hex(link_id) FROM ops.objective_link ORDER BY 1 LIMIT 1")
some=$(printf '%16s' "$some" | tr ' ' 0)
expect 0 '' link review $why --today "$(at '+11 months')" "$some"
expect 0 "lapsed.* +0 +2  today" due --today "$(at '+15 months')"
rc=0
PAXGATE_FAULT=unkeyed:1:kill "$paxgate" retention run \
	--today "$(at '+15 months')" -c "$dir/run.yaml" >/dev/null || rc=$?
[ $rc -eq 137 ] || fail "not killed: $rc"
expect 5 'records are kept without a key' prove --today "$(at '+15 months')"
expect 0 "^$day  lapsed  1 kept, 2 deleted" run --today "$(at '+15 months')"
expect 0 '1 records are kept masked: 0 findings' prove \
	--today "$(at '+15 months')"
for m in 22 33 44 55; do
	expect 0 '' link review $why --today "$(at "+$m months")" "$some"
done
expect 0 "^$day  delete  0 kept, 1 deleted" run --today "$gone"
expect 0 '0 records are kept masked: 0 findings' prove --today "$gone"
[ "$(sql 'SELECT (SELECT count(*) FROM pax.masked_record)
	+ (SELECT count(*) FROM ops.objective_link)
	+ (SELECT count(*) FROM ops.flight_clock)')" -eq 0 ] || fail "rows left"
! ls "$dir/keys/days" | grep -v '\.masked$' || fail "keys left"
