#!/bin/sh
# watchlist_formats.sh - lists as JSON lines, the UN's XML, FollowTheMoney: what
# is read, left out and said; alerts that stand twice; rows that cannot be read
set -eu
paxgate=${PAXGATE:-build/paxgate}
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
bad=0
data=tests/data/watchlist

wrong()
{
	echo "watchlist_formats.sh: $*"
	bad=1
}

# expect CODE COMMAND...: output in $t/out, errors in $t/err
expect()
{
	want=$1
	shift
	got=0
	"$@" >"$t/out" 2>"$t/err" || got=$?
	[ "$got" = "$want" ] || wrong "exit $got, not $want: $*"
}

says()
{
	grep -qF -- "$2" "$t/$1" || wrong "$1 does not say '$2'"
}

build()
{
	"$paxgate" watchlist build --today 2026-11-22 "$@"
}

expect 0 build -o "$t/a.snap" $data/un/*.list.yaml $data/ftm/*.list.yaml \
	$data/jsonl/*.list.yaml
says out 'un-sample: 2 entries; left out: 1 for their offence, 0 run out, 1 no persons, 1 unreadable rows; 1 values of entries unread; TEST LIST'
says out 'ftm-sample: 3 entries; left out: 2 for their offence, 0 run out, 1 no persons, 1 unreadable rows; 2 values of entries unread; TEST LIST'
says out 'jsonl-sample: 2 entries; left out: 1 for their offence, 1 run out'
says out '1 alerts that stand twice'
says err "$data/un/consolidated.xml: line 35: no FIRST_NAME"
says err "$data/ftm/entities.ftm.json: line 7: not valid JSON"
says err "$data/jsonl/sample.jsonl: line 5: an entry has no member"
[ "$(wc -l <"$t/err")" -eq 6 ] || wrong "$(wc -l <"$t/err") warnings, not 6"
grep -Eq 'Freedonia|long ago|Kaputt|WRONG' "$t/err" &&
	wrong 'a warning says a value of the list'

# class, entry and offence of the first match; '-': nobody
while IFS='|' read -r match name born doc; do
	set -- --json
	[ -z "$name" ] || set -- "$@" --name "$name"
	[ -z "$born" ] || set -- "$@" --born "$born"
	[ -z "$doc" ] || set -- "$@" --doc "$doc"
	expect 0 "$paxgate" watchlist match "$t/a.snap" "$@"
	got=$(jq -r '"\(.class) \(.list) \(.entry) \(.record.offence)"' \
		"$t/out" | head -n 1)
	[ "${got:--}" = "$match" ] ||
		wrong "'$name' '$born' '$doc': '$got', not '$match'"
done <<T
B un-sample 7000001 T|AL PROBSTI/IVORY BIN TESTMANN|1964-01-12|
C un-sample 7000001 T|QUILLOTEST/IVOMR|1971-05-06|
A un-sample 7000001 T|||Y7654321:IRN
C un-sample 7000002 04|PROBERINSKY/ANA|1972-02-03|
-|FICTIVOVICH/SANCTIONED|1950-02-03|
-|INVENTED TRADING/CO||
B ftm-sample xx-1 04|TESTMANNOVA/IVONA|1964-01-12|
A ftm-sample xx-1 04|||K7654321:IRN
B ftm-sample xx-2 04|PROBSTINGER/BRUNO|1971-07-01|
A ftm-sample xx-2 04|||PB1122334:AUT
-|||99887766:AUT
-|POLITIKOVA/PETRA|1960-01-01|
-|POLITIKOVA/RELATIVIA|1985-01-01|
B jsonl-sample J-1 04|MUELLERPROBE/JUERGEN|1970-02-14|
A jsonl-sample J-1 04|||PX1234567:AUT
B jsonl-sample J-2 01|PROBEROVA/X|1980-05-05|
T
jq -e '.record.valid_until == "2027-06-30"' "$t/out" >"$t/jq" ||
	wrong 'of an alert that stands twice the longer one stays'

# the same in any order of sheets
expect 0 build -o "$t/b.snap" $data/jsonl/*.list.yaml $data/un/*.list.yaml \
	$data/ftm/*.list.yaml
cmp -s "$t/a.snap" "$t/b.snap" || wrong 'the order of sheets makes a difference'

# an alert in two lists is one, and stays in the first
mkdir "$t/l"
cp $data/jsonl/* "$t/l"
sed 's/^id: .*/id: another/' $data/jsonl/sample.list.yaml \
	>"$t/l/another.list.yaml"
expect 0 build --dry-run "$t"/l/*.list.yaml
says out 'another: 2 entries'
says out 'jsonl-sample: 0 entries'

# all or nothing, when asked for; what is no list at all
expect 3 build --strict -o "$t/x.snap" $data/jsonl/sample.list.yaml
says err '1 rows cannot be read, see the warnings'
[ ! -e "$t/x.snap" ] || wrong 'a refused build wrote a snapshot'
sed 's/^programs: .*/programs: {role.pep: "04"}/' $data/ftm/sample.list.yaml \
	>"$t/l/pep.list.yaml"
expect 4 build --dry-run "$t/l/pep.list.yaml"
says err "'role.pep'"
says err 'Art. 6(3)(a)'
sed 's/^format: .*/format: un-consolidated/; /^file/a programs: {x: "04"}' \
	$data/jsonl/sample.list.yaml >"$t/l/un.list.yaml"
expect 3 build --dry-run "$t/l/un.list.yaml"
says err 'sample.jsonl: line 1: '
head -c 2000 $data/un/consolidated.xml >"$t/l/consolidated.xml"
cp $data/un/sample.list.yaml "$t/l/cut.list.yaml"
expect 3 build --dry-run "$t/l/cut.list.yaml"
says err 'consolidated.xml: line '
says err 'no element found'

# invented persons are refused in production
echo 'piu: {mode: production}' >"$t/live.yaml"
expect 4 "$paxgate" screen -c "$t/live.yaml" -w "$t/a.snap" \
	tests/golden/pnrgov-14.edi
says err 'is marked TEST'
exit $bad
