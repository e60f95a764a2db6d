#!/bin/sh
# replay.sh - paxgate replay: what it refuses before it looks at anything
set -eu
paxgate=${PAXGATE:-build/paxgate}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

# expect CODE PATTERN ARGUMENTS...
expect() {
	code=$1 pattern=$2
	shift 2
	rc=0
	"$paxgate" replay "$@" >"$dir/out" 2>&1 || rc=$?
	if [ "$rc" -ne "$code" ] || ! grep -q -- "$pattern" "$dir/out"; then
		echo "replay $*: exit $rc, not $code, or no '$pattern' in:"
		cat "$dir/out"
		failed=1
	fi
}

hit=20261122-9f3c01d2a4b5c6d7
expect 2 'name hits, or a range'
expect 2 'name hits, or a range' --from 2026-11-22 $hit
expect 2 "'x' is no hit" $hit x
expect 2 "'20261322-1' is no hit" 20261322-1
expect 2 'a time is written' --from tomorrow
expect 2 'a time is written' --from 2026-11-22 --to 2026-11-22T25:00
expect 2 'a time is written' --from ''
expect 4 'purpose and an offence' --purpose oversight $hit
expect 4 'purpose and an offence' --offence 04 $hit
expect 4 'purpose and an offence' --purpose '' --offence 04 $hit
expect 75 'cannot open' -c /dev/null --engine-key "$dir/none" $hit
exit $failed
