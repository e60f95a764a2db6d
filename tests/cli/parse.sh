#!/bin/sh
# parse.sh - one JSON object a message, exit codes, nothing that law forbids
set -eu
paxgate=${PAXGATE:-build/paxgate}
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT

fail()
{
	echo "parse.sh: $*" >&2
	exit 1
}

# $1: exit code wanted; the rest: arguments
run()
{
	want=$1
	shift
	rc=0
	"$paxgate" parse "$@" >"$t/out" 2>"$t/err" || rc=$?
	[ "$rc" -eq "$want" ] || fail "exit $rc, not $want: $*"
}

run 0 tests/golden/*.edi
[ "$(jq -s length "$t/out")" -eq "$(cat tests/golden/*.json | wc -l)" ] ||
	fail "not one object a message"
jq -e 'has("type") and has("version") and has("function") and
	has("sender") and has("sent_at") and has("flight") and
	has("diagnostics")' "$t/out" >/dev/null || fail "a key is missing"

run 0 tests/golden/pnrgov-14.edi
grep -q KSML "$t/out" && fail "a meal is kept"
grep -q TICKETED "$t/out" && fail "free text is kept"
jq -e '.diagnostics | any(.code == "removed")' "$t/out" >/dev/null ||
	fail "what was removed is not noted"

# several interchanges in one payload, with a mail around them
{ echo "From: ops"; cat tests/golden/paxlst-part-1.edi
  echo "-- "; cat tests/golden/paxlst-part-2.edi; echo "27NOV26 0031Z"
} >"$t/two"
run 0 "$t/two"
[ "$(jq -s '[.[].part] == [1, 2]' "$t/out")" = true ] || fail "two parts"

# one bad file does not stop the others
: >"$t/empty"
head -c 3000 /dev/urandom | tr -d U >"$t/binary"
run 3 "$t/empty" tests/golden/paxlst-crew.edi "$t/binary" "$t/missing"
[ "$(jq -s length "$t/out")" -eq 1 ] || fail "the good file is not printed"
for name in empty binary missing; do
	grep -q "$t/$name:0: error: " "$t/err" || fail "$name is not named"
done

# a message that nobody reads, beside one that is
{ printf "UNB+UNOA:4+A+B+261114:0916+R'UNH+1+CUSRES:D:05B:UN'BGM+962'"
  printf "UNT+3+1'UNZ+1+R'"; cat tests/golden/paxlst-crew.edi; } >"$t/cusres"
run 3 "$t/cusres"
grep -q "quarantined" "$t/err" || fail "quarantine is not said"
[ "$(jq -s length "$t/out")" -eq 1 ] || fail "the other message is lost"

run 0 - <tests/golden/paxlst-crew.edi
run 2
run 2 --nonsense
