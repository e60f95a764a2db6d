#!/bin/sh
# soak.sh - what takes long: each fuzzer for SECONDS_EACH (default: 30), dirty
# messages with other dice, SETS (default: 60) of 40,000 random pairs of profile
# and traveller, QUERIES (default: 1000000) of the watchlist index at each of six
# thresholds, half of them by either of two processes (two hours of a core), KILLS
# (default: 100) kills of the engine, CUTS (default: 300) connections cut, a full
# disk of the broker, and engines on hosts of their own, of which STORM (default:
# 20) come and go; and MINUTES (default: 60) of one day after the other, in which
# memory has to stay what it is
set -eu
cd "$(dirname "$0")/.."
unset MAKEFLAGS MFLAGS MAKELEVEL
make --no-print-directory -s -j2 fuzz-build
SEED=0 tests/fuzz/run.sh build/clang-fuzz "${SECONDS_EACH:-30}"
make --no-print-directory -s -j2 unit
DIRT_SEEDS=${DIRT_SEEDS:-200} build/tests/t_dirt
PAXGATE_SETS=${SETS:-60} CK_TIMEOUT_MULTIPLIER=60 \
	build/tests/t_rules_compiled
# Each pair is scored once for all thresholds.
queries() {
	PAXGATE_SEED=$1 PAXGATE_QUERIES=$((${QUERIES:-1000000} / 2)) \
		CK_TIMEOUT_MULTIPLIER=3600 build/tests/t_watchlist_index
}
queries 1 &
other=$!
good=0
queries 2 || good=1
wait "$other" || good=1
[ $good = 0 ]
make --no-print-directory -s -j2 all stream-tools
KILLS=${KILLS:-100} sh tests/stream/kill.sh
sh tests/soak/bench.sh
CUTS=${CUTS:-300} SILENT='kafka database' \
	SITES='begin copied claimed committed' sh tests/soak/cut.sh
sh tests/soak/broker_disk.sh
STORM=${STORM:-20} sh tests/soak/hosts.sh
MINUTES=${MINUTES:-60} sh tests/soak/flat.sh
