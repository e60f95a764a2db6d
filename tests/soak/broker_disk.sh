#!/bin/sh
# broker_disk.sh - the broker's disk is full: it stops, and so do those who hand
# messages in and those who read. With room again and the broker back, what was
# not acknowledged is sent once more, and the day ends as one that nobody
# disturbed. For root, since a small disk is mounted
. tests/stream/lib.sh
small=$dir/kafka/data
trap 'tools/dev/kafka.sh "$dir/kafka" stop; umount "$small" 2>/dev/null || true
	end' EXIT

# A broker with its data on a disk of 96 MiB.
mkdir "$dir/kafka"
tools/dev/kafka.sh "$dir/kafka" start >/dev/null
tools/dev/kafka.sh "$dir/kafka" stop
mv "$small" "$dir/kept"
mkdir "$small"
mount -t tmpfs -o size=96m tmpfs "$small"
cp -a "$dir/kept/." "$small"
broker=$(tools/dev/kafka.sh "$dir/kafka" start)

topic=day
group=disk
settings 2
tools/dev/kafka.sh "$dir/kafka" topic $topic 6
"$paxgate" gen --out "$dir/day" --seed 41 --flights 20 >/dev/null
set -- "$dir"/day/*.edi
nr=$#
member one '' 2
fresh

# push FILE...: hand them in; sets $sent, how many were acknowledged
push()
{
	timeout 20 "$paxgate" push -c "$dir/one.yaml" "$@" \
		>"$dir/out" 2>"$dir/log" || rc=$?
	sent=$(sed -n 's/^\([0-9]*\) sent, .*/\1/p' "$dir/out")
}

# ---- a first part of the day, then the disk is full amid the rest
rc=0
half=$((nr / 2))
first=$(printf '%s\n' "$@" | head -n $half)
rest=$(printf '%s\n' "$@" | tail -n +$((half + 1)))
push $first
[ $rc -eq 0 ] && [ "$sent" -eq $half ] || fail "the first: $(cat "$dir/out")"
"$paxgate" run -c "$dir/one.yaml" >"$dir/run.out" 2>"$dir/run.log" &
engine=$!
wait_for 5
head -c 100000000 /dev/zero >"$small/filler" 2>/dev/null || true
push $rest
[ $rc -ne 0 ] || fail "all acknowledged by a full disk: $(cat "$dir/out")"
! tools/dev/kafka.sh "$dir/kafka" pid >"$dir/out" ||
	fail 'the disk is not full: the broker still runs'
sleep 4 # longer than the session
kill -0 $engine || fail "the engine ended: $(cat "$dir/run.log")"

# ---- room again: what was not acknowledged is sent once more
rm "$small/filler"
tools/dev/kafka.sh "$dir/kafka" start >/dev/null
rc=0
push $rest
[ $rc -eq 0 ] && [ "$sent" -eq $((nr - half)) ] || fail "with room again: $(cat "$dir/log")"
wait_for "$nr"
kill $engine
wait $engine || fail "exit $?: $(cat "$dir/run.log")"
"$paxgate" run -c "$dir/one.yaml" --drain >"$dir/out"
"$rows" files "$dir/one.yaml" "$@" | sort >"$dir/files"
db_rows | grep -E '^(traveller|hit) ' | cmp - "$dir/files" ||
	fail "the rows are not those of the files"
in_order 'a full disk'
