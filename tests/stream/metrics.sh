#!/bin/sh
# metrics.sh - the engine seen from outside: figures that agree with the
# database, in both formats, and silent about travellers; ready or not
. tests/stream/lib.sh

port=$((20000 + $$ % 20000))
url=http://127.0.0.1:$port
settings 2
echo "metrics: {port: $port}" >>"$dir/run.yaml"
# a draft whose pattern is too much work on many a route
cat >"$dir/profiles/hostile.yaml" <<-Y
	profile: hostile
	revision: 1
	title: hostile
	purpose: {offences: ["04"], basis: b, author: a, valid: {from: $from, until: $until}}
	budget: {max_share: 0.001}
	incriminating:
	  - {id: route, points: 30, why: w, when: 'trip.route matches /^(([A-Z-]+)+)+[0-9]\$/'}
	  - {id: legs, points: 30, why: w, when: 'trip.legs >= 2'}
	exonerating: [{id: e, points: -5, why: w, when: 'count(co_travellers) >= 9'}]
	threshold: 60
Y
fresh
"$paxgate" gen --out "$dir/day" --seed 5 --flights 8 --travellers 200 >/dev/null
echo "UNB+UNOA:4+X9+PIU+261114:0915+E1'UNH+1+PAXLST:D:05B:UN'UNT+2+1'UNZ+1+E1'" \
	>"$dir/day/zy.edi"

# value NAME: of a sample as written, or nothing
value()
{
	awk -v n="$1" '$1 == n { print $2 }' "$dir/metrics"
}

sql()
{
	psql -qAt "$conninfo" -c "$1"
}

"$paxgate" run -c "$dir/run.yaml" --feed "$dir/day" >"$dir/out" 2>"$dir/log" &
engine=$!
tries=0
until [ "$(sql 'SELECT coalesce(sum(next_offset), 0) FROM ops.kafka_offset')" \
	-eq 41 ]; do
	tries=$((tries + 1))
	[ $tries -lt 300 ] || fail "not all came: $(cat "$dir/log")"
	sleep 0.1
done
sql "UPDATE pax.flight SET mask_on = current_date - 1 WHERE flight_id =
	(SELECT min(flight_id) FROM pax.flight)"
curl -sf "$url/healthz" >/dev/null || fail 'not healthy'
curl -sf "$url/readyz" >/dev/null || fail 'not ready'
curl -sf "$url/metrics" >"$dir/metrics" || fail 'no metrics'
[ "$(curl -s -o /dev/null -w '%{http_code}' "$url/hits")" = 404 ] ||
	fail 'another path is served'

# the text format: each sample belongs to the family above it
awk '/^# HELP paxgate_[a-z_]+ ./ { next }
	/^# TYPE / { family = $3; type = $4; seen[family]++; next }
	{ name = $1; sub(/{.*/, "", name)
	  if (type == "histogram") sub(/_(bucket|sum|count)$/, "", name)
	  if (name != family || $2 !~ /^-?[0-9.]+$/ || NF != 2) { print; bad = 1 } }
	END { for (f in seen) if (seen[f] > 1) { print f; bad = 1 }; exit bad }' \
	"$dir/metrics" || fail 'the text format'
[ "$(value paxgate_messages_total)" = 41 ] || fail 'messages'
[ "$(value 'paxgate_quarantine_messages{code="unreadable"}')" = 1 ] ||
	fail 'quarantine'
[ "$(value paxgate_retention_overdue_days)" = 1 ] || fail 'overdue'
[ "$(value paxgate_regex_limits_total)" -gt 0 ] || fail 'limits of patterns'
[ "$(value 'paxgate_batch_seconds_count')" = "$(
	value paxgate_transactions_total)" ] || fail 'batches'
[ "$(value 'paxgate_latency_seconds_bucket{le="+Inf"}')" = "$(
	value paxgate_transactions_total)" ] || fail 'latencies'
awk '/_bucket/ { if ($2 < last) exit 1; last = $2 } !/_bucket/ { last = 0 }' \
	"$dir/metrics" || fail 'buckets that fall'
[ "$(grep -c 'paxgate_lag_messages{.*} 0$' "$dir/metrics")" -gt 3 ] &&
	! grep 'paxgate_lag_messages{.*} [1-9]' "$dir/metrics" || fail 'lag'
open=$(sql "SELECT count(*) FROM pax.hit WHERE state = 'open' AND NOT draft")
[ "$open" -gt 0 ] && [ "$(awk '/^paxgate_hits_open/ { n += $2 } END { print n }' \
	"$dir/metrics")" = "$open" ] || fail "open hits: $open"
for carrier in X9 Y0; do
	at=$(value "paxgate_carrier_last_message_seconds{carrier=\"$carrier\"}")
	[ "${at:-0}" -gt 1500000000 ] || fail "newest message of $carrier: $at"
done
[ "$(value paxgate_resident_memory_bytes)" -gt 1000000 ] || fail 'memory'
jq -r '.surname // empty' "$dir/day/truth.ndjson" | sort -u | grep . |
	grep -Fwf - "$dir/metrics" && fail 'a name in the metrics'

curl -sf -H 'Accept: application/openmetrics-text' "$url/metrics" \
	>"$dir/open" || fail 'no OpenMetrics'
[ "$(tail -n 1 "$dir/open")" = '# EOF' ] &&
	grep -q '^# TYPE paxgate_messages counter$' "$dir/open" &&
	grep -q '^paxgate_messages_total 41$' "$dir/open" || fail OpenMetrics

# each figure stands in the dashboard or in the operator's guide
for family in $(sed -n 's/^# TYPE \([^ ]*\) .*/\1/p' "$dir/metrics"); do
	grep -q "$family" doc/operations.md || fail "doc/operations.md: $family"
done
for name in $(grep -o 'paxgate_[a-z_]*' etc/grafana-paxgate.json | sort -u); do
	grep -q "^$name" "$dir/metrics" || fail "the dashboard asks for $name"
done

# the database away: alive, and not ready
tools/dev/pg.sh "$dir/pg" stop >/dev/null
sleep 10.5
curl -sf "$url/healthz" >/dev/null || fail 'not healthy without a database'
[ "$(curl -s -o /dev/null -w '%{http_code}' "$url/readyz")" = 503 ] ||
	fail 'ready without a database'
curl -sf "$url/metrics" >"$dir/metrics" || fail 'no metrics without a database'
[ "$(value paxgate_database_up)" = 0 ] &&
	[ "$(value paxgate_messages_total)" = 41 ] || fail 'a database that is up'
kill $engine
wait $engine || [ $? -eq 75 ] || fail "exit $?"
