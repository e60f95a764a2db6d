#!/bin/sh
# lists.sh - watchlists are swapped under a working engine: an urgent entry and
# its withdrawal count within a second, another snapshot is taken over, a
# damaged one is not; hits say which lists they are of, and replay the same
. tests/stream/lib.sh

sql()
{
	psql -qAt "$conninfo" -c "$1"
}

until_true() # WHAT COMMAND...
{
	tries=200 what=$1
	shift
	until "$@"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || fail "waited in vain: $what; $(cat "$dir/err")"
		sleep 0.05
	done
}

log_says()
{
	grep -q -- "$1" "$dir/err"
}

has_travellers()
{
	[ "$(sql 'SELECT count(*) FROM pax.traveller')" -ge "$1" ]
}

# lives N: other lists have become live so often
lives()
{
	[ "$(grep -c watchlist-live "$dir/err")" -ge "$1" ]
}

# A person to be found, on a list of his own.
{
	echo 'id,reference,surname,given,aliases,birth_dates,sex,nationalities,birth_place,documents,offence,valid_until'
	echo "U-1,AT/26/URGENT,RIVERTEST,PAVEL,,1990-04-17,,,,,04,$until"
} >"$dir/urgent.csv"
sed "s/^id: .*/id: urgent/; s/^file: .*/file: urgent.csv/
	s/^valid: .*/valid: {from: $from, until: $until}/" \
	etc/watchlists/demo-wanted.list.yaml >"$dir/urgent.list.yaml"

# The flights go tomorrow.
departs=$(date -u -d tomorrow +%d%m%y:1800)
arrives=$(date -u -d tomorrow +%d%m%y:2020)

# fly NUMBER: he books another flight, and the engine has read it
flights=0
fly()
{
	sed "s/X9+101/X9+$1/g; s/:X9:101/:X9:$1/g
		s/221126:1800/$departs/; s/221126:2020/$arrives/" \
		etc/profiles/tests/late-cash.edi \
		>"$dir/part"
	mv "$dir/part" "$dir/drop/$1.edi"
	flights=$((flights + 1))
	until_true "flight $1" has_travellers $flights
}

# hits: "NUMBER LIST:ID SEQUENCE" of all list hits, by flight
hits()
{
	sql "SELECT f.number || ' ' || h.source || ' ' || h.watchlist_delta
		FROM pax.hit h JOIN pax.flight f USING (clock_day, flight_id)
		WHERE kind = 1 AND h.state = 'open' ORDER BY 1" | tr '\n' ';'
}

# expect SEQUENCE NUMBER...: hits of these flights and no others, all made with
# this delta: those of before have been screened again
expect()
{
	want= sequence=$1
	shift
	for n; do
		want="$want$n urgent:U-1 $sequence;"
	done
	until_true "hits $want" hits_are "$want"
}

hits_are()
{
	[ "$(hits)" = "$1" ]
}

mkdir "$dir/drop"
settings 2
sed -i 's/level: warning/level: info/' "$dir/run.yaml"
fresh
: >"$dir/err"
"$paxgate" run -c "$dir/run.yaml" --feed "$dir/drop" >"$dir/out" 2>"$dir/err" &
engine=$!
until_true 'the engine starts' log_says 'watchlist-live.*delta=0'
later="$departs $arrives"
departs=$(date -u -d '-6 hours' +%d%m%y:%H%M)
arrives=$(date -u -d '-4 hours' +%d%m%y:%H%M)
fly 200 # is over: never screened again
departs=${later% *} arrives=${later#* }
fly 201
expect 0

# added: counts within a second
"$paxgate" watchlist add -c "$dir/run.yaml" -w "$dir/list.snap" \
	"$dir/urgent.list.yaml" >"$dir/add"
grep -q 'sequence 1, 1 added' "$dir/add" || fail 'add does not say its sequence'
added=$(date +%s%N)
until_true 'the delta' log_says 'watchlist-live.*delta=1.*added=1'
took=$((($(date +%s%N) - added) / 1000000))
[ $took -lt 1000 ] || fail "an urgent entry is live after $took ms"
expect 1 201
fly 202
expect 1 201 202

# a snapshot that has it, too: taken over, and the delta's still counts
"$paxgate" watchlist build -c "$dir/run.yaml" -o "$dir/next.snap" \
	"$dir/urgent.list.yaml" \
	etc/watchlists/demo-wanted.list.yaml >"$dir/build"
mv "$dir/next.snap" "$dir/list.snap"
until_true 'the snapshot' log_says 'watchlist-live.*delta=1.*entries=232'
fly 203
expect 1 201 202 203
"$paxgate" watchlist settle "$dir/list.snap" >"$dir/add"
until_true 'settled' log_says 'watchlist-live.*delta=2.*added=0'
fly 204
expect 2 201 202 203 204

# withdrawn: counts no more
"$paxgate" watchlist withdraw -c "$dir/run.yaml" -w "$dir/list.snap" \
	urgent:U-1 >"$dir/add"
until_true 'withdrawn' log_says 'watchlist-live.*delta=3.*withdrawn=1'
fly 205
expect 3

# damaged and half-written files: said once, the lists stay as they are
head -c 1000 "$dir/list.snap" >"$dir/half"
cp "$dir/list.snap" "$dir/whole"
mv "$dir/half" "$dir/list.snap"
until_true 'a refusal' log_says 'watchlist-refused.*cut short'
sleep 0.6
[ "$(grep -c watchlist-refused "$dir/err")" -eq 1 ] ||
	fail 'a damaged snapshot is told of more than once'
mv "$dir/whole" "$dir/list.snap"
printf half >"$dir/list.snap.delta.part"
mv "$dir/list.snap.delta.part" "$dir/list.snap.delta"
until_true 'a refusal' log_says 'watchlist-refused.*delta is damaged'
rm "$dir/list.snap.delta"
until_true 'no delta' log_says 'watchlist-live.*delta=0.*entries=232'
fly 207
expect 0 201 202 203 204 205 207

# a false match is learnt once: the other hits of the two go, and the next do
# not come, until the entry says something else
hit=$("$paxgate" hits list -c "$dir/run.yaml" --json -n 1000 | jq -r \
	'select(.source == "urgent:U-1" and .flight.number == "207") | .hit')
"$paxgate" hits suppress -c "$dir/run.yaml" --reason other-person "$hit" \
	>"$dir/learnt" 2>"$dir/record"
grep -qx '6 hits suppressed' "$dir/learnt" || fail "$(cat "$dir/learnt")"
grep -q "false-match hit=$hit .*reason=other-person" "$dir/record" ||
	fail "not on record: $(cat "$dir/record")"

# on_record STATE DELTA ENTRIES LIST: so many events of the audit log say it
on_record()
{
	sql "SELECT count(*) FROM ops.audit WHERE operation = 'LIST_CHANGE'
		AND line::jsonb @> '{\"list_state\": \"$1\", \"results\": $3}'
		AND coalesce(line::jsonb ->> 'delta', '0') = '$2'
		AND line::jsonb -> 'records' ? '$4'"
}
[ "$(on_record live 0 231 demo-wanted)" -ge 1 ] &&
	[ "$(on_record added 1 1 urgent:U-1)" -eq 1 ] &&
	[ "$(on_record live 1 232 demo-wanted)" -ge 1 ] &&
	[ "$(on_record built 0 232 urgent)" -eq 1 ] &&
	[ "$(on_record withdrawn 3 1 urgent:U-1)" -eq 1 ] &&
	[ "$(on_record live 3 231 urgent)" -ge 1 ] ||
	fail "audit: $(sql "SELECT line FROM ops.audit
		WHERE operation = 'LIST_CHANGE'")"
[ "$(sql "SELECT count(*) FROM ops.audit WHERE operation = 'REVIEW' AND
	line::jsonb @> '{\"hit\": \"$hit\", \"results\": 6,
		\"review_outcome\": \"suppressed\"}'")" -eq 1 ] ||
	fail 'the false match is not in the audit log'
# without a log that can be written nothing changes
cp "$dir/list.snap" "$dir/before"
! "$paxgate" watchlist build -d 'host=/nowhere' -o "$dir/list.snap" \
	"$dir/urgent.list.yaml" >"$dir/build" 2>&1 &&
	cmp -s "$dir/list.snap" "$dir/before" ||
	fail 'a snapshot is built that is not on record'
fly 208
listed() # OPTIONS: flights of its hits
{
	"$paxgate" hits list -c "$dir/run.yaml" --json -n 1000 "$@" |
		jq -r 'select(.source == "urgent:U-1") | .flight.number' |
		sort | tr '\n' ' '
}
[ "$(listed)" = '' ] || fail "open: $(listed)"
[ "$(listed --suppressed)" = '201 202 203 204 205 207 208 ' ] ||
	fail "suppressed: $(listed --suppressed)"
"$paxgate" hits list -c "$dir/run.yaml" --suppressed | grep -q '  suppressed$' ||
	fail 'hits list --suppressed does not say so'
"$paxgate" hits show -c "$dir/run.yaml" --purpose detection --offence 04 "$hit" \
	>"$dir/shown" 2>>"$dir/record" || fail "$(tail -n 2 "$dir/record")"
grep -q "learnt on hit $hit: other-person, by " "$dir/shown" ||
	fail "$(head -n 6 "$dir/shown")"
sed -i 's/1990-04-17/1990-04-17;1991/' "$dir/urgent.csv"
before=$(grep -c watchlist-live "$dir/err")
"$paxgate" watchlist build -o "$dir/list.snap" "$dir/urgent.list.yaml" \
	etc/watchlists/demo-wanted.list.yaml >"$dir/build"
until_true 'the changed entry' lives $((before + 1))
fly 209
all_listed()
{
	[ "$(listed)" = '201 202 203 204 205 207 208 209 ' ]
}
until_true 'a changed entry' all_listed
kill -TERM $engine
wait $engine || fail "the engine ends with $?; $(cat "$dir/err")"

# each hit is what its own lists gave, and without them what its record gives
"$paxgate" replay -c "$dir/run.yaml" --from 2020-01-01 >"$dir/replayed" ||
	fail "replay: $(cat "$dir/replayed")"
grep -q ', 0 differ' "$dir/replayed" ||
	fail "replay says: $(tail -n 1 "$dir/replayed")"
"$paxgate" watchlist withdraw -w "$dir/list.snap" urgent:U-1 >"$dir/add"
"$paxgate" replay -c "$dir/run.yaml" --from 2020-01-01 >"$dir/replayed" ||
	fail "replay: $(cat "$dir/replayed")"
grep -q ', 0 differ, 8 on the recorded entry' "$dir/replayed" ||
	fail "replay says: $(tail -n 1 "$dir/replayed")"
