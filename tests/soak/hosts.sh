#!/bin/sh
# hosts.sh - engines on hosts of their own: network namespaces, joined by a bridge
# to a third that has broker and database. A host that is cut off for longer than
# its session loses its partitions and gets others when it is back; a broker that
# nobody reaches holds everybody up; engines of four workers come and go. All of
# it leaves what one engine leaves that nobody disturbs
#
# STORM (default: 6) engines come and go. For root, with iproute2.
. tests/stream/lib.sh
id=pg$$
trap 'end; unmake' EXIT

# ---- the hosts: pgN-0 has the services, the others an engine each
on()
{
	host=$id-$1
	shift
	ip netns exec "$host" "$@"
}

unmake()
{
	for n in 0 1 2; do
		ip netns del "$id-$n" 2>/dev/null || true
	done
}

# host NUMBER: a namespace whose wire ends at the bridge of the first
host()
{
	ip netns add "$id-$1"
	ip -n "$id-$1" link set lo up
	[ "$1" -gt 0 ] || return 0
	ip link add "$id-a" netns "$id-$1" type veth \
		peer name "wire$1" netns "$id-0"
	ip -n "$id-0" link set "wire$1" master bridge up
	ip -n "$id-$1" addr add "10.77.0.$1/24" dev "$id-a"
	ip -n "$id-$1" link set "$id-a" up
}

unmake
host 0
ip -n "$id-0" link add bridge type bridge
ip -n "$id-0" addr add 10.77.0.10/24 dev bridge
ip -n "$id-0" link set bridge up
host 1
host 2

# wire NUMBER up|down: plug it in, or pull it out
wire()
{
	ip -n "$id-0" link set "wire$1" "$2"
}

# ---- broker and database on theirs
sed -i "s/^listen_addresses.*/listen_addresses = '10.77.0.10'/" \
	"$dir/pg/data/postgresql.conf"
echo 'host all all 10.77.0.0/24 trust' >>"$dir/pg/data/pg_hba.conf"
tools/dev/pg.sh "$dir/pg" stop
on 0 tools/dev/pg.sh "$dir/pg" start >/dev/null
mkdir "$dir/kafka"
broker=$(KAFKA_HOST=10.77.0.10 on 0 tools/dev/kafka.sh "$dir/kafka" start)

topic=day
group=hosts
settings 2
on 0 tools/dev/kafka.sh "$dir/kafka" topic $topic 12
"$paxgate" gen --out "$dir/day" --seed 31 --flights 40 \
	--travellers 2500 >/dev/null
set -- "$dir"/day/*.edi
nr=$#
fresh
user=$(psql -qAt "$conninfo" -c 'SELECT current_user')
name=$(psql -qAt "$conninfo" -c 'SELECT current_database()')
port=$(psql -qAt "$conninfo" -c 'SHOW port')

# engine_of HOST INSTANCE WORKERS: settings for an engine there
engine_of()
{
	settings "$3"
	member "$1" "$2" 1
	sed -i "s|uri: \"[^\"]*\"|uri: \"host=10.77.0.10 port=$port \
user=$user dbname=$name connect_timeout=2\"|" "$dir/$1.yaml"
}

# start HOST: an engine on it in the background; sets $engine
start()
{
	ip netns exec "$id-$1" "$paxgate" run -c "$dir/$1.yaml" \
		>"$dir/out.$1" 2>"$dir/log.$1" &
	engine=$!
}

# stop PID HOST: by SIGTERM, with code 0
stop()
{
	kill "$1"
	wait "$1" || fail "engine on $2: exit $?: $(cat "$dir/log.$2")"
}

# ---- one engine that nobody disturbs
engine_of 1 a 2
engine_of 2 b 2
on 0 "$paxgate" push -c "$dir/1.yaml" "$@" >"$dir/out"
grep -qx "$nr sent, 0 refused" "$dir/out" || fail "push: $(cat "$dir/out")"
on 1 "$paxgate" run -c "$dir/1.yaml" --drain >"$dir/out"
everything >"$dir/whole"
[ "$(committed)" -eq "$nr" ] || fail "$(committed) of $nr committed"

# both NAME: two engines, amid their work
both()
{
	empty
	start 1
	one=$engine
	start 2
	two=$engine
	wait_for 12
	amid "$1"
}

# ends NAME: all is read, both end well, and it is the same
ends()
{
	wait_for "$nr"
	stop $one 1
	stop $two 2
	same "$1"
	in_order "$1"
}

# ---- a host cut off for longer than its session
both 'a host cut off'
wire 1 down
before=$(committed)
sleep 6
[ "$(committed)" -gt "$before" ] || fail 'the other host does not go on'
grep -q 'has failed, removing it' "$dir/kafka/log" ||
	fail 'a host cut off is still in the group'
wire 1 up
ends 'a host cut off'

# ---- the broker cut off from everybody
both 'the broker cut off'
ip -n "$id-0" link set bridge down
sleep 6
amid 'the broker cut off'
kill -0 $one && kill -0 $two || fail 'the broker cut off: an engine ended'
ip -n "$id-0" link set bridge up
ends 'the broker cut off'

# ---- engines of four workers come and go
engine_of 1 '' 4
engine_of 2 '' 4
empty
start 1
one=$engine
wait_for 4
times=0
while [ $times -lt "${STORM:-6}" ]; do
	start 2
	two=$engine
	sleep 0.$(shuf -n 1 -i 100-999)
	sleep $((times % 2))
	stop $two 2
	times=$((times + 1))
done
wait_for "$nr"
stop $one 1
same 'a storm of rebalances'
in_order 'a storm of rebalances'
