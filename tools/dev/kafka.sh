#!/bin/sh
# kafka.sh - a private Apache Kafka in a folder, one node, for tests
#
#	kafka.sh DIR start [TLS]	start it, wait, print its address. TLS, for
#					the first start: a folder with broker.pem
#					(key and certificate for localhost), and
#					user and password, each a line: the
#					broker has a listener for them, too
#	kafka.sh DIR stop		stop it and wait
#	kafka.sh DIR secure		the address of that listener: localhost, TLS
#					and SCRAM-SHA-256
#	kafka.sh DIR status		the address, or "stopped" and exit 3
#	kafka.sh DIR pid		the broker's process, or exit 3
#	kafka.sh DIR wipe		end it and remove all it wrote
#	kafka.sh DIR topic NAME PARTITIONS
#					make a topic, and wait until it is there
#	kafka.sh DIR set NAME KEY=VALUE	change a topic's setting
#	kafka.sh DIR drop NAME		remove a topic
#	kafka.sh DIR read NAME		print a topic's messages, each on a line:
#					key, tab, value
#	kafka.sh DIR forget NAME PARTITION OFFSET
#					drop a partition's messages before OFFSET
#
# Anybody may run it; it listens on 127.0.0.1 only, on ports chosen at the first
# start and kept, and cannot tell who connects but by TLS. start is idempotent and
# gets over a kill -9. The jars come from Maven Central once and are shared:
# PAXGATE_KAFKA_JARS, or paxgate/kafka in the user's cache folder. Needs Java
# 17 and, for the first time, Maven: `java` and `mvn`, or JAVA and MVN.
# KAFKA_PROXY: the port that clients are sent to instead, of who passes it on.
# KAFKA_HOST: the address for clients (default: 127.0.0.1), of a namespace.
# Exit codes: 0 ok, 2 usage, 3 stopped, 70 broken, 75 try again.
set -u

die()
{
	code=$1
	shift
	echo "kafka.sh: $*" >&2
	exit "$code"
}

usage()
{
	sed -n '2,/^set -u/{/^#/s/^#[ ]\{0,1\}//p}' "$0" >&2
	exit 2
}

[ $# -ge 2 ] || usage
here=$(cd "$(dirname "$0")" && pwd -P)
mkdir -p "$1" || die 70 "cannot make folder '$1'"
root=$(cd "$1" && pwd -P) || die 70 "cannot enter folder '$1'"
verb=$2
tls=
shift 2
conf=$root/server.properties
log=$root/log
host=${KAFKA_HOST:-127.0.0.1}
jars=${PAXGATE_KAFKA_JARS:-${XDG_CACHE_HOME:-$HOME/.cache}/paxgate/kafka}
java=${JAVA:-${JAVA_HOME:+$JAVA_HOME/bin/}java}
mvn=${MVN:-mvn}
# serial collector and first compiler only: quick to start, and small
flags='-Xms128m -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1'

# run CLASS ARGUMENT...: one of Kafka's programs
run()
{
	"$java" $flags -Dlog4j.configuration="file:$root/log4j.properties" \
		-cp "$jars/lib/*" "$@"
}

# The broker's process, if it runs and is ours: after a restart of the machine
# the number in the file may be a stranger's.
broker()
{
	pid=$(cat "$root/pid" 2>/dev/null) && [ -n "$pid" ] &&
		tr "\0" "\n" 2>/dev/null <"/proc/$pid/cmdline" |
		grep -qxF "$conf" && echo "$pid"
}

# Copy the jars, whole or not at all; a second run at the same time waits.
fetch()
{
	command -v "$java" >/dev/null ||
		die 70 "no '$java' here; run tools/dev/setup.sh, or set JAVA"
	sum=$(cksum <"$here/kafka-pom.xml")
	[ "$(cat "$jars/pom.sum" 2>/dev/null)" = "$sum" ] && return
	command -v "$mvn" >/dev/null ||
		die 70 "no '$mvn' here; run tools/dev/setup.sh, or set MVN"
	mkdir -p "$jars" || die 70 "cannot make folder '$jars'"
	(
		flock -w 300 9 || die 75 "another run holds '$jars/lock'"
		[ "$(cat "$jars/pom.sum" 2>/dev/null)" = "$sum" ] && exit 0
		echo "kafka.sh: fetching Kafka's jars into $jars" >&2
		rm -rf "$jars/new"
		"$mvn" -q -B -f "$here/kafka-pom.xml" \
			dependency:copy-dependencies -DincludeScope=runtime \
			-DoutputDirectory="$jars/new" >"$jars/mvn.log" 2>&1 9>&- || {
			tail -n 5 "$jars/mvn.log" >&2
			die 75 "Maven cannot fetch Kafka's jars"
		}
		rm -rf "$jars/lib" && mv "$jars/new" "$jars/lib" &&
			echo "$sum" >"$jars/pom.sum"
	) 9>"$jars/lock" || exit
}

# A loopback port nobody listens on, below those given to clients.
free_port()
{
	while :; do
		port=$(shuf -n 1 -i 10240-32000)
		grep -qi " [0-9A-F]*:$(printf %04X "$port") .* 0A " \
			/proc/net/tcp /proc/net/tcp6 2>/dev/null || break
	done
	echo "$port"
}

# The listener with TLS, in the format of server.properties.
secure_listener()
{
	port=$(free_port)
	echo "localhost:$port" >"$root/secure"
	sed "/^listeners=/s|\$|,SECURE://127.0.0.1:$port|
		/^advertised/s|\$|,SECURE://localhost:$port|
		/^listener.security/s|\$|,SECURE:SASL_SSL|" "$conf.new"
	cat <<-EOF
		listener.name.secure.ssl.keystore.type=PEM
		listener.name.secure.ssl.keystore.location=$tls/broker.pem
		listener.name.secure.sasl.enabled.mechanisms=SCRAM-SHA-256
		listener.name.secure.scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
	EOF
}

configure()
{
	plain=$(free_port)
	quorum=$(free_port)
	rm -rf "$root/data"
	# a restart waits for the end of the last start's broker session
	cat >"$conf.new" <<-EOF
		process.roles=broker,controller
		node.id=1
		controller.quorum.voters=1@127.0.0.1:$quorum
		listeners=CLIENT://$host:$plain,QUORUM://127.0.0.1:$quorum
		advertised.listeners=CLIENT://$host:${KAFKA_PROXY:-$plain}
		inter.broker.listener.name=CLIENT
		controller.listener.names=QUORUM
		listener.security.protocol.map=CLIENT:PLAINTEXT,QUORUM:PLAINTEXT
		log.dirs=$root/data
		auto.create.topics.enable=false
		message.max.bytes=8388608
		replica.fetch.max.bytes=8388608
		offsets.topic.replication.factor=1
		offsets.topic.num.partitions=4
		transaction.state.log.replication.factor=1
		transaction.state.log.min.isr=1
		group.initial.rebalance.delay.ms=0
		group.min.session.timeout.ms=1000
		broker.session.timeout.ms=1500
		broker.heartbeat.interval.ms=300
		controller.quorum.election.timeout.ms=300
		controller.quorum.fetch.timeout.ms=600
		num.network.threads=2
		num.io.threads=2
		log.cleaner.enable=false
	EOF
	cat >"$root/log4j.properties" <<-EOF
		log4j.rootLogger=WARN,out
		log4j.logger.kafka.server.KafkaRaftServer=INFO
		log4j.logger.kafka.coordinator.group.GroupCoordinator=INFO
		log4j.appender.out=org.apache.log4j.ConsoleAppender
		log4j.appender.out.target=System.err
		log4j.appender.out.layout=org.apache.log4j.PatternLayout
		log4j.appender.out.layout.ConversionPattern=%d %p %m%n
	EOF
	if [ "$tls" ]; then
		secure_listener >"$conf.tls" && mv "$conf.tls" "$conf.new"
		set -- --add-scram "SCRAM-SHA-256=[name=$(cat "$tls/user"
			),password=$(cat "$tls/password")]"
	fi
	# the id is random: offsets kept by it never meet another cluster
	run kafka.tools.StorageTool format -c "$conf.new" -t "$(
		run kafka.tools.StorageTool random-uuid 2>/dev/null)" "$@" \
		>"$root/format.log" 2>&1 || {
		tail -n 5 "$root/format.log" >&2
		die 70 "cannot format '$root/data'"
	}
	mv "$conf.new" "$conf"
	echo "$host:$plain" >"$root/address"
}

# Start and wait for the broker's own word that it serves.
launch()
{
	: >"$log"
	(
		cd "$root" || exit
		# a session of its own: Ctrl-C in a test is not for the broker
		setsid "$java" $flags \
			-Dlog4j.configuration="file:$root/log4j.properties" \
			-cp "$jars/lib/*" kafka.Kafka "$conf" \
			>>"$log" 2>&1 </dev/null 9>&- &
		echo $! >"$root/pid"
	)
	tries=0
	until grep -q 'Kafka Server started' "$log"; do
		broker >/dev/null || [ $tries -lt 20 ] || return 1
		tries=$((tries + 1))
		[ $tries -le 600 ] || return 1
		sleep 0.1
	done
}

start()
{
	fetch
	exec 9>"$root/lock"
	flock -w 90 9 || die 75 "another start holds '$root/lock'"
	if [ ! -s "$conf" ]; then
		configure 9>&-
		# somebody may have taken a port meanwhile: choose again
		launch || { end KILL && configure 9>&-; }
	fi
	broker >/dev/null || launch || {
		end KILL
		tail -n 5 "$log" >&2
		die 75 "the broker in '$root' does not start"
	}
	cat "$root/address"
}

# end SIGNAL: end the broker and wait until it is gone.
end()
{
	pid=$(broker) || return 0
	kill -"$1" "$pid" 2>/dev/null
	tries=0
	while kill -0 "$pid" 2>/dev/null; do
		tries=$((tries + 1))
		[ $tries -le 300 ] ||
			die 70 "the broker in '$root' does not end"
		sleep 0.1
	done
	rm -f "$root/pid"
}

# tool CLASS ARGUMENT...: one of Kafka's tools, on this broker.
tool()
{
	broker >/dev/null || die 75 "the broker in '$root' is stopped"
	class=$1
	shift
	run "$class" --bootstrap-server "$(cat "$root/address")" "$@" \
		>"$root/tool.log" 2>&1 || {
		tail -n 5 "$root/tool.log" >&2
		die 70 "Kafka's tool refuses"
	}
}

case $verb:$# in
start:0 | start:1)
	tls=${1:+$(cd "$1" && pwd -P)} || die 70 "cannot enter folder '$1'"
	start
	;;
secure:0) cat "$root/secure" 2>/dev/null || exit 3 ;;
stop:0) end TERM ;;
status:0)
	if broker >/dev/null; then
		cat "$root/address"
	else
		echo stopped
		exit 3
	fi
	;;
pid:0) broker || exit 3 ;;
wipe:0)
	end KILL
	(cd "$root" && rm -rf data server.properties* log4j.properties address \
		secure log format.log tool.log forget.json lock pid)
	rmdir "$root" 2>/dev/null || true
	;;
topic:2)
	tool org.apache.kafka.tools.TopicCommand --create --topic "$1" \
		--partitions "$2" --replication-factor 1
	;;
set:2)
	tool kafka.admin.ConfigCommand --alter --entity-type topics \
		--entity-name "$1" --add-config "$2"
	;;
drop:1) tool org.apache.kafka.tools.TopicCommand --delete --topic "$1" ;;
read:1)
	tool org.apache.kafka.tools.consumer.ConsoleConsumer --topic "$1" \
		--from-beginning --timeout-ms 3000 --property print.key=true
	# not what the tool says of itself, nor how its time-out came about
	grep "^[^	 ][^	 ]*	" "$root/tool.log" || true
	;;
forget:3)
	cat >"$root/forget.json" <<-EOF
		{"version": 1, "partitions":
		 [{"topic": "$1", "partition": $2, "offset": $3}]}
	EOF
	tool org.apache.kafka.tools.DeleteRecordsCommand \
		--offset-json-file "$root/forget.json"
	;;
*) usage ;;
esac
