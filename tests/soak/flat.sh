#!/bin/sh
# flat.sh - the engine's resident memory does not grow: days of messages, each
# with other people, go through it for MINUTES (default: 2), and the last third's
# highest is not above the second's by more than a twentieth
. tests/stream/lib.sh

topic=days
group=flat
settings 2
broker
tools/dev/kafka.sh "$dir/kafka" topic $topic 6
member engine '' 64
fresh
"$paxgate" run -c "$dir/engine.yaml" >"$dir/out" 2>"$dir/log" &
engine=$!

# resident: of the engine, in kB
resident()
{
	sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB/\1/p' /proc/$engine/status
}

# highest FROM TO: of those noted on these lines
highest()
{
	sed -n "$1,$2p" "$dir/resident" | sort -n | tail -n 1
}

end_at=$(($(date +%s) + ${MINUTES:-2} * 60))
seed=0
nr=0
while [ "$(date +%s)" -lt $end_at ]; do
	seed=$((seed + 1))
	"$paxgate" gen --force --out "$dir/day" --seed $seed --flights 10 \
		>/dev/null
	"$paxgate" push -c "$dir/engine.yaml" "$dir"/day/*.edi >/dev/null
	nr=$((nr + $(ls "$dir"/day/*.edi | wc -l)))
	until [ "$(committed)" -ge $nr ]; do
		kill -0 $engine || fail "ended: $(cat "$dir/log")"
		sleep 0.2
	done
	resident >>"$dir/resident"
done
kill $engine
wait $engine || fail "exit $?: $(cat "$dir/log")"
looks=$(wc -l <"$dir/resident")
[ "$looks" -ge 9 ] || fail "only $looks days: more MINUTES"
second=$(highest $((looks / 3 + 1)) $((2 * looks / 3)))
last=$(highest $((2 * looks / 3 + 1)) "$looks")
echo "$looks days, $nr messages: resident $second kB, later $last kB"
[ $((last * 20)) -le $((second * 21)) ] || fail "it grows: $(tr '\n' ' ' <"$dir/resident")"
