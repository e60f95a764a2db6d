#!/bin/sh
# reload.sh - profiles are activated, suspended and rolled back again and again
# while messages stream in: none is skipped or read twice, each was screened with
# the version that holds at its offset, and workers hardly pause
. tests/stream/lib.sh
SWAPS=${SWAPS:-6}
port=$((20000 + $$ % 20000))

sql()
{
	psql -qAt "$conninfo" -c "$1"
}

until_true() # WHAT COMMAND...
{
	tries=600 what=$1
	shift
	until "$@"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || fail "waited in vain: $what; $(cat "$dir/err")"
		sleep 0.1
	done
}

profile()
{
	"$paxgate" profile "$@" -c "$dir/run.yaml" >"$dir/said" 2>&1 ||
		fail "profile $*: $(cat "$dir/said")"
}

came()
{
	sql "SELECT coalesce(sum(next_offset), 0) FROM ops.kafka_offset
		WHERE grp NOT LIKE '%.control'"
}

all_came()
{
	[ "$(came)" -eq "$nr" ]
}

more_came() # than NR
{
	[ "$(came)" -gt "$1" ]
}

# what does not depend on the profiles: persons, records, flights
persons()
{
	db_rows | grep -v '^hit '
}

# feed PART: a part of the day is dropped into the folder
feed()
{
	for f in $(awk -v n="$1" -v of=$((SWAPS + 1)) 'NR % of == n' "$dir/files")
	do
		cp "$dir/day/$f" "$dir/part.edi"
		mv "$dir/part.edi" "$dir/drop/$f"
	done
}

start()
{
	mkdir "$dir/drop"
	"$paxgate" run -c "$dir/run.yaml" --feed "$dir/drop" >"$dir/out" \
		2>"$dir/err" &
	engine=$!
	until_true 'the engine starts' grep -q ' profiles version' "$dir/err"
}

stop()
{
	until_true 'all messages' all_came
	curl -sf "http://127.0.0.1:$port/metrics" >"$dir/metrics" || fail metrics
	kill -TERM $engine
	wait $engine || fail "the engine ends with $?; $(cat "$dir/err")"
	rm -rf "$dir/drop"
}

value() # NAME: of a sample
{
	awk -v n="$1" '$1 == n { print $2 }' "$dir/metrics"
}

# registry: all profiles, one of them in two revisions; one is live
registry()
{
	fresh
	profile commit "$dir/profiles"
	profile commit "$dir/second"
	profile activate no-bags-long-stay
	profile activate late-cash-one-way@1
}

"$paxgate" gen --out "$dir/day" --seed 21 --flights 40 --travellers 2000 \
	>/dev/null
ls "$dir/day" | grep '\.edi$' >"$dir/files"
nr=$(wc -l <"$dir/files")
settings 2 "batch_messages: 3"
sed -i "s|profiles: $dir/profiles|profiles: ''|; s/level: warning/level: info/" \
	"$dir/run.yaml"
echo "metrics: {port: $port}" >>"$dir/run.yaml"
mkdir "$dir/second"
sed 's/^revision: 1/revision: 2/' "$dir/profiles/late-cash-one-way.yaml" \
	>"$dir/second/late-cash-one-way.yaml"
"$paxgate" profile approve -c "$dir/approve.yaml" -a tryout -k "$dir/tryout.key" \
	"$dir/second" >/dev/null

# an unbroken run of the day, with one set
registry
start
for part in $(seq 0 "$SWAPS"); do
	feed "$part"
done
stop
persons >"$dir/whole"
[ "$(wc -l <"$dir/whole")" -gt 2000 ] || fail 'an empty day'

# the same day; each part is under way while another set is taken up
registry
start
feed 0
until_true 'some messages' more_came 0
i=0
seen=0
while [ $i -lt "$SWAPS" ]; do
	i=$((i + 1))
	feed $i
	# every other set is seen at work; the next comes amid whatever there is
	[ $((i % 2)) -eq 1 ] || until_true "messages of set $i" more_came "$seen"
	case $((i % 4)) in
	1) profile activate late-cash-one-way@2 ;;
	2) profile rollback late-cash-one-way ;;
	3) profile suspend no-bags-long-stay --reason enough ;;
	0) profile activate no-bags-long-stay ;;
	esac
	grep -q 'holds on pax.raw' "$dir/said" || fail "$(cat "$dir/said")"
	seen=$(came)
done
stop

# none is skipped, none is read twice
topic=$(sql "SELECT DISTINCT topic FROM ops.kafka_offset
	WHERE grp NOT LIKE '%.control'")
in_order 'while profiles change'
persons >"$dir/now"
cmp "$dir/now" "$dir/whole" || {
	diff "$dir/whole" "$dir/now" | cut -c 1-100 | head -n 8
	fail 'other rows than those of an unbroken run'
}

# by version: messages between the offsets at which it and the next one begin to
# hold; by the audit log: messages of the batches that it screened
sql "WITH span AS (SELECT version, coalesce(lead(from_offset) OVER w,
		next_offset) - from_offset AS n
		FROM ops.profile_effect JOIN ops.kafka_offset
			USING (cluster, grp, topic, part)
		WHERE grp NOT LIKE '%.control'
		WINDOW w AS (PARTITION BY part ORDER BY version))
	SELECT left(encode(set_hash, 'hex'), 16), sum(n)
	FROM span JOIN ops.profile_set USING (version)
	GROUP BY 1 HAVING sum(n) > 0 ORDER BY 1" >"$dir/spans"
sql "SELECT line::jsonb ->> 'rule_version',
		sum((line::jsonb ->> 'messages')::int)
	FROM ops.audit WHERE operation = 'COLLECT'
		AND (line::jsonb ->> 'messages')::int > 0
	GROUP BY 1 ORDER BY 1" >"$dir/batches"
cmp "$dir/spans" "$dir/batches" || fail "the versions' offsets say
$(cat "$dir/spans")
and the batches
$(cat "$dir/batches")"
[ "$(wc -l <"$dir/spans")" -ge 3 ] ||
	fail "messages of few sets: $(cat "$dir/spans")"

# each hit is what the profiles gave that its batch was screened with
"$paxgate" replay -c "$dir/run.yaml" --from 2020-01-01 >"$dir/said" ||
	fail "replay: $(cat "$dir/said")"
grep -q ', 0 differ' "$dir/said" || fail "replay: $(cat "$dir/said")"

# every worker has taken up every version; nearly all pauses are short, however
# busy the machine is
swaps=$(value paxgate_profile_swap_seconds_count)
[ "$swaps" -ge "$SWAPS" ] || fail "$swaps pauses of $SWAPS versions"
short=$(value 'paxgate_profile_swap_seconds_bucket{le="0.010000"}')
[ $((short * 2)) -gt "$swaps" ] ||
	fail "$short of $swaps pauses are at most 10 ms"
