#!/bin/sh
# screen.sh - paxgate screen: hits, exit codes, and files and settings as bad
# as they come; what can be read of a call is used
set -eu
paxgate=${PAXGATE:-build/paxgate}
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
bad=0

# expect CODE PATTERN ARGS...: paxgate screen ends so and says so on stderr
expect()
{
	code=$1 pattern=$2
	shift 2
	rc=0
	timeout 60 "$paxgate" screen "$@" >"$t/out" 2>"$t/err" || rc=$?
	if [ "$rc" -ne "$code" ] || ! grep -Eq -e "$pattern" "$t/err"; then
		echo "screen $*: exit $rc, not $code, or no '$pattern' in:"
		head -n 5 "$t/err"
		bad=1
	fi
}

# holds LINES: so many lines on standard output
holds()
{
	[ "$(wc -l <"$t/out")" -eq "$1" ] || {
		echo "$(wc -l <"$t/out") lines, not $1, of: $2"
		bad=1
	}
}

"$paxgate" gen --out "$t/day" --date 2026-11-23 --seed 3 --flights 4 \
	>/dev/null
good=$(ls "$t"/day/*BRU-5-pnrgov-closure.edi | head -n 1)
snap=$t/list.snap
"$paxgate" watchlist build -o "$snap" etc/watchlists/demo-wanted.list.yaml \
	>/dev/null

# hits, as JSON and as a table
expect 0 ' 0 unreadable, [1-9][0-9]* hits$' -w "$snap" "$good"
hits=$(wc -l <"$t/out")
[ "$hits" -gt 0 ] || { echo "no hits"; bad=1; }
jq -es 'all(.[]; (.hit | test("^[0-9a-f]{16}$")) and
	(.kind == "list" or .kind == "profile") and
	(.score | type) == "number" and .evidence.semantics == 5 and
	(.evidence_hash | test("^[0-9a-f]{64}$")))' "$t/out" >/dev/null || {
	echo "hits lack what they need"
	bad=1
}
cp "$t/out" "$t/good"
expect 0 hits -w "$snap" --table "$good"
holds "$hits" 'the table'
expect 0 hits -w "$snap" - <"$good"
cmp "$t/out" "$t/good" || bad=1
expect 1 hits -w "$snap" --exit-code "$good"
expect 0 ' 0 hits$' -p '' --exit-code "$good"
expect 0 '^4 messages, .* 0 hits' -p '' "$t"/day/*-3-crew.edi
rc=0
"$paxgate" screen -w "$snap" "$good" >/dev/full 2>"$t/err" || rc=$?
if [ $rc -ne 75 ] || ! grep -q 'cannot write' "$t/err"; then
	echo "a full disk: exit $rc"
	bad=1
fi

# files that nobody can read, beside one that can be read
: >"$t/empty"
head -c 5000 /dev/urandom | tr -d U >"$t/binary"
head -c 40 "$good" >"$t/cut"
sed "s/+PNRGOV:[0-9]*:1:IA+/+CUSRES:D:05B:UN+/" "$good" >"$t/cusres"
sed 's/LHR\|BRU/QQQ/g' "$good" >"$t/nowhere"
sed "s/'SRC'.*//;s/TVL+[^']*'//" "$good" >"$t/noflight"
sed "s/^UNB[^']*'//;s/UNZ[^']*'//" "$good" >"$t/bare"
mkdir "$t/folder"
for name in empty binary cut bare cusres nowhere noflight folder missing; do
	expect 3 "^$t/$name:[0-9]+: error: unreadable: " \
		-w "$snap" "$t/$name" "$good"
	grep -q '^[12] messages, .* 1 unreadable' "$t/err" || {
		echo "$name is not counted once: $(tail -n 1 "$t/err")"
		bad=1
	}
	cmp -s "$t/out" "$t/good" || {
		echo "$name spoils the other file's hits"
		bad=1
	}
done
expect 3 "$t/missing:0: .*No such file" "$t/missing"

# odd, but readable: a cut in the middle of a booking, another charset named,
# UTF-16, two payloads one behind the other
head -c $(($(wc -c <"$good") / 2)) "$good" >"$t/half"
sed '1s/IATA:1/UNOX:9/' "$good" >"$t/charset"
iconv -f ascii -t utf-16 "$good" >"$t/utf16"
cat "$good" "$good" >"$t/twice"
for name in half charset utf16 twice; do
	expect 0 ' 0 unreadable, ' -w "$snap" "$t/$name"
	[ "$name" = half ] || cmp -s "$t/out" "$t/good" || {
		echo "$name gives other hits"
		bad=1
	}
done

# limits.message_bytes: under it, at it, above it
size=$(wc -c <"$good")
for over in 1 0; do
	echo "limits: {message_bytes: $((size + over))}" >"$t/c.yaml"
	expect 0 ' 0 unreadable, ' -c "$t/c.yaml" "$good"
done
echo "limits: {message_bytes: $((size - 1))}" >"$t/c.yaml"
expect 3 "is longer than $((size - 1)) bytes" -c "$t/c.yaml" "$good"

# snapshots
head -c 5000 "$snap" >"$t/cut.snap"
{ head -c 5000 "$snap"; printf 'X'; tail -c +5002 "$snap"; } >"$t/bit.snap"
: >"$t/empty.snap"
expect 2 "cannot read '$t/none.snap': No such file" -w "$t/none.snap" "$good"
expect 2 "cannot .* '$t/folder'" -w "$t/folder" "$good"
expect 5 'damaged \(cut short\); build it again' -w "$t/cut.snap" "$good"
expect 5 'damaged \(its checksum .*build it again' -w "$t/bit.snap" "$good"
expect 5 'is empty; build it again' -w "$t/empty.snap" "$good"
expect 5 'not a watchlist snapshot' -w "$good" "$good"

echo 'piu: {mode: live}' >"$t/live.yaml"
sed 's/^test: .*/test: false/' etc/watchlists/demo-wanted.list.yaml \
	>"$t/real.list.yaml"
cp etc/watchlists/demo-wanted.csv "$t"
"$paxgate" watchlist build -o "$t/real.snap" "$t/real.list.yaml" >/dev/null

# a list marked TEST: not in production, which a broker named is too
expect 2 "'piu.mode' must be production, test or empty" -c "$t/live.yaml" "$good"
for text in 'piu: {mode: production}' 'kafka: {brokers: "127.0.0.1:1"}'; do
	echo "$text" >"$t/mode.yaml"
	expect 4 "'demo-wanted' is marked TEST .* Art. 6\\(3\\)\\(a\\)" \
		-c "$t/mode.yaml" -w "$snap" "$good"
	holds 0 'a refused list'
	expect 0 ' hits$' -c "$t/mode.yaml" -w "$t/real.snap" "$good"
done
echo '{piu: {mode: test}, kafka: {brokers: "127.0.0.1:1"}}' >"$t/mode.yaml"
expect 0 ' [1-9][0-9]* hits$' -c "$t/mode.yaml" -w "$snap" "$good"

# profiles
mkdir "$t/p"
expect 2 "cannot read directory '$t/none': No such file" -p "$t/none" "$good"
expect 0 ' 0 hits$' -p "$t/p" "$good"
printf 'profile: [x\n' >"$t/p/x.yaml"
expect 3 'x.yaml:2:1: not YAML' -p "$t/p" "$good"
head -c 3000 /dev/urandom >"$t/p/x.yaml"
expect 3 'x.yaml:[0-9]+:[0-9]+: ' -p "$t/p" "$good"
: >"$t/p/x.yaml"
expect 4 'x.yaml:1:1: .*missing' -p "$t/p" "$good"
sed '/^exonerating/,/^threshold/{/^threshold/!d}' \
	etc/profiles/late-cash-one-way.yaml >"$t/p/x.yaml"
expect 4 'x.yaml:[0-9]+:[0-9]+: .*exonerating' -p "$t/p" "$good"

# a pattern that explodes is given up soon, and is unknown
rm "$t/p/x.yaml"
sed -e "s|'booking.lead_time < 48h'|'message.sender matches /^((H+)*)*K\$/'|" \
	-e '/^tests:/,$d; s/direction: inbound/direction: outbound/' \
	etc/profiles/late-cash-one-way.yaml \
	>"$t/p/late-cash-one-way.yaml"
long=$(head -c 56 /dev/zero | tr '\0' H)KZ # the K keeps it from being quick
sed "s/UNB+\([^+]*\)+8X/UNB+\1+$long/" "$good" >"$t/long"
rc=0
timeout 5 "$paxgate" screen -p "$t/p" "$t/long" >"$t/out" 2>"$t/err" || rc=$?
[ $rc -eq 0 ] || { echo "a pattern that explodes: exit $rc"; cat "$t/err"; bad=1; }
grep -q "$long" "$t/long" || { echo "no long sender"; bad=1; }

# API data and booking: silent where they agree, a hit where one item differs
mkdir "$t/both"
cat >"$t/both/both-sides.yaml" <<'END'
profile: both-sides
revision: 1
title: Another expiry of the same document
purpose:
  offences: ["02"]
  basis: test
  author: analyst-03
  valid: {from: 2026-09-01, until: 2027-02-28}
budget: {max_share: 0.001}
incriminating:
  - id: expiry
    points: 50
    when: 'any(traveller.comparisons, item == expiry and differs)'
    why: test
  - id: number
    points: 50
    when: 'any(traveller.comparisons, item == document and not differs)'
    why: test
exonerating:
  - id: others
    points: -50
    when: 'traveller.discrepancies > 1'
    why: test
threshold: 60
END
api=tests/golden/paxlst-combined.edi
expect 0 ' 0 hits$' -p "$t/both" tests/golden/pnrgov-14.edi $api
sed 's/DTM+36:310415/DTM+36:310416/' $api >"$t/api"
expect 0 ' 1 hits$' -p "$t/both" tests/golden/pnrgov-14.edi "$t/api"
expect 0 ' 0 hits$' -p "$t/both" "$t/api"

# the command line
expect 2 'needs at least one file'
expect 2 "there is no option '--nope'" --nope "$good"
expect 2 -- '--watchlist needs a value' "$good" -w
expect 2 -- '--table takes no value' --table=3 "$good"
expect 2 "'piu.country' must be" --country XQX "$good"
expect 2 "'piu.country' must be" --country BE "$good"
expect 2 "none.yaml: cannot open" -c "$t/none.yaml" "$good"
"$paxgate" screen --help | grep -q '^examples:' || bad=1
exit $bad
