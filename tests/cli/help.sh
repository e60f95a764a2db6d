#!/bin/sh
# help.sh - every command and verb explains itself, with examples
set -eu
paxgate=${PAXGATE:-build/paxgate}
failed=0

# Words that a list of commands begins its lines with.
listed()
{
	sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'
}

explains()
{
	out=$("$paxgate" "$@" --help) || { echo "$*: --help fails"; failed=1; }
	case $out in
	*usage:*examples:*"  paxgate $*"*) ;;
	*) echo "$*: --help without usage or an example"; failed=1 ;;
	esac
}

[ "$("$paxgate" --help | listed | wc -l)" -ge 10 ] || { echo "too few"; exit 1; }
for command in $("$paxgate" --help | listed); do
	verbs=$("$paxgate" "$command" --help | listed)
	if [ -n "$verbs" ]; then
		for verb in $verbs; do
			explains "$command" "$verb"
		done
	else
		explains "$command"
	fi
	rc=0
	"$paxgate" "$command" --no-such-option >/dev/null 2>&1 || rc=$?
	[ $rc -eq 2 ] || { echo "$command: unknown option gives $rc"; failed=1; }
done
exit $failed
