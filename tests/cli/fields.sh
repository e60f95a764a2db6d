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
"$paxgate" fields --segments >"$t/segments.md"
diff -u doc/segments.md "$t/segments.md" >&2 ||
	fail "doc/segments.md is old: paxgate fields --segments >doc/segments.md"
"$paxgate" profile notice >"$t/notice.md"
diff -u doc/notice.md "$t/notice.md" >&2 ||
	fail "doc/notice.md is old: paxgate profile notice >doc/notice.md"
# no rule is in it: no profile's name, no threshold, no points
for f in etc/profiles/*.yaml; do
	! grep -q "$(basename "$f" .yaml)" "$t/notice.md" || fail "$f is in the notice"
done
"$paxgate" profile notice --piu 'PIU of Utopia' --contact dpo@piu.example \
	--regimes /dev/null >"$t/out" 2>&1 && fail "a notice without a regime"
# the codes of diagnostics are those that are told, and each is told somewhere
cat parsers/*.c law/*.c | tr '\n\t' '  ' |
	grep -o 'DIAG_[A-Z]*, *"[a-z0-9-]*"' | sed 's/.*"\(.*\)"/\1/' |
	sort -u >"$t/told"
sed -n 's/^DIAG_CODE("\([a-z0-9-]*\)".*/\1/p' parsers/diagnostics.def |
	sort -u >"$t/table"
while read -r code; do
	grep -qx "$code" "$t/table" || fail "diagnostics.def lacks $code"
done <"$t/told"
while read -r code; do
	grep -q "\"$code\"" parsers/*.c law/*.c ||
		fail "diagnostics.def has $code, which nobody tells"
done <"$t/table"
"$paxgate" fields --json | jq -e -s '
	(map(.path) | index("booking.payments[].form") and
	 index("traveller.age") and index("booking.agency.number") and
	 index("trip.type")) and
	all(.[]; .help != "" and .annex >= 0 and .annex <= 19)' >/dev/null ||
	fail "--json lacks a path"
[ "$("$paxgate" fields | wc -l)" -gt 150 ] || fail "the table is short"
"$paxgate" fields nonsense >/dev/null 2>&1 && fail "operands are accepted"
exit 0
