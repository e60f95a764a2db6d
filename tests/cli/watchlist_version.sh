#!/bin/sh
# watchlist_version.sh - a list's version is of its sheet and files: the same
# files give the same on any day, one byte another; each match states it
set -eu
paxgate=${PAXGATE:-build/paxgate}
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
bad=0

wrong()
{
	echo "watchlist_version.sh: $*"
	bad=1
}

build()
{
	"$paxgate" watchlist build "$@" >"$t/out" 2>"$t/err" ||
		wrong "build $*: $(cat "$t/err")"
}

# the versions of a snapshot's lists, by their ids
versions()
{
	"$paxgate" watchlist info --json "$1" | jq -r '.lists[].version'
}

# another WHAT SNAP: has other versions than $same
another()
{
	[ "$(versions "$2")" != "$same" ] || wrong "$1: the version is the same"
}

day='--today 2026-11-22'
mkdir "$t/l" "$t/ofac"
cp etc/watchlists/demo-wanted.* "$t/l"
sheet=$t/l/demo-wanted.list.yaml
rows=$t/l/demo-wanted.csv
build $day -o "$t/a.snap" "$sheet"
same=$(versions "$t/a.snap")
echo "$same" | grep -qE '^[0-9a-f]{64}$' || wrong "'$same' is no version"
short=$(echo "$same" | cut -c -16)
grep -q "version $short\$" "$t/out" || wrong 'build does not say it'
"$paxgate" watchlist info "$t/a.snap" | grep -qx "  version $short" ||
	wrong 'info does not say it'

# the same files elsewhere, on another day, beside another list
build --today 2026-11-25 -o "$t/b.snap" \
	etc/watchlists/demo-wanted.list.yaml \
	etc/watchlists/demo-documents.list.yaml
[ "$(versions "$t/b.snap" | sed -n 2p)" = "$same" ] ||
	wrong 'the same files have another version'
[ "$(versions "$t/b.snap" | sed -n 1p)" != "$same" ] ||
	wrong 'two lists have one version'

# every match says it, and no other thing of the match hangs on it
match()
{
	"$paxgate" watchlist match "$1" --json --name MUELLERSCHOEN/JUERGEN \
		--born 1993-09-23
}
match "$t/a.snap" >"$t/match"
jq -e --arg v "$short" '.list_version == $v and .record.list_version == $v' \
	"$t/match" >"$t/jq" || wrong 'a match without the version'

# one byte more in either file
echo '#' >>"$sheet"
build $day -o "$t/c.snap" "$sheet"
another 'the sheet' "$t/c.snap"
match "$t/c.snap" | jq 'del(.list_version, .record.list_version)' >"$t/now"
jq 'del(.list_version, .record.list_version)' "$t/match" | cmp -s - "$t/now" ||
	wrong 'a comment in the sheet changed the match'
cp etc/watchlists/demo-wanted.list.yaml "$sheet"
build $day -o "$t/d.snap" "$sheet"
[ "$(versions "$t/d.snap")" = "$same" ] || wrong 'the sheet as it was'
printf '\n' >>"$rows"
build $day -o "$t/e.snap" "$sheet"
another 'the rows' "$t/e.snap"

# the second file of a list that has one
cp tests/data/watchlist/ofac/sample.list.yaml tests/data/watchlist/ofac/*.csv \
	"$t/ofac"
build $day -o "$t/f.snap" "$t/ofac/sample.list.yaml"
same=$(versions "$t/f.snap")
printf '\n' >>"$t/ofac/alt.csv"
build $day -o "$t/g.snap" "$t/ofac/sample.list.yaml"
another 'the aliases' "$t/g.snap"

# a delta: the version of the file added; of two files another than of either
add()
{
	"$paxgate" watchlist add $day -w "$t/a.snap" "$sheet" >"$t/out" \
		2>"$t/err" || wrong "add: $(cat "$t/err")"
}
added()
{
	match "$t/a.snap" | jq -r .list_version
}
sed -i 's/^threshold:.*/threshold: 600/' "$sheet"
build $day -o "$t/h.snap" "$sheet"
short=$(versions "$t/h.snap" | cut -c -16)
add
[ "$(added)" = "$short" ] || wrong "the delta says $(added), not $short"
add
[ "$(added)" != "$short" ] || wrong 'two additions have the version of one'
exit $bad
