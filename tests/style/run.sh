#!/bin/sh
# run.sh - runs every style check; prints its name and the offenders
#
# A check is a script beside this one that prints offenders, one a line, and
# nothing when all is well. Checks run from the project's root.
set -u
cd "$(dirname "$0")/../.." || exit 2
bad=0
for check in tests/style/*.sh; do
	name=$(basename "$check" .sh)
	case $name in run | files) continue ;; esac
	found=$(sh "$check" 2>&1)
	if [ -n "$found" ]; then
		printf 'FAIL %s\n%s\n' "$name" "$found" | sed '2,$s/^/	/'
		bad=1
	else
		printf 'ok   %s\n' "$name"
	fi
done
exit $bad
