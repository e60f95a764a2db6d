#!/bin/sh
# watchlist_doc.sh - a list owner follows doc/watchlists.md: its sheets and rows
# are taken from the page as they stand, and its commands do what it says
set -eu
paxgate=$(realpath "${PAXGATE:-build/paxgate}")
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
bad=0
data=$PWD/tests/data/watchlist

wrong()
{
	echo "watchlist_doc.sh: $*"
	bad=1
}

# block KIND N: the N-th block of that kind of the page
block()
{
	awk -v kind="$1" -v n="$2" '
		$0 == "```" { on = 0 }
		on && nr == n
		$0 == "```" kind { nr++; on = 1 }' doc/watchlists.md
}

# does CODE WORDS COMMAND...: ends so and says so
does()
{
	code=$1 words=$2
	shift 2
	got=0
	"$@" >"$t/out" 2>&1 || got=$?
	[ "$got" = "$code" ] || wrong "exit $got, not $code: $*: $(cat "$t/out")"
	grep -qF -- "$words" "$t/out" || wrong "no '$words': $*: $(cat "$t/out")"
}

day='--today 2026-11-22'
mkdir "$t/ours" "$t/ofac" "$t/un" "$t/ftm"
block yaml 1 >"$t/ours/demo-wanted.list.yaml"
block csv 1 >"$t/ours/demo-wanted.csv"
block csv 2 >"$t/ours/documents.csv"
block json 1 >"$t/ours/wanted.jsonl"
sed 's/^id: .*/id: documents/; s/^kind: [^ ]*/kind: documents/
	s/^file: [^ ]*/file: documents.csv/' "$t/ours/demo-wanted.list.yaml" \
	>"$t/ours/documents.list.yaml"
sed 's/^id: .*/id: as-json/; s/^format: [^ ]*/format: paxgate-jsonl/
	s/^file: [^ ]*/file: wanted.jsonl/' "$t/ours/demo-wanted.list.yaml" \
	>"$t/ours/as-json.list.yaml"
block yaml 2 >"$t/ofac/sdn.list.yaml"
cp "$data"/ofac/*.csv "$t/ofac"
block yaml 3 >"$t/un/un.list.yaml"
cp "$data/un/consolidated.xml" "$t/un"
block yaml 4 >"$t/ftm/wanted.list.yaml"
cp "$data/ftm/entities.ftm.json" "$t/ftm"

# each format: checked, and read
does 0 'not written' "$paxgate" watchlist build $day --dry-run \
	"$t/ours/demo-wanted.list.yaml"
does 0 'as-json: 1 entries' "$paxgate" watchlist build $day --dry-run --strict \
	"$t/ours/as-json.list.yaml"
does 0 'documents: 1 entries' "$paxgate" watchlist build $day --dry-run \
	--strict "$t/ours/documents.list.yaml"
does 0 'ofac-sdn: 3 entries' "$paxgate" watchlist build $day --dry-run \
	"$t/ofac/sdn.list.yaml"
does 0 'un-list: 2 entries' "$paxgate" watchlist build $day --dry-run \
	"$t/un/un.list.yaml"
does 0 'wanted-abroad: 1 entries' "$paxgate" watchlist build $day --dry-run \
	"$t/ftm/wanted.list.yaml"

# yesterday's and today's
does 0 'yesterday.snap' "$paxgate" watchlist build $day -o "$t/yesterday.snap" \
	"$t/ours/demo-wanted.list.yaml"
does 0 'wanted.snap' "$paxgate" watchlist build $day -o "$t/wanted.snap" \
	"$t/ours/demo-wanted.list.yaml" "$t/ours/documents.list.yaml" \
	"$t/un/un.list.yaml"
does 0 'demo-wanted: 0 added, 0 removed, 0 changed, 1 the same' \
	"$paxgate" watchlist diff "$t/yesterday.snap" "$t/wanted.snap"
does 0 'un-list: 2 added' \
	"$paxgate" watchlist diff "$t/yesterday.snap" "$t/wanted.snap"
does 0 'identical to brute force' "$paxgate" watchlist verify -n 50 \
	"$t/wanted.snap"
does 0 '4 entries' "$paxgate" watchlist info "$t/wanted.snap"
does 0 'class B' "$paxgate" watchlist match "$t/wanted.snap" \
	--name MUELLERTEST/JUERGEN --born 1970-02-14
does 0 'class A' "$paxgate" watchlist match "$t/wanted.snap" --doc P7654321:AUT

# urgent: added, found, withdrawn, not found, settled
does 0 'no match' "$paxgate" watchlist match "$t/wanted.snap" \
	--name TESTMANNOVA/IVONA --born 1964-01-12
does 3 'rows cannot be read' "$paxgate" watchlist add $day -w "$t/wanted.snap" \
	"$t/ftm/wanted.list.yaml"
grep -v Kaputt "$data/ftm/entities.ftm.json" >"$t/ftm/entities.ftm.json"
does 0 'sequence 1, 1 added' "$paxgate" watchlist add $day -w "$t/wanted.snap" \
	"$t/ftm/wanted.list.yaml"
does 0 'delta 1: 1 entries added, 0 withdrawn' \
	"$paxgate" watchlist info "$t/wanted.snap"
does 0 'wanted-abroad xx-1' "$paxgate" watchlist match "$t/wanted.snap" \
	--name TESTMANNOVA/IVONA --born 1964-01-12
does 0 'sequence 2, 1 withdrawn' "$paxgate" watchlist withdraw \
	-w "$t/wanted.snap" demo-wanted:W-1
does 0 'no match' "$paxgate" watchlist match "$t/wanted.snap" \
	--name MUELLERTEST/JUERGEN --born 1970-02-14
does 3 'there is no entry' "$paxgate" watchlist withdraw -w "$t/wanted.snap" \
	demo-wanted:W-9
does 3 'is not LIST:ID' "$paxgate" watchlist withdraw -w "$t/wanted.snap" W-1
does 0 'wanted.snap' "$paxgate" watchlist build $day -o "$t/wanted.snap" \
	"$t/ftm/wanted.list.yaml" "$t/ours/documents.list.yaml"
does 0 'sequence 3, 2 settled' "$paxgate" watchlist settle "$t/wanted.snap"
does 0 'sequence 3, 0 settled' "$paxgate" watchlist settle "$t/wanted.snap"
does 0 'wanted-abroad xx-1' "$paxgate" watchlist match "$t/wanted.snap" \
	--name TESTMANNOVA/IVONA --born 1964-01-12

# a delta cut short is refused, whoever asks
head -c 60 "$t/wanted.snap.delta" >"$t/half"
mv "$t/half" "$t/wanted.snap.delta"
for args in info 'match --doc P7654321:AUT'; do
	does 5 'delta is damaged' "$paxgate" watchlist $args "$t/wanted.snap"
done
does 5 'delta is damaged' "$paxgate" watchlist settle "$t/wanted.snap"
for verb in add withdraw settle; do
	does 0 "paxgate watchlist $verb" "$paxgate" watchlist "$verb" --help
	does 2 "watchlist $verb" "$paxgate" watchlist "$verb"
done
exit $bad
