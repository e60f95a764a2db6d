#!/bin/sh
# bench.sh - each part of paxgate bench prints its figures; not how fast it is
set -eu
paxgate=${PAXGATE:-build/paxgate}
pg_sh=${PAXGATE_PG_SH:-tools/dev/pg.sh}
dir=$(mktemp -d)
trap '$pg_sh "$dir/pg" wipe >/dev/null 2>&1 || true; rm -rf "$dir"' EXIT
bad=0

wrong() {
	echo "bench.sh: $*"
	bad=1
}

# expect CODE PATTERN COMMAND...: exit code, and output that matches
expect() {
	code=$1 pattern=$2
	shift 2
	rc=0
	"$@" >"$dir/out" 2>&1 || rc=$?
	if [ "$rc" -ne "$code" ] || ! grep -Eq "$pattern" "$dir/out"; then
		wrong "$*: exit $rc, not $code, or no '$pattern' in:"
		cat "$dir/out"
	fi
}

# figures NAMES OPTIONS...: those and no others, in this order, all sound
figures() {
	want=$1
	shift
	if ! TMPDIR=$dir/tmp "$paxgate" bench --ms 1 "$@" \
		>"$dir/out" 2>"$dir/err"; then
		wrong "bench $*: $(cat "$dir/err")"
		return
	fi
	[ ! -s "$dir/err" ] || wrong "bench $* says: $(cat "$dir/err")"
	# levels of the index are figures where the processor has them
	got=$(jq -r .figure "$dir/out" | grep -v '^parse.*_\(sse2\|avx2\)$' |
		tr '\n' ' ')
	[ "$got" = "$want " ] || wrong "bench $*: '$got', not '$want '"
	jq -es 'all((.value > 0 and .min > 0 or .unit == "allocations")
		and .min <= .value
		and .value <= .max and (.unit | length) > 0
		and has("limit") and has("peer")
		and (.ratio == null) == (.limit == null and .peer == null)
		and (.ratio == null or .ratio > 0))' "$dir/out" >/dev/null ||
		wrong "bench $*: $(cat "$dir/out")"
	[ -z "$(ls "$dir/tmp")" ] || wrong "bench $* leaves $(ls "$dir/tmp")"
}

parse='parse.tokenise parse.index parse.pnrgov parse.pnrgov_allocs
parse.paxlst parse.paxlst_allocs parse.intake parse.intake_allocs
parse.pnr_1 parse.pnr_1000'
profiles='profiles.loaded profiles.loaded_cold profiles.compile
profiles.1000 profiles.1000_cold profiles.1000_compile
profiles.10000 profiles.10000_cold profiles.10000_compile
profiles.swap_load profiles.swap_pause'
profiles=$(echo $profiles)
lists='watchlist.load watchlist.bytes watchlist.swap_load watchlist.swap_pause
watchlist.delta_load watchlist.resident watchlist.swap_resident watchlist.bruteforce watchlist.mean
watchlist.p99 watchlist.cold watchlist.cold_p99
watchlist.repeat'
lists=$(echo $lists)
parse=$(echo $parse)
seal='seal.traveller seal.record'
pipeline='pipeline.copy store.rows store.copy_ratio pipeline.travellers
pipeline.bytes pipeline.rows pipeline.copy_ratio stage.poll stage.open
stage.intake stage.link stage.subject stage.profiles stage.lists stage.rows
stage.store'
pipeline=$(echo $pipeline)

mkdir "$dir/tmp"
"$paxgate" gen --out "$dir/day" --date 2026-11-23 --flights 2 \
	--travellers 40 >/dev/null
"$paxgate" watchlist build -o "$dir/list.snap" \
	etc/watchlists/demo-documents.list.yaml >/dev/null

figures "$parse" parse --day "$dir/day"
jq -es '[.[] | select(.unit == "allocations") | .value] == [0, 0, 0]' \
	"$dir/out" >/dev/null ||
	wrong "malloc() is called for travellers: $(cat "$dir/out")"
figures "$profiles" profiles --day "$dir/day" -p etc/profiles
figures "$lists" watchlist --day "$dir/day" -w "$dir/list.snap"
figures "watchlist.build $lists" watchlist --day "$dir/day" --persons 300
jq -es 'all(.of | startswith("300 entries"))' "$dir/out" >/dev/null ||
	wrong "bench --persons: $(cat "$dir/out")"
figures "$seal" seal --day "$dir/day"
figures audit.verify audit --flights 1

# what other engines are measured on is written, and as much as it should be
figures 'watchlist.build peers.1000 peers.10000' peers --day "$dir/day" \
	--persons 300 --export "$dir/peers" -p etc/profiles
[ "$(wc -l <"$dir/peers/expressions-1000.txt")" = 1000 ] ||
	wrong 'not 1000 expressions for peers'
awk -F '\t' 'NR == 1 { nr = NF } NF != nr || !nr { exit 1 }' \
	"$dir/peers/travellers.tsv" || wrong 'travellers.tsv is uneven'
[ "$(wc -l <"$dir/peers/names.txt")" -gt 600 ] || wrong 'no names for peers'
expect 2 'needs --export' "$paxgate" bench peers
# nothing given: a day and a list of its own, and no database
figures "$parse $profiles watchlist.build $lists $seal audit.verify" --flights 1
[ "$(jq -r 'select(.figure == "watchlist.mean") | .peer > 0' "$dir/out")" = \
	true ] || wrong 'the search is not compared with brute force'

# a scratch database beside ours, which stays as it is and is gone again
PAXGATE_DATABASE=
conninfo=$($pg_sh "$dir/pg" start)
before=$(psql "$conninfo" -Atc 'SELECT count(*) FROM pg_class')
figures "$pipeline" pipeline --day "$dir/day" -w "$dir/list.snap" \
	--runs 1 --made 20 -d "$conninfo"
jq -es 'any(.figure == "pipeline.travellers" and
	(.of | test(", 20 profiles,")))' "$dir/out" >/dev/null || wrong 'not the profiles that were made'
figures 'replay.list replay.travellers' replay --flights 3 -d "$conninfo"
jq -e '.of | test("^[1-9][0-9]* hits, all identical$")' "$dir/out" >/dev/null ||
	wrong "bench replay: $(cat "$dir/out")"
[ "$(psql "$conninfo" -Atc 'SELECT count(*) FROM pg_class')" = "$before" ] ||
	wrong 'the database given has changed'
[ "$(psql "$conninfo" -Atc "SELECT count(*) FROM pg_database
	WHERE datname LIKE 'paxgate%'")" = 0 ] || wrong 'a database is left'

expect 0 'usage: paxgate bench' "$paxgate" bench --help
expect 2 "by the name of 'speed'" "$paxgate" bench speed
expect 2 'pipeline needs -c or -d' "$paxgate" bench pipeline
expect 2 'ms, --runs and --rate are 1 or more' "$paxgate" bench --ms 0
expect 2 'persons is 0 to' "$paxgate" bench --persons -1
expect 2 'made is 0 to' "$paxgate" bench --made 10001
expect 2 'no \*.edi' "$paxgate" bench parse --day "$dir/tmp"
expect 2 'no profiles' "$paxgate" bench profiles --day "$dir/day" -p ''
expect 2 'no snapshot' "$paxgate" bench watchlist --day "$dir/day" -w ''
expect 75 'no server' "$paxgate" bench pipeline --day "$dir/day" -d host=/nowhere
exit $bad
