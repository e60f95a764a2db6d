#!/bin/sh
# watchlist_diff.sh - what differs between two snapshots, by list and entry,
# each field on its own; no value is printed
set -eu
paxgate=${PAXGATE:-build/paxgate}
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
bad=0

wrong()
{
	echo "$*"
	bad=1
}

build()
{
	"$paxgate" watchlist build --offences tests/data/watchlist/offences.yaml \
		--today 2026-11-22 "$@" >/dev/null
}

head='id,reference,surname,given,aliases,birth_dates,sex,nationalities,birth_place,documents,offence,valid_until'
row='P-2,R2,TESTER,JOHN,PROBER/A,1970-02-14,M,AUT,Utopolis,A1234567:AUT:P,04,2030-01-01'
sheet()
{
	cat <<-Y
		id: one
		title: Old
		file: one.csv
		owner: AT-BK
		basis: "x"
		alert: arrest
		offences: ["01", "04"]
		valid: {from: 2026-01-01, until: 2026-12-31}
		test: true
	Y
}
# made NAME ROWS: $t/NAME.snap of list 'one' with P-1 and these rows
made()
{
	printf '%s\n%s\n%b\n' "$head" "$(echo "$row" | sed 's/P-2,R2/P-1,R1/')" "$2" \
		>"$t/one.csv"
	build -o "$t/$1.snap" "$t/one.list.yaml"
}
# differs WANTED [NEW]: the only object that diff prints of old and NEW
differs()
{
	"$paxgate" watchlist diff --json "$t/old.snap" "$t/${2:-new}.snap" \
		>"$t/out" || wrong "exit $?"
	[ "$(cat "$t/out")" = "$1" ] || wrong "$(cat "$t/out"), not $1"
	grep -Eq 'TESTER|PROBER|1970|Utopolis|A1234567' "$t/out" &&
		wrong "a value is printed"
	return 0
}

sheet >"$t/one.list.yaml"
made old "$row"
differs '' old
out=$("$paxgate" watchlist diff --exit-code "$t/old.snap" "$t/old.snap") ||
	wrong "no difference, but exit $?"
[ "$out" = 'one: 0 added, 0 removed, 0 changed, 2 the same' ] || wrong "$out"

# each field of an entry: its name, what stands there, what instead
while read -r field from to; do
	made new "$(echo "$row" | sed "s|$from|$to|")"
	differs "{\"list\":\"one\",\"id\":\"P-2\",\"change\":\"changed\",\"fields\":[\"$field\"]}"
done <<T
reference R2 R3
offence ,04, ,01,
names TESTER TESTERIN
names JOHN JOHAN
names PROBER/A PROBER/A;X/B
names PROBER/A PROBER/B
names PROBER/A
birth_dates 1970-02-14 1970-02
birth_dates 1970-02-14 1970-02-14;1971
birth_dates 1970-02-14 1970-02-14..1970-02-15
birth_dates 1970-02-14 1970-02-13..1970-02-14
birth_dates 1970-02-14
sex ,M, ,F,
sex ,M, ,,
nationalities ,AUT, ,DEU,
nationalities ,AUT, ,AUT;DEU,
birth_place Utopolis Utopia
documents A1234567 A1234568
documents AUT:P DEU:P
documents AUT:P AUT:I
documents A1234567:AUT:P
valid_until 2030-01-01 2030-01-02
T
made new "$(echo "$row" | sed 's/R2/R3/; s/JOHN/JIM/')"
differs '{"list":"one","id":"P-2","change":"changed","fields":["reference","names"]}'

# entries that come and go, at the beginning and the end; P-1 is the same,
# though the weights of its names are not
made new "$row\n$(echo "$row" | sed 's/P-2,R2/P-3,R3/')"
differs '{"list":"one","id":"P-3","change":"added"}'
made new "$row\n$(echo "$row" | sed 's/P-2,R2/A,R3/')"
differs '{"list":"one","id":"A","change":"added"}'
"$paxgate" watchlist diff "$t/new.snap" "$t/old.snap" |
	grep -qx 'one: 0 added, 1 removed, 0 changed, 2 the same' ||
	wrong 'one removed'
made new ''
differs '{"list":"one","id":"P-2","change":"removed"}'
rc=0
"$paxgate" watchlist diff --exit-code "$t/old.snap" "$t/new.snap" >/dev/null ||
	rc=$?
[ $rc -eq 1 ] || wrong "--exit-code: $rc"

# each field of the sheet
while IFS='|' read -r field from to; do
	sheet | sed "s/$from/$to/" >"$t/one.list.yaml"
	made new "$row"
	differs "{\"list\":\"one\",\"change\":\"changed\",\"fields\":[\"$field\"]}"
done <<T
title|Old|New
owner|AT-BK|AT-DSN
basis|"x"|"y"
alert|arrest|examine
valid|12-31|12-30
valid|01-01|01-02
threshold|^test|threshold: 900\ntest
test|true|false
T
"$paxgate" watchlist diff "$t/old.snap" "$t/new.snap" |
	grep -qx 'one: 0 added, 0 removed, 0 changed, 2 the same; the sheet changed: "test"' ||
	wrong 'a changed sheet'

# lists that come and go
sed "s/,R/,S/" "$t/one.csv" >"$t/two.csv"
sheet | sed 's/one/two/' >"$t/two.list.yaml"
sheet >"$t/one.list.yaml"
build -o "$t/both.snap" "$t/one.list.yaml" "$t/two.list.yaml"
build -o "$t/two.snap" "$t/two.list.yaml"
"$paxgate" watchlist diff "$t/old.snap" "$t/two.snap" >"$t/out"
printf '%s\n' 'one: 0 added, 2 removed, 0 changed, 0 the same; the list is removed' \
	'two: 2 added, 0 removed, 0 changed, 0 the same; the list is added' |
	cmp - "$t/out" || wrong 'lists that come and go'
"$paxgate" watchlist diff --json "$t/old.snap" "$t/both.snap" |
	jq -s '[.[] | [.list, .id, .change]] == [["two", null, "added"],
		["two", "P-1", "added"], ["two", "P-2", "added"]]' |
	grep -q true || wrong '--json of a new list'

# what cannot be compared
for args in "$t/old.snap" "$t/old.snap $t/old.snap $t/old.snap"; do
	rc=0
	"$paxgate" watchlist diff $args >/dev/null 2>&1 || rc=$?
	[ $rc -eq 2 ] || wrong "diff $args: $rc"
done
rc=0
"$paxgate" watchlist diff "$t/old.snap" etc/scope.yaml >/dev/null 2>"$t/err" ||
	rc=$?
[ $rc -eq 5 ] && grep -q 'not a watchlist snapshot' "$t/err" ||
	wrong "diff with another file: $rc"
exit $bad
