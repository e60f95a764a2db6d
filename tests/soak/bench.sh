#!/bin/sh
# bench.sh - paxgate bench pipeline on a real Kafka: its own topics and database
# are gone afterwards, and the latency is measured; not how good it is
. tests/stream/lib.sh
broker

topics()
{
	find "$dir/kafka/data" -maxdepth 1 -name 'paxgate.*' ! -name '*-delete'
}

"$paxgate" bench pipeline --flights 3 --runs 1 --rate 3000 -d "$conninfo" \
	-b "$broker" >"$dir/out"
names=$(jq -r .figure "$dir/out" | grep -v '^s' | tr '\n' ' ')
[ "$names" = "pipeline.copy pipeline.travellers pipeline.bytes\
 pipeline.rows pipeline.copy_ratio pipeline.latency_p50 pipeline.latency_p99 " ] ||
	fail "other figures: $names"
grep -q 'real broker' "$dir/out" || fail "$(cat "$dir/out")"
# a batch waits up to 20 ms for more, a look takes 2: no less can be true
jq -es 'map(select(.figure | startswith("pipeline.latency"))) |
	.[0].value <= .[1].value and all(.min > 0.1 and .max < 60000)' \
	"$dir/out" >/dev/null || fail "latency: $(cat "$dir/out")"
[ -z "$(topics)" ] || fail "a topic is left: $(topics)"
[ "$(psql "$conninfo" -Atc "SELECT count(*) FROM pg_database
	WHERE datname LIKE 'paxgate_bench%'")" = 0 ] || fail 'a database is left'
rc=0
"$paxgate" bench pipeline --flights 1 --runs 1 -d "$conninfo" \
	-b 127.0.0.1:1 >"$dir/out" 2>"$dir/log" || rc=$?
[ $rc -eq 75 ] && grep -q 'cannot make topic' "$dir/log" ||
	fail "no broker: exit $rc: $(cat "$dir/log")"
