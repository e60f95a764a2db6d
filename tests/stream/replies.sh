#!/bin/sh
# replies.sh - answers on a real Kafka: each message answered once, as `paxgate
# reply` prints it; an engine killed in between loses none, and doubles are the
# same to the byte; two engines share the outbox; a topic that is away is
# waited for; a test is answered and not stored
. tests/stream/lib.sh

kafka()
{
	tools/dev/kafka.sh "$dir/kafka" "$@"
}

sql()
{
	psql -qAt "$conninfo" -c "$1"
}

# agreed TOPIC: answers of all kinds go there
agreed()
{
	sed -i '/^replies:/d' "$dir/run.yaml"
	echo "replies: {topic: $1, contrl: always, ackres: '*', cusres: '*'}" \
		>>"$dir/run.yaml"
	member one '' 4
	member first a 2
	member second b 2
}

# The time of UNB aside: date, time.
no_time()
{
	sed -E "s/(UNB[^']*)\+[0-9]{6}:[0-9]{4}\+/\1+T+/" | sort
}

# answered TOPIC WHAT [doubles]: by the topic each message is answered, once
# but for doubles, which have to be there if they are spoken of
answered()
{
	kafka read "$1" >"$dir/read"
	cut -f 2 "$dir/read" >"$dir/got"
	if [ "${3:-}" = doubles ]; then
		sort "$dir/got" | uniq -d | grep -q . ||
			fail "$2: nothing was sent twice"
		sort -u "$dir/got" -o "$dir/got"
	fi
	no_time <"$dir/got" >"$dir/now"
	cmp -s "$dir/now" "$dir/expected" || {
		diff "$dir/expected" "$dir/now" | cut -c 1-150 | head -n 6
		fail "$2: not the answers expected"
	}
	[ "$(sql 'SELECT count(*) FROM ops.outbox')" -eq 0 ] ||
		fail "$2: the outbox is not empty"
}

topic=day
group=replies
settings 2
broker
kafka topic $topic 12
for name in whole killed shared late; do
	[ $name = late ] || kafka topic $name 3
done
"$paxgate" gen --out "$dir/day" --seed 14 --flights 16 >/dev/null
# a test; one in which nothing can be read, one without a message
sed "s/^UNB.*'/UNB+UNOA:4+X9APIS:ZZ+PIUXX:ZZ+261114:0915+T1++APIS++1++1'/" \
	tests/golden/paxlst-combined.edi >"$dir/day/zx.edi"
echo "UNB+UNOA:4+X9+PIU+261114:0915+E1'UNH+1+PAXLST:D:05B:UN'UNT+2+1'UNZ+1+E1'" \
	>"$dir/day/zy.edi"
echo "UNB+UNOA:4+X9+PIU+261114:0915+E2'UNZ+0+E2'" >"$dir/day/zz.edi"
set -- "$dir"/day/*.edi
nr=$#
"$paxgate" reply "$@" | no_time >"$dir/expected"
[ "$(uniq -d "$dir/expected")" = "" ] || fail "one answer to two messages"
agreed whole
fresh
"$paxgate" push -c "$dir/one.yaml" "$@" >/dev/null

"$paxgate" run -c "$dir/one.yaml" --drain >"$dir/out"
answered whole "an unbroken run"
grep -q " $(wc -l <"$dir/expected") replies sent" "$dir/out" ||
	fail "replies are not counted: $(cat "$dir/out")"
grep '^null	' "$dir/read" && fail "an answer without a key"

# the test: answered as one, counted, and nothing of it kept
grep -q "++++++1'UNH+1+CONTRL.*UCI+T1+" "$dir/got" &&
	grep -q "++APIS++++1'UNH+1+CUSRES" "$dir/got" ||
	fail "the test is not answered by a test"
[ "$(sql "SELECT n FROM ops.counter WHERE code = 'test-message'")" = 1 ] ||
	fail "the test is not counted"
[ "$(sql "SELECT count(*) FROM pax.flight WHERE number = '417'
	AND departs::date = '2026-11-14'")" -eq 0 ] || fail "the test is stored"

# killed before a transaction's end, after it, and between the broker's word
# and the row's end; the last sends twice
agreed killed
empty
for at in copied:5:kill claimed:4:kill committed:3:kill sent:1:kill; do
	rc=0
	PAXGATE_FAULT=$at "$paxgate" run -c "$dir/one.yaml" --drain \
		>"$dir/out" 2>&1 || rc=$?
	[ $rc -eq 137 ] || fail "$at: exit $rc: $(cat "$dir/out")"
done
"$paxgate" run -c "$dir/one.yaml" --drain >"$dir/out"
answered killed "a killed engine" doubles

# two engines, one outbox
agreed shared
empty
"$paxgate" run -c "$dir/first.yaml" --drain >"$dir/out.a" &
engine=$!
"$paxgate" run -c "$dir/second.yaml" --drain >"$dir/out.b"
wait $engine || fail "first engine: exit $?"
answered shared "two engines"

# a topic that is not there: messages are stored, answers wait
agreed late
empty
"$paxgate" run -c "$dir/one.yaml" >"$dir/out" 2>"$dir/log" &
engine=$!
wait_for "$nr"
tries=0
until grep -q replies-wait "$dir/log"; do
	tries=$((tries + 1))
	[ $tries -lt 300 ] || fail "nobody says that the topic is away"
	sleep 0.1
done
[ "$(sql 'SELECT count(*) FROM ops.outbox')" -eq "$(wc -l <"$dir/expected")" ] ||
	fail "answers are lost while the topic is away"
sleep 13 # it tries again, and does not say so again
kafka topic late 3
tries=0
until [ "$(sql 'SELECT count(*) FROM ops.outbox')" -eq 0 ]; do
	tries=$((tries + 1))
	[ $tries -lt 600 ] || fail "never sent: $(cat "$dir/log")"
	sleep 0.1
done
kill $engine
wait $engine || fail "topic away: exit $?: $(cat "$dir/log")"
[ "$(grep -c replies-wait "$dir/log")" -eq 1 ] ||
	fail "said more than once: $(cat "$dir/log")"
answered late "a topic that came late"

# no topic, no answers
agreed '""'
empty
"$paxgate" run -c "$dir/one.yaml" --drain >/dev/null
[ "$(sql 'SELECT count(*) FROM ops.outbox')" -eq 0 ] || fail "answers to nobody"
