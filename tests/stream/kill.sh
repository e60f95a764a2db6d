#!/bin/sh
# kill.sh - whatever befalls the engine, what it leaves is what an unbroken run
# leaves: rows, hits, quarantine, counters and offsets
#
# KILLS (default: 10; tens) times the engine is killed inside the run, five times a
# day of messages: at the named sites of a transaction, in a rebalance, and at
# random moments. A kill that misses the run fails the test. Then engines are
# paused until another has taken their place, and must not commit any more.
. tests/stream/lib.sh

topic=day
group=kills
settings 2
broker
tools/dev/kafka.sh "$dir/kafka" topic $topic 12
"$paxgate" gen --out "$dir/day" --seed 13 --flights 60 \
	--travellers 2500 >/dev/null
echo "no message" >"$dir/day/zz.edi"
set -- "$dir"/day/*.edi
nr=$#
member a a 2
member b b 2
member slow a 1
fresh
"$paxgate" push -c "$dir/a.yaml" "$@" >/dev/null
"$paxgate" run -c "$dir/a.yaml" --drain >/dev/null
everything >"$dir/whole"
[ "$(grep -c '^hit ' "$dir/whole")" -ge 10 ] || fail "too few hits"

random()
{
	shuf -n 1 -i "$1-$2"
}

# killed WHAT: the engine just started has to end by SIGKILL, inside the run
killed()
{
	rc=0
	wait $engine 2>/dev/null || rc=$?
	[ $rc -eq 137 ] || fail "$1: exit $rc: $(cat "$dir/out")"
	amid "$1"
}

# engine_a FAULT [MEMBER]: start it
engine_a()
{
	PAXGATE_FAULT=$1 "$paxgate" run -c "$dir/${2:-a}.yaml" \
		>"$dir/out" 2>&1 &
	engine=$!
}

kill_at_site()
{
	at=$1:$(random 4 8):kill
	engine_a "$at"
	killed "$at"
}

kill_at_random()
{
	at=$(($(committed) + $(random 1 16)))
	engine_a ''
	wait_for $at
	sleep 0.0"$(random 0 40)"
	kill -9 $engine
	killed "random, from $at"
}

# The third: the two workers have their partitions (1, 2), and when the second
# engine joins they lose them. A lock keeps the first from ending the day before
# the second has started.
kill_in_rebalance()
{
	at=$(($(committed) + 1))
	engine_a rebalance:3:kill slow
	wait_for $at
	psql -q "$conninfo" -c 'BEGIN; LOCK TABLE ops.kafka_offset;
		SELECT pg_sleep(3); COMMIT' >/dev/null 2>&1 &
	timeout 100 "$paxgate" run -c "$dir/b.yaml" --drain >"$dir/out.b" 2>&1 &
	second=$!
	killed rebalance
}

# a day of messages: at most five kills, then the rest
day()
{
	what=$*
	second=
	empty
	for k; do
		$k
	done
	timeout 100 "$paxgate" run -c "$dir/a.yaml" --drain >"$dir/out" 2>&1 ||
		fail "$what: the last run: $(cat "$dir/out")"
	[ -z "$second" ] || wait $second || fail "second: $(cat "$dir/out.b")"
	same "$what"
	in_order "$what"
}

kill_at_begin() { kill_at_site begin; }
kill_at_copied() { kill_at_site copied; }
kill_at_claimed() { kill_at_site claimed; }
kill_at_committed() { kill_at_site committed; }

kills=0
while [ $kills -lt "${KILLS:-10}" ]; do
	day kill_at_begin kill_at_copied kill_at_claimed kill_at_committed \
		kill_in_rebalance
	day kill_at_random kill_at_random kill_at_random kill_at_random \
		kill_at_random
	kills=$((kills + 10))
done

# paused SITE SAID: an engine stopped at SITE until its place in the group has
# run out and another has done its work must not commit when it goes on. SAID:
# what it then says.
paused()
{
	empty
	# nobody has been in this group before
	group=paused-$1
	member a a 2
	member b b 2
	sed "s/workers: 2/workers: 1/; s/level: warning/level: debug/" \
		"$dir/a.yaml" >"$dir/paused.yaml"
	PAXGATE_FAULT=$1:4:stop "$paxgate" run -c "$dir/paused.yaml" \
		>"$dir/out" 2>&1 &
	engine=$!
	until grep -q '^State:.T' /proc/$engine/status; do
		kill -0 $engine || fail "$1: ended: $(cat "$dir/out")"
		sleep 0.02
	done
	amid "paused at $1"
	timeout 100 "$paxgate" run -c "$dir/b.yaml" --drain >"$dir/out.b" 2>&1 ||
		fail "paused at $1: the other: $(cat "$dir/out.b")"
	same "paused at $1, and another went on"
	kill -CONT $engine
	tries=0
	until grep -q "$2" "$dir/out"; do
		tries=$((tries + 1))
		[ $tries -lt 500 ] || fail "$1: no '$2' in: $(cat "$dir/out")"
		sleep 0.02
	done
	kill $engine
	wait $engine || fail "paused at $1: exit $?: $(cat "$dir/out")"
	same "paused at $1, and going on"
	in_order "paused at $1"
}

# the database ends the sleeper's session, so that the other need not wait
paused claimed unknown
# before its transaction: the flight is not as the sleeper left it
paused linked fenced

# and of messages that touch no flight, only counters, the offset alone tells
topic=tests
group=tests
tools/dev/kafka.sh "$dir/kafka" topic $topic 1
nr=12
mkdir "$dir/tests"
crew=$(grep -lE "^UNB[^']*APIS'" "$dir"/day/*-crew.edi | head -n 1)
for i in $(seq $nr); do
	sed "1s/^UNB[^']*'/UNB+UNOA:4+X9+PIU+261121:1200+1++APIS++++1'/" \
		"$crew" >"$dir/tests/$i.edi"
done
empty
member a a 2
"$paxgate" push -c "$dir/a.yaml" "$dir"/tests/*.edi >/dev/null
"$paxgate" run -c "$dir/a.yaml" --drain >/dev/null
everything >"$dir/whole"
grep -q "|test-message|$nr\$" "$dir/whole" ||
	fail "no test messages: $(cat "$dir/whole")"
paused linked fenced
