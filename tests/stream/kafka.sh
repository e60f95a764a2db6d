#!/bin/sh
# kafka.sh - the stream on a real Kafka, by configuration: a pushed day gives
# the rows of its files, also when the engine is restarted or the broker
# killed in between, or when two engines share it; a topic made anew and
# messages that are gone end with 5, a broker that is down with 75
. tests/stream/lib.sh

# ends CODE SENTENCE COMMAND...: it has to end so and say so
ends()
{
	code=$1 sentence=$2 rc=0
	shift 2
	said=$(timeout 60 "$@" 2>&1) || rc=$?
	[ $rc -eq "$code" ] || fail "exit $rc, not $code: $said"
	echo "$said" | grep -q "$sentence" || fail "no '$sentence' in: $said"
}

kafka()
{
	tools/dev/kafka.sh "$dir/kafka" "$@"
}

topic=day
group=one
settings 2
broker
kafka topic $topic 12
"$paxgate" gen --out "$dir/day" --seed 12 --flights 20 >/dev/null
# one that nobody can read, for the quarantine
echo "no message" >"$dir/day/zz.edi"
set -- "$dir"/day/*.edi
nr=$#
member one '' 8
member slow '' 1
# fixed names stay in a group for a while; so these have one of their own
group=two
member first a 2
member second b 2

fresh
# no broker: both wait ten seconds for one, meanwhile the rest goes on
sed 's/brokers: .*/brokers: 127.0.0.1:1/' "$dir/one.yaml" >"$dir/nobody.yaml"
(ends 75 "cannot be reached" "$paxgate" push -c "$dir/nobody.yaml" "$1") &
nobody_pushed=$!
(ends 75 "no Kafka broker answers\|cannot be reached" \
	"$paxgate" run -c "$dir/nobody.yaml" --drain) &
nobody_read=$!

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
same "a second run"

# stopped by SIGTERM in between, and gone on with
empty
"$paxgate" run -c "$dir/slow.yaml" >"$dir/out" &
engine=$!
wait_for 20
kill $engine
wait $engine || fail "SIGTERM: exit $?"
amid "SIGTERM"
left=$((nr - $(committed)))
"$paxgate" run -c "$dir/slow.yaml" --drain >"$dir/out"
grep -q "^$left messages" "$dir/out" || fail "not $left: $(cat "$dir/out")"
same "a restart"

# two engines at once: nobody learns where to begin until both have had time
# to join the group
empty
psql -q "$conninfo" -c 'BEGIN; LOCK TABLE ops.kafka_offset;
	SELECT pg_sleep(3); COMMIT' >/dev/null &
lock=$!
sleep 0.3
"$paxgate" run -c "$dir/first.yaml" --drain >"$dir/out.a" 2>"$dir/log.a" &
engine=$!
"$paxgate" run -c "$dir/second.yaml" --drain >"$dir/out.b" 2>"$dir/log.b"
wait $lock
wait $engine || fail "first engine: exit $?"
for f in "$dir/out.a" "$dir/out.b"; do
	! grep -q '^0 messages' "$f" || fail "one engine had nothing to do"
done
same "two engines"

# the same name given to two: the first has to say so and end. A lock keeps it
# from ending the day before the second has come
empty
group=three
member twin a 1
"$paxgate" run -c "$dir/twin.yaml" --drain >"$dir/out" 2>&1 &
engine=$!
wait_for 10
psql -q "$conninfo" -c 'BEGIN; LOCK TABLE ops.kafka_offset;
	SELECT pg_sleep(4); COMMIT' >/dev/null &
lock=$!
sleep 0.3
"$paxgate" run -c "$dir/twin.yaml" --drain >"$dir/out.b" 2>&1 ||
	fail "the second of one name: exit $?: $(cat "$dir/out.b")"
wait $lock
rc=0
wait $engine || rc=$?
[ $rc -eq 75 ] && grep -q 'kafka.instance' "$dir/out" ||
	fail "the first of one name: exit $rc: $(cat "$dir/out")"
same "two engines of one name"

# the broker killed in between: the engine stays and goes on
empty
"$paxgate" run -c "$dir/slow.yaml" >"$dir/out" 2>"$dir/log" &
engine=$!
wait_for 20
kill -9 "$(kafka pid)"
amid "the broker's end"
sleep 1
kafka start >/dev/null
wait_for "$nr"
kill $engine
wait $engine || fail "broker killed: exit $?: $(cat "$dir/log")"
same "a killed broker"


# messages that are gone before they were read
"$paxgate" push -c "$dir/one.yaml" "$1" >/dev/null
part=$(psql -qAt "$conninfo" -c "UPDATE ops.kafka_offset SET next_offset = 1
	WHERE part = (SELECT part FROM ops.kafka_offset
		ORDER BY next_offset DESC LIMIT 1) RETURNING part")
kafka forget $topic "$part" 2
ends 5 "stored offset 1 is outside" \
	"$paxgate" run -c "$dir/one.yaml" --drain

# a topic made anew
empty
"$paxgate" run -c "$dir/one.yaml" --drain >/dev/null
kafka drop $topic
kafka topic $topic 12
ends 5 "the topic was made anew" "$paxgate" run -c "$dir/one.yaml" --drain

wait $nobody_pushed && wait $nobody_read
