#!/bin/sh
# kafka.sh - the stream on a real Kafka, by configuration: a pushed day gives
# the rows of its files, stopped in between or shared by two engines or with
# the broker killed under it; a broker that is down is said
. tests/stream/lib.sh

topic=day
settings 2
broker
tools/dev/kafka.sh "$dir/kafka" topic $topic 12
"$paxgate" gen --out "$dir/day" --seed 12 --flights 20 >/dev/null
# one that nobody can read, for the quarantine
echo "no message" >"$dir/day/zz.edi"
set -- "$dir"/day/*.edi
nr=$#
member one '' 8

fresh
"$paxgate" push -c "$dir/one.yaml" "$@" >"$dir/out"
grep -qx "$nr sent, 0 refused" "$dir/out" || fail "push: $(cat "$dir/out")"
"$paxgate" run -c "$dir/one.yaml" --drain >"$dir/out"
grep -q " 1 in quarantine" "$dir/out" || fail "run: $(cat "$dir/out")"
everything >"$dir/whole"
"$rows" files "$dir/one.yaml" "$@" | sort >"$dir/files"
grep -E '^(traveller|hit) ' "$dir/whole" | cmp - "$dir/files" ||
	fail "the rows are not those of the files"
[ "$(committed)" -eq "$nr" ] || fail "$(committed) of $nr committed"

# once more there is nothing to do
"$paxgate" run -c "$dir/one.yaml" --drain >"$dir/out"
grep -q '^0 messages' "$dir/out" || fail "read again: $(cat "$dir/out")"
everything | cmp - "$dir/whole" || fail "a second run changed rows"
