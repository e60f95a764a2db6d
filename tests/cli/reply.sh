#!/bin/sh
# reply.sh - what airlines are answered: as agreed kinds, the same each time,
# never of a traveller and never of boarding; nobody to answer ends with 3
set -eu
paxgate=${PAXGATE:-build/paxgate}
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

fail()
{
	echo "reply.sh: $*" >&2
	exit 1
}

# $1: exit code wanted; the rest: arguments
run()
{
	want=$1
	shift
	rc=0
	"$paxgate" reply "$@" >"$t/out" 2>"$t/err" || rc=$?
	[ "$rc" -eq "$want" ] || fail "exit $rc, not $want: $*"
}

lines()
{
	[ "$(wc -l <"$t/out")" -eq "$1" ] || fail "not $1 lines: $2"
}

# the golden answers but for the reference, which follows from the content
for f in tests/golden/*.edi; do
	run 0 --at 2026-11-14T09:16 "$f"
	sed -E "s/(:0916\+|'UNZ\+[0-9]+\+)[0-9A-Z]{14}/\1PIU00000000001/g
		s/([^?]')/\1\n/g" "$t/out" | sed '/^$/d' >"$t/got"
	cmp -s "$t/got" "tests/golden/reply/${f##*/}" ||
		fail "$f: $(diff "$t/got" "tests/golden/reply/${f##*/}")"
done

one=tests/golden/paxlst-combined.edi
for kind in contrl cusres; do
	run 0 --kind $kind $one
	lines 1 $kind
	[ "$(grep -c "UNH+1+$(echo $kind | tr a-z A-Z):" "$t/out")" -eq 1 ] ||
		fail "not a $kind"
done
run 0 --kind ackres $one
lines 0 "an ACKRES to a PAXLST"
run 0 - <$one
lines 2 "standard input"

# the same is answered with the same reference, another with another
references()
{
	sed -E "s/.*'UNZ\+[0-9]+\+([0-9A-Z]{14})'$/\1/" "$t/out"
}
run 0 --at 2026-11-14T09:16 $one
references >"$t/first"
run 0 --at 2026-11-15T10:00 $one
references | cmp -s - "$t/first" || fail "a double is not recognisable"
[ "$(sort -u "$t/first" | wc -l)" -eq 2 ] || fail "two kinds, one reference"
sed 's/MARLOWETEST/MARLOWETES2/' $one >"$t/other"
run 0 "$t/other"
references | grep -qxFf "$t/first" && fail "another list, the same reference"

# two interchanges of a payload, each answered; alike, but not the same
cat $one $one >"$t/two"
run 0 "$t/two"
lines 4 "two interchanges"
[ "$(references | sort -u | wc -l)" -eq 4 ] || fail "one reference for two"

# a day of traffic: nothing of a traveller, nothing of boarding in any answer
"$paxgate" gen --out "$t/day" --seed 5 --flights 12 >/dev/null
run 0 "$t"/day/*.edi
[ "$(wc -l <"$t/out")" -ge 40 ] || fail "too few answers"
"$paxgate" parse "$t"/day/*.edi 2>/dev/null | jq -r '
	[.. | objects | (.surname?, .given?, .locator?, .number?, .street?,
		.carrier_id?) | strings | select(length >= 5)] | unique | .[]' |
	sort -u >"$t/words"
[ "$(wc -l <"$t/words")" -ge 500 ] || fail "too few words to look for"
# references and flight numbers are no traveller's
sed -E "s/'UNZ\+[^']*'|UNB\+[^']*'|RFF\+AF:[^']*'/'/g" "$t/out" >"$t/bare"
! grep -qFf "$t/words" "$t/bare" ||
	fail "a traveller: $(grep -oFf "$t/words" "$t/bare" | head -n 1)"
! grep -qE "ERP\+2|RFF\+(AVF|ABO)|ERC\+[0-9A-Z]{1,2}'|FTX|BOARD|NAD" \
	"$t/out" || fail "an answer about a person"
grep -q CUSRES "$t/out" && grep -q ACKRES "$t/out" || fail "a kind is missing"

# nobody to answer; the others are answered
: >"$t/empty"
echo "UNB+UNOA:4++PIUXX+261114:0915+R1'UNZ+0+R1'" >"$t/nobody"
run 3 "$t/empty" "$t/nobody" $one "$t/missing"
lines 2 "the good file among bad ones"
for name in empty nobody missing; do
	grep -q "$t/$name:0: error: nobody to answer: " "$t/err" ||
		fail "$name is not named: $(cat "$t/err")"
done
run 2
run 2 --kind board $one
run 2 --at yesterday $one
