#!/bin/sh
# baddays.sh - bad days on a real Kafka, each ending with the rows of a good one:
# the database's disk is full, a lock is held for longer than the group's
# session, the wall clock jumps; and messages at, below and above the limit,
# not sealed for us, or of nonsense, are set aside without holding up others
. tests/stream/lib.sh
small=$dir/small
trap 'umount "$small" 2>/dev/null || true; end' EXIT

sql()
{
	psql -qAt "$conninfo" -c "$1"
}

# start FILE: the engine in the background, with those settings
start()
{
	"$paxgate" run -c "$1" --drain >"$dir/out" 2>"$dir/log" &
	engine=$!
}

# goes_on WHAT: it is still there, in its group, and ends the day exactly
goes_on()
{
	kill -0 $engine 2>/dev/null || fail "$1: it ended: $(cat "$dir/log")"
	wait $engine || fail "$1: exit $?: $(cat "$dir/log")"
	same "$1"
}

# ends SECONDS WHAT: within so many seconds, by itself, with code 0
ends()
{
	tries=$(($1 * 10))
	while kill -0 $engine 2>/dev/null; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || fail "$2: it does not end"
		sleep 0.1
	done
	wait $engine || fail "$2: exit $?: $(cat "$dir/log")"
}

# says WHAT PATTERN: within 20 s its log does
says()
{
	tries=0
	until grep -q "$2" "$dir/log"; do
		tries=$((tries + 1))
		[ $tries -lt 200 ] || fail "$1: no '$2' in: $(cat "$dir/log")"
		sleep 0.1
	done
}

topic=day
group=one
settings 2
sed -i 's/^log:.*/log: {level: info}/' "$dir/run.yaml"
broker
tools/dev/kafka.sh "$dir/kafka" topic $topic 6
"$paxgate" gen --out "$dir/day" --seed 21 --flights 8 >/dev/null
set -- "$dir"/day/*.edi
nr=$#
member slow '' 1
fresh
"$paxgate" push -c "$dir/slow.yaml" "$@" >"$dir/out"
start "$dir/slow.yaml"
wait $engine || fail "the good day: exit $?: $(cat "$dir/log")"
everything >"$dir/whole"

# a lock that outlasts both time-outs and the session: it waits and goes on
empty
start "$dir/slow.yaml"
wait_for 3
psql -q "$conninfo" -c 'BEGIN; LOCK TABLE pax.traveller IN EXCLUSIVE MODE;
	SELECT pg_sleep(5); COMMIT' >/dev/null
amid "a slow database"
says "a slow database" "a lock was not free in time"
goes_on "a slow database"

# the wall clock jumps forwards by days and back again, amid the work and while
# the engine waits for more: it stays in its group, reads on, and ends
set_clock()
{
	printf '%+011d' "$1" 1<>"$dir/clock"
}

empty
set_clock 0
CLOCK_FILE=$dir/clock LD_PRELOAD=${BUILD:-build}/tests/clock.so \
	"$paxgate" run -c "$dir/slow.yaml" >"$dir/out" 2>"$dir/log" &
engine=$!
wait_for 3
set_clock $((3 * 86400))
wait_for $((nr / 2))
set_clock 0
amid "a clock that jumps"
wait_for "$nr"
grep -c 'has failed, removing it' "$dir/kafka/log" >"$dir/failed" || true
set_clock $((-200 * 86400))
sleep 5 # longer than the session
grep -c 'has failed, removing it' "$dir/kafka/log" | cmp - "$dir/failed" ||
	fail "a clock that jumps: out of its group"
kill $engine
ends 5 "a clock that jumps"
same "a clock that jumps"

# a disk that is full: what the days' partitions need is on a small one
if mkdir "$small" && mount -t tmpfs -o size=64m tmpfs "$small" 2>/dev/null; then
	chmod 777 "$small"
	mkdir "$small/space"
	chown "$(stat -c %u:%g "$dir/pg/data")" "$small/space"
	sql "CREATE TABLESPACE small LOCATION '$small/space'"
	sql 'ALTER ROLE paxgate SET default_tablespace = small'
	empty
	start "$dir/slow.yaml"
	wait_for 3
	head -c 70000000 /dev/zero >"$small/filler" 2>/dev/null || true
	says "a full disk" "the server's disk is full"
	sleep 4 # longer than the session: it has to stay in its group
	amid "a full disk"
	kill -0 $engine || fail "a full disk ended it: $(cat "$dir/log")"
	rm "$small/filler"
	goes_on "a full disk"
	grep -q database-back "$dir/log" || fail "not back: $(cat "$dir/log")"
	# a line when it begins, no flood; a small batch may go in between
	[ "$(grep -c 'disk is full' "$dir/log")" -le 10 ] ||
		fail "many lines: $(cat "$dir/log")"
	sql 'ALTER ROLE paxgate RESET default_tablespace'
	empty
	sql 'DROP TABLESPACE small'
else
	echo "not run here: a full disk (no tmpfs may be mounted)"
fi

# at, below and above limits.message_bytes, by a producer who knows no limit;
# and what is no message. Blank lines between segments are nobody's.
one=$(ls "$dir"/day/*-1-*.edi | head -n 1)
limit=$(($(stat -c %s "$one") + 5000))
for more in -1 0 1; do
	mkdir "$dir/size$more"
	size=$((limit + more))
	unz=$(grep -abo UNZ "$one" | tail -n 1 | cut -d : -f 1)
	{
		head -c "$unz" "$one"
		head -c $((size - $(stat -c %s "$one"))) /dev/zero | tr '\0' '\n'
		tail -c +$((unz + 1)) "$one"
	} >"$dir/size$more/m.edi"
	[ "$(stat -c %s "$dir/size$more/m.edi")" -eq $size ] || fail "size $more"
done
topic=odd
tools/dev/kafka.sh "$dir/kafka" topic $topic 2
member odd '' 4
sed -i '/^limits:/d' "$dir/odd.yaml"
cp "$dir/odd.yaml" "$dir/anything.yaml"
echo "limits: {message_bytes: $limit}" >>"$dir/odd.yaml"
mkdir "$dir/others"
sed "s|$dir/keys|$dir/others|" "$dir/odd.yaml" >"$dir/others.yaml"
"$paxgate" keys create -c "$dir/others.yaml" >/dev/null
head -c 500 /dev/urandom >"$dir/noise"
empty
"$paxgate" push -c "$dir/anything.yaml" "$dir"/size*/m.edi "$dir/noise" \
	>/dev/null
"$paxgate" push -c "$dir/others.yaml" "$one" >/dev/null
rc=0
"$paxgate" push -c "$dir/odd.yaml" "$dir/size1/m.edi" >"$dir/out" 2>&1 || rc=$?
[ $rc -eq 3 ] && grep -q "size1/m.edi.*$limit" "$dir/out" ||
	fail "push above the limit: exit $rc: $(cat "$dir/out")"
"$paxgate" run -c "$dir/odd.yaml" --drain >"$dir/out" 2>"$dir/log" ||
	fail "odd messages: exit $?: $(cat "$dir/log")"
grep -q '^5 messages.* 3 in quarantine' "$dir/out" ||
	fail "odd messages: $(cat "$dir/out")"
[ "$(sql "SELECT string_agg(code, ' ' ORDER BY code) FROM ops.quarantine")" = \
	"not-for-us unreadable unreadable" ] ||
	fail "$(sql 'SELECT code, sentence FROM ops.quarantine')"
[ "$(sql "SELECT count(*) FROM ops.quarantine
	WHERE sentence LIKE '%$((limit + 1)) bytes%$limit%'")" -eq 1 ] ||
	fail "$(sql 'SELECT code, sentence FROM ops.quarantine')"
[ "$(sql 'SELECT count(*) > 0 FROM pax.traveller')" = t ] ||
	fail "the messages at and below the limit were not read"
for size in -1:0 0:0 1:3; do
	rc=0
	echo "limits: {message_bytes: $limit}" >"$dir/limits.yaml"
	"$paxgate" screen -p "$dir/profiles" -c "$dir/limits.yaml" \
		"$dir/size${size%:*}/m.edi" >"$dir/out" 2>&1 || rc=$?
	[ $rc -eq "${size#*:}" ] || fail "file of $size: $rc: $(cat "$dir/out")"
done
