#!/bin/sh
# fields.sh - doc/fields.md is what the program says
set -eu
paxgate=${PAXGATE:-build/paxgate}
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

fail()
{
	echo "fields.sh: $*" >&2
	exit 1
}

"$paxgate" fields --markdown >"$t/fields.md"
diff -u doc/fields.md "$t/fields.md" >&2 ||
	fail "doc/fields.md is old: paxgate fields --markdown >doc/fields.md"
"$paxgate" fields --json | jq -e -s '
	(map(.path) | index("booking.payments[].form") and
	 index("traveller.age") and index("booking.agency.number") and
	 index("trip.type")) and
	all(.[]; .help != "" and .annex >= 0 and .annex <= 19)' >/dev/null ||
	fail "--json lacks a path"
[ "$("$paxgate" fields | wc -l)" -gt 150 ] || fail "the table is short"
"$paxgate" fields nonsense >/dev/null 2>&1 && fail "operands are accepted"
exit 0
