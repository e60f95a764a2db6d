#!/bin/sh
# day.sh - a generated day through the stream is what `paxgate screen` says of
# its files; with random Kafka keys and four workers it is the same day
. tests/stream/lib.sh

"$paxgate" gen --out "$dir/day" --seed 11 >/dev/null
settings 2
fresh
"$paxgate" run -c "$dir/run.yaml" --feed "$dir/day" --drain >"$dir/out"
grep -q ' 0 in quarantine' "$dir/out" || fail "quarantined: $(cat "$dir/out")"
db_rows >"$dir/first"
"$rows" files "$dir/run.yaml" "$dir"/day/*.edi | sort >"$dir/files"

grep -E '^(traveller|hit) ' "$dir/first" | cmp - "$dir/files" ||
	fail "the stream's rows are not those of the files"
[ "$(grep -c '^traveller ' "$dir/first")" -ge 4000 ] || fail "too few rows"
[ "$(grep -c '^hit ' "$dir/first")" -ge 25 ] || fail "too few hits"
[ "$(grep -c '^hit ' "$dir/first")" -eq \
	"$("$paxgate" hits list -c "$dir/run.yaml" --json -n 1000 | wc -l)" ] ||
	fail "hits list lists others"

# what profiles cost: all that was screened is counted, a 64th is timed. (The
# sums begin anew when other profiles are taken up, as on a suspension.)
jq -s '(.[0] | .set >= 6 and .travellers >= 1000 and .timed_every == 64 and
		(.timed - .travellers / 64 | fabs) <= 2),
	(map(select(.profile)) | length >= 6 and (map(.hits) | add) > 0),
	(map(select(.predicate and .timed > 0)) | length > 0)' \
	"$dir/costs.json" | sort -u >"$dir/costs"
[ "$(cat "$dir/costs")" = true ] || fail "costs: $(head -n 3 "$dir/costs.json")"
"$paxgate" profile perf --engine "$dir/costs.json" >"$dir/out"
grep -q ' late-cash-one-way$' "$dir/out" || fail "perf: $(cat "$dir/out")"

settings 4
fresh
"$paxgate" run -c "$dir/run.yaml" --feed "$dir/day" --drain --random-keys \
	>"$dir/out"
db_rows | cmp - "$dir/first" || fail "random keys give other rows"

# the same day again, on a new broker: nothing doubles
"$paxgate" run -c "$dir/run.yaml" --feed "$dir/day" --drain >"$dir/out"
db_rows | cmp - "$dir/first" || fail "a second feed gives other rows"
