#!/bin/sh
# cut.sh - connections that are cut at any byte, swallow everything for longer
# than a session, or lose the process behind them: what the engine leaves is
# what an undisturbed run leaves
#
# CUTS (default: 6; tests/soak.sh: 300) connections to the database, and as many to the
# broker, by the dice of SEED (default: of the day). SILENT and SITES say which
# is silent, and where the database loses a process; tests/soak.sh asks for all.
. tests/stream/lib.sh
proxy=${BUILD:-build}/tests/proxy
cuts=${CUTS:-6}
seed=${SEED:-$(date +%Y%m%d)}
echo "SEED=$seed"

# between NAME PORT TARGET: a proxy there; sets $proxied, its process
between()
{
	"$proxy" "$2" "$3" "$seed" "$cuts" >"$dir/$1.cut" &
	proxied=$!
}

# engine MEMBER: start it, and have some messages go in
engine()
{
	"$paxgate" run -c "$dir/$1.yaml" >"$dir/out" 2>"$dir/log" &
	engine=$!
	wait_for 3
}

# goes_on WHAT: it does, to the last message, and nothing is otherwise
goes_on()
{
	wait_for "$nr"
	kill $engine
	wait $engine || fail "$1: exit $?: $(cat "$dir/log")"
	same "$1"
	in_order "$1"
}

to_kafka=$(shuf -n 1 -i 32001-32400)
to_database=$(shuf -n 1 -i 32401-32700)
mkdir "$dir/kafka"
plain=$(KAFKA_PROXY=$to_kafka tools/dev/kafka.sh "$dir/kafka" start)
between kafka "$to_kafka" "${plain#*:}"
proxy_kafka=$proxied
between database "$to_database" "$dir/pg/s/.s.PGSQL.5432"
proxy_database=$proxied
broker=127.0.0.1:$to_kafka
topic=day
group=cut
settings 2
tools/dev/kafka.sh "$dir/kafka" topic day 6
"$paxgate" gen --out "$dir/day" --seed 14 --flights 9 >/dev/null
set -- "$dir"/day/*.edi
nr=$#
member whole '' 8
member kafka '' 1
member database '' 1
sed -i "s|uri: \"[^\"]*|uri: \"host=127.0.0.1 port=$to_database user=paxgate dbname=postgres|" \
	"$dir/database.yaml"
fresh
"$paxgate" push -c "$dir/whole.yaml" "$@" >/dev/null
"$paxgate" run -c "$dir/whole.yaml" --drain >/dev/null
everything >"$dir/whole"

# ---- cut at any byte
for what in database kafka; do
	empty
	engine $what
	eval "kill -USR1 \$proxy_$what"
	amid "$what cut"
	goes_on "$what cut"
	[ "$(wc -l <"$dir/$what.cut")" -ge $((cuts / 3)) ] ||
		fail "$what: cut $(wc -l <"$dir/$what.cut") times only"
done

# ---- a network that swallows everything, longer than session and time-outs
for what in ${SILENT:-kafka}; do
	empty
	engine $what
	eval "kill -STOP \$proxy_$what"
	amid "$what silent"
	sleep 4
	kill -0 $engine || fail "$what silent: ended: $(cat "$dir/log")"
	eval "kill -CONT \$proxy_$what"
	goes_on "$what silent"
done

# ---- the database's own process killed, at the named sites of a transaction
for site in ${SITES:-copied}; do
	empty
	PAXGATE_FAULT=$site:4:stop "$paxgate" run -c "$dir/kafka.yaml" \
		>"$dir/out" 2>"$dir/log" &
	engine=$!
	until grep -q '^State:.T' /proc/$engine/status; do
		kill -0 $engine || fail "$site: ended: $(cat "$dir/log")"
		sleep 0.02
	done
	amid "backend at $site"
	kill -9 "$(psql -qAt "$conninfo" -c "SELECT pid FROM pg_stat_activity
		WHERE application_name LIKE 'paxgate worker%' LIMIT 1")"
	kill -CONT $engine
	tools/dev/pg.sh "$dir/pg" start >/dev/null
	goes_on "backend at $site"
done
