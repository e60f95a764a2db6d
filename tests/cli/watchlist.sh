#!/bin/sh
# watchlist.sh - paxgate watchlist build, info, match on the demonstration lists
set -eu

paxgate=${PAXGATE:-build/paxgate}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
bad=0

wrong() {
	echo "watchlist.sh: $*"
	bad=1
}

# exit code, then the command; output in $tmp/out, errors in $tmp/err
expect() {
	want=$1
	shift
	got=0
	"$@" >"$tmp/out" 2>"$tmp/err" || got=$?
	[ "$got" = "$want" ] || wrong "exit code $got, not $want: $*"
}

says() {
	grep -qF -- "$2" "$tmp/$1" || wrong "$1 does not say '$2'"
}

build() {
	"$paxgate" watchlist build --offences tests/data/watchlist/offences.yaml \
		--authorities etc/authorities.yaml --today 2026-11-22 "$@"
}

# the same bytes each time, and no half file left
expect 0 build -o "$tmp/a.snap" etc/watchlists/*.list.yaml
says out 'demo-wanted: 231 entries; left out: 0'
expect 0 build -o "$tmp/b.snap" etc/watchlists/demo-wanted.list.yaml \
	etc/watchlists/demo-documents.list.yaml
cmp -s "$tmp/a.snap" "$tmp/b.snap" || wrong 'two builds differ'
[ "$(echo "$tmp"/*.tmp)" = "$tmp/*.tmp" ] || wrong 'a half file is left'

tools/dev/demo_wanted.sh | cmp -s - etc/watchlists/demo-wanted.csv ||
	wrong 'tools/dev/demo_wanted.sh makes another demo-wanted.csv'

expect 0 "$paxgate" watchlist info "$tmp/a.snap"
says out '241 entries'
says out 'TEST LIST'
expect 0 "$paxgate" watchlist info --json "$tmp/a.snap"
jq -e '.lists[1].id == "demo-wanted" and .lists[1].test' "$tmp/out" \
	>"$tmp/jq" || wrong 'info --json'

# class, entry, name, birth date, document; class '-': nobody
while IFS='|' read -r class entry name born doc; do
	set -- --json
	[ -z "$name" ] || set -- "$@" --name "$name"
	[ -z "$born" ] || set -- "$@" --born "$born"
	[ -z "$doc" ] || set -- "$@" --doc "$doc"
	expect 0 "$paxgate" watchlist match "$tmp/a.snap" "$@"
	got=$(jq -r '.class + " " + .entry' "$tmp/out" | head -1)
	[ "${got:-- }" = "$class $entry" ] ||
		wrong "'$name' '$born' '$doc': '$got', not '$class $entry'"
done <tests/data/watchlist/asked.txt

expect 0 "$paxgate" watchlist match "$tmp/a.snap" --name NOBODY/AT-ALL
says out 'no match'
expect 0 "$paxgate" watchlist match "$tmp/a.snap" --name MULLERSCHON/JURGENMR \
	--born 1993-09-23
says out 'class B'
says out 'title/as-written'
says out 'method'

expect 0 "$paxgate" watchlist verify -n 200 "$tmp/a.snap"
says out 'matches, identical to brute force'
expect 2 "$paxgate" watchlist verify -n 0 "$tmp/a.snap"
expect 2 "$paxgate" watchlist verify

# a list may ask for more than its threshold, by class
sed 's/^test:/classes: {B: 980, C: off}\n&/' \
	etc/watchlists/demo-wanted.list.yaml >"$tmp/class.list.yaml"
cp etc/watchlists/demo-wanted.csv "$tmp"
expect 0 build -o "$tmp/class.snap" "$tmp/class.list.yaml"
expect 0 "$paxgate" watchlist info "$tmp/class.snap"
says out '; class B from 980; class C off'
expect 0 "$paxgate" watchlist diff "$tmp/a.snap" "$tmp/class.snap"
says out 'the sheet changed: "classes"'
while IFS='|' read -r name born before now; do
	for snap in a class; do
		expect 0 "$paxgate" watchlist match "$tmp/$snap.snap" --json \
			--name "$name" --born "$born"
		jq -r '"\(.class)\(.total)"' "$tmp/out" | head -1 >"$tmp/$snap.is"
	done
	[ "$(cat "$tmp/a.is")" = "$before" ] && [ "$(cat "$tmp/class.is")" = "$now" ] ||
		wrong "'$name': $(cat "$tmp/a.is"), $(cat "$tmp/class.is")"
done <<T
MUELLERSCHOEN/JUERGEN|1993-09-23|B1000|B1000
MUELLERSCHOEN/JARGUN|1993-09-23|B910|
MUELLERSCHOEN/JUERGEN|1993|C1000|
T
expect 0 "$paxgate" watchlist verify -n 200 "$tmp/class.snap"
says out 'matches, identical to brute force'

# refusals: usage 2, input 3, law 4, integrity 5
expect 2 "$paxgate" watchlist match "$tmp/a.snap"
expect 2 "$paxgate" watchlist match "$tmp/a.snap" --name X --born 22.11.2026
expect 2 "$paxgate" watchlist build -o "$tmp/x.snap"
cp etc/watchlists/demo-wanted.csv "$tmp"
sed 's/^owner_type:.*/owner_type: commercial/' \
	etc/watchlists/demo-wanted.list.yaml >"$tmp/c.list.yaml"
expect 4 build -o "$tmp/x.snap" "$tmp/c.list.yaml"
says err 'Art. 7'
expect 4 build --today 2040-01-01 -o "$tmp/x.snap" \
	etc/watchlists/demo-wanted.list.yaml
says err 'Art. 6(3)(a)'
printf 'DW-9999,R,DOE,JOHN\n' >>"$tmp/demo-wanted.csv"
cp etc/watchlists/demo-wanted.list.yaml "$tmp/d.list.yaml"
expect 3 build --strict -o "$tmp/x.snap" "$tmp/d.list.yaml"
says err "demo-wanted.csv: line 233: column 'aliases': missing"
[ ! -e "$tmp/x.snap" ] || wrong 'a refused build wrote a snapshot'
expect 0 build -o "$tmp/d.snap" "$tmp/d.list.yaml"
says out '231 entries; left out: 0 for their offence, 0 run out, 0 no persons, 1 unreadable rows'
head -c 5000 "$tmp/a.snap" >"$tmp/cut.snap"
cp "$tmp/a.snap" "$tmp/old.snap"
expect 5 "$paxgate" watchlist info "$tmp/cut.snap"
says err 'cut short'
printf '\002' | dd of="$tmp/old.snap" bs=1 seek=8 conv=notrunc 2>/dev/null
expect 5 "$paxgate" watchlist info "$tmp/old.snap"
says err 'has version 2, this paxgate reads 6; build it again'
expect 5 "$paxgate" watchlist verify "$tmp/cut.snap"
expect 5 "$paxgate" watchlist info etc/authorities.yaml
says err 'not a watchlist snapshot'
expect 75 "$paxgate" watchlist info "$tmp/none.snap"

for verb in build info match verify; do
	expect 0 "$paxgate" watchlist "$verb" --help
	says out "paxgate watchlist $verb"
done
exit $bad
