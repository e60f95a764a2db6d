#!/bin/sh
# many_hits.sh - one traveller may hit any number of profiles and list entries
set -eu
paxgate=${PAXGATE:-build/paxgate}
t=$(mktemp -d /tmp/paxgate.XXXXXX)
trap 'rm -rf "$t"' EXIT
message=etc/profiles/tests/late-cash.edi
name=$(sed -n "s/^TIF+\([A-Z]*\)+.*/\1/p" $message | head -n 1)
given=$(sed -n "s/^TIF+[A-Z]*+\([A-Z]*\)M[RS]*:.*/\1/p" $message | head -n 1)

# hits KIND COUNT: so many of them, each from another source
hits()
{
	got=$(jq -r "select(.kind == \"$1\") | .source" "$t/out" | sort -u |
		wc -l)
	[ "$got" -eq "$2" ] || { echo "$got $1 hits, not $2"; exit 1; }
}

mkdir "$t/profiles"
for n in $(seq 100 399); do
	sed "s/^profile: .*/profile: copy-$n/; /^tests:/,\$d" \
		etc/profiles/late-cash-one-way.yaml >"$t/profiles/copy-$n.yaml"
done
"$paxgate" screen -p "$t/profiles" $message >"$t/out" 2>/dev/null
hits profile 300

head -n 1 etc/watchlists/demo-wanted.csv >"$t/demo-wanted.csv"
for n in $(seq 100 299); do
	echo "M-$n,REF/$n,$name,$given,,1990-04-17,,,,,04,2036-12-31"
done >>"$t/demo-wanted.csv"
cp etc/watchlists/demo-wanted.list.yaml "$t/"
"$paxgate" watchlist build -o "$t/snap" "$t/demo-wanted.list.yaml" >/dev/null
"$paxgate" screen -p '' -w "$t/snap" $message >"$t/out" 2>/dev/null
hits list 200
