#!/bin/sh
# truth.sh - a generated day, screened, gives the hits of its truth file: all
# of them, and no other
set -eu
paxgate=${PAXGATE:-build/paxgate}
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

"$paxgate" watchlist build -o "$t/lists.snap" etc/watchlists/*.list.yaml \
	>/dev/null

# $1: seed, $2: home, $3: how to order the files
day()
{
	"$paxgate" gen --out "$t/day" --force --date 2026-11-23 --seed "$1" \
		--home "$2" --flights 20 >/dev/null
	jq -r '.must_hit[] as $m | "\(.flight) \(.locator) \($m)"' \
		"$t/day/truth.ndjson" | sort >"$t/want"
	[ "$(wc -l <"$t/want")" -ge 25 ] || echo "truth.sh: seed $1 is thin"
	jq -r ".file | \"$t/day/\" + ." "$t/day/manifest.ndjson" | $3 |
		xargs "$paxgate" screen --country "$2" --profiles etc/profiles \
			--watchlist "$t/lists.snap" \
			>"$t/hits" 2>"$t/err" || cat "$t/err"
	jq -r '"\(.flight) \(.evidence.traveller.locator) " +
		"\(.kind):\(.source)"' "$t/hits" | sort >"$t/got"
	diff "$t/want" "$t/got" >"$t/diff" || {
		echo "truth.sh: seed $1, home $2: < missing, > not planted:"
		head -n 20 "$t/diff"
		exit 1
	}
}

day 1 BEL cat
day 2 AUT tac
day 3 BEL 'sort -t- -k5,5 -k1,1'
exit 0
