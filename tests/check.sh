#!/bin/sh
# check.sh [san] - builds and runs every test; last line "N passed, N failed"
#
# Unit, golden and property tests run with AddressSanitizer and UBSan; scripts
# of tests/cli and tests/stream run the release build. Prints one line a
# group, and what a failing test said. `san` runs the sanitised ones alone.
# JOBS (default: 2) tests run at a time, and beside them, once all is built,
# those that have a Kafka one by one: most of their time they wait for it.
set -u
cd "$(dirname "$0")/.." || exit 2
unset MAKEFLAGS MFLAGS MAKELEVEL
jobs=${JOBS:-2}
BUILD=${BUILD:-build}
export BUILD # in the environment: the Makefile may add to it
build=$BUILD
logs=$(mktemp -d)
kafka_lane=
trap '[ -z "$kafka_lane" ] || kill $kafka_lane 2>/dev/null; rm -rf "$logs"' EXIT
trap 'exit 143' HUP INT TERM
passed=0
failed=0

# group NAME PASSED FAILED SINCE: add to the sum and say so
group()
{
	passed=$((passed + $2))
	failed=$((failed + $3))
	printf '%-10s %4d passed, %d failed (%d s)\n' "$1" "$2" "$3" \
		$(($(date +%s) - $4))
}

# single NAME COMMAND...: a test that passes when the command does
single()
{
	name=$1
	shift
	since=$(date +%s)
	if "$@" >"$logs/out" 2>&1; then
		group "$name" 1 0 "$since"
	else
		tail -n 60 "$logs/out"
		group "$name" 0 1 "$since"
	fi
}

# programs NAME SECONDS AT_ONCE FILE...: run each; exit 0 passes. Check's
# closing line, "100%: Checks: 6, Failures: 0, Errors: 0", counts for many.
programs()
{
	name=$1 limit=$2 at_once=$3
	shift 3
	since=$(date +%s)
	run=$logs/run-$name
	mkdir "$run"
	[ $# -gt 0 ] || return 0
	printf '%s\n' "$@" | xargs -P "$at_once" -I{} sh -c '
		out=$1/$(echo "$2" | tr / _)
		case $2 in *.sh) set -- "$@" sh ;; *) set -- "$@" env ;; esac
		timeout -k 5 "$3" "$4" "$2" >"$out" 2>&1 || echo $? >"$out.rc"
		exit 0' sh "$run" {} "$limit"
	good=0
	bad=0
	for one; do
		out=$run/$(echo "$one" | tr / _)
		tally=$(sed -n 's/^[0-9]*%: Checks: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\)$/\1 \2 \3/p' "$out" | tail -n 1)
		wrong=0
		[ ! -e "$out.rc" ] || wrong=1
		if [ -n "$tally" ]; then
			set_tally $tally
		else
			checks=1
		fi
		if [ "$wrong" -gt 0 ]; then
			echo "--- $one (exit $(cat "$out.rc")):"
			tail -n 60 "$out"
			[ -z "$tally" ] || [ "$broken" -eq 0 ] ||
				wrong=$broken
		fi
		good=$((good + checks - wrong))
		bad=$((bad + wrong))
	done
	group "$name" $good $bad "$since"
}

set_tally()
{
	checks=$1
	broken=$(($2 + $3))
}

finish()
{
	echo "$passed passed, $failed failed"
	[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
	exit
}

# A build that fails ends it: nothing behind it would mean anything.
compile()
{
	name=$1
	shift
	before=$failed
	single "$name" make --no-print-directory -s -j"$jobs" "$@"
	[ "$failed" -eq "$before" ] || finish
}

sanitised()
{
	export UBSAN_OPTIONS=print_stacktrace=1
	PAXGATE=$build/san/paxgate
	export PAXGATE
	programs unit 300 "$jobs" $(ls "$build"/san/tests/t_* 2>/dev/null |
		grep -v '\.d$')
	programs golden 300 "$jobs" $(ls tests/golden/*.sh 2>/dev/null)
	programs property 300 "$jobs" $(ls tests/property/*.sh 2>/dev/null)
}

style()
{
	since=$(date +%s)
	tests/style/run.sh >"$logs/style" 2>&1
	grep -v '^ok ' "$logs/style"
	group style "$(grep -c '^ok ' "$logs/style")" \
		"$(grep -c '^FAIL ' "$logs/style")" "$since"
}

# What has a Kafka, in a process of its own: kafka_begin FILE..., kafka_end
kafka_begin()
{
	(
		passed=0 failed=0
		programs kafka 900 1 "$@"
		echo "$passed $failed" >"$logs/kafka.sum"
	) >"$logs/kafka.out" 2>&1 &
	kafka_lane=$!
}

kafka_end()
{
	wait $kafka_lane
	kafka_lane=
	cat "$logs/kafka.out"
	set -- $(cat "$logs/kafka.sum" || echo 0 1)
	passed=$((passed + $1))
	failed=$((failed + $2))
}

case ${1:-} in
'') ;;
san)
	compile build-san SAN=1 all unit
	sanitised
	finish
	;;
*)
	echo "usage: tests/check.sh [san]" >&2
	exit 2
	;;
esac

compile build all stream-tools
compile build-san SAN=1 all unit
compile build-fuzz fuzz-build
style
beside=
alone=
for one in tests/stream/*.sh; do
	case $one in */lib.sh) continue ;; esac # sourced by the others
	if grep -qE '^broker$|dev/kafka\.sh' "$one"; then
		alone="$alone $one"
	else
		beside="$beside $one"
	fi
done
PAXGATE=$build/paxgate
export PAXGATE
kafka_begin $alone
programs cli 300 "$jobs" $(ls tests/cli/*.sh 2>/dev/null)
programs stream 900 "$jobs" $beside
single fuzz tests/fuzz/run.sh "$build/clang-fuzz" 5
sanitised
kafka_end
compile clang clang
finish
