#!/bin/sh
# bench.sh [OPTIONS] - paxgate bench pipeline on a Kafka and a PostgreSQL of its
# own, started for it and removed afterwards. OPTIONS are paxgate bench's
set -eu
paxgate=${PAXGATE:-build/paxgate}
dir=$(mktemp -d /tmp/paxgate.XXXXXX)
trap 'tools/dev/kafka.sh "$dir/kafka" wipe
	tools/dev/pg.sh "$dir/pg" wipe >/dev/null
	rm -rf "$dir"' EXIT
trap 'exit 143' HUP INT TERM
mkdir "$dir/kafka"
conninfo=$(tools/dev/pg.sh "$dir/pg" start)
brokers=$(tools/dev/kafka.sh "$dir/kafka" start)
"$paxgate" bench pipeline -d "$conninfo" -b "$brokers" "$@"
