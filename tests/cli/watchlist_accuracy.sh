#!/bin/sh
# watchlist_accuracy.sh - paxgate watchlist accuracy on tables of invented names
set -eu

paxgate=${PAXGATE:-build/paxgate}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
bad=0

wrong() {
	echo "watchlist_accuracy.sh: $*"
	bad=1
}

expect() {
	want=$1
	shift
	got=0
	"$@" >"$tmp/out" 2>"$tmp/err" || got=$?
	[ "$got" = "$want" ] || wrong "exit code $got, not $want: $*"
}

says() {
	grep -qF -- "$2" "$tmp/$1" || wrong "$1 does not say '$2'"
}

accuracy() {
	"$paxgate" watchlist accuracy "$@"
}

# 2 of 3 that should match do, 1 of 2 that should not does
tab=$(printf '\t')
sed "s/|/$tab/g" >"$tmp/pairs.tsv" <<'END'
name_a|name_b|expected|birth_a|birth_b|kind
Testmann, Anna|TESTMANN/ANNA|yes||1970-02-14|P
Testmann, Anna|TESTMANN/ANNA|no|1970|1970-02-14|P
Testmann, Anna|TESTMANN/ANNA|no|1999-12-31|1970-02-14|P
Иван Тестов|Ivan Testov|yes|||P

Somebody, Else|TESTMANN, ANNA|yes|||P
Somebody, Else|TESTMANN, ANNA|score|||P
Testgruppe|Testgruppe|yes|||C
END
expect 0 accuracy --where kind=P "$tmp/pairs.tsv"
says out 'all         800       2      1      1      1   0.666  0.666  0.666'
says out 'cyrillic    540       1      0      0      0   1.000  1.000  1.000'
expect 0 accuracy --json --where kind=P "$tmp/pairs.tsv"
jq -e '[.scripts[] | select(.script == "all" and .pairs == 5).thresholds[] |
	select(.threshold == 800)][0] | .true_positives == 2 and
	.false_positives == 1 and .precision == 0.666' "$tmp/out" \
	>"$tmp/jq" || wrong '--json'
expect 0 accuracy --show 900-1000 "$tmp/pairs.tsv"
says out '1000 no  Testmann, Anna | TESTMANN/ANNA'

# without a column of truth all should match; other names of the columns
printf 'name\talias\nTESTMANN, Anna\tTESTMAN, Anna\n' >"$tmp/aliases.tsv"
expect 0 accuracy "$tmp/aliases.tsv"
says out 'all         800       1      0      0      0   1.000  1.000  1.000'

# travellers against a list: the birth date decides
"$paxgate" watchlist build --offences tests/data/watchlist/offences.yaml \
	--today 2026-11-22 -o "$tmp/a.snap" \
	etc/watchlists/demo-wanted.list.yaml >"$tmp/out"
sed "s/|/$tab/g" >"$tmp/people.tsv" <<'END'
last_name|first_name|date_of_birth|gender|nationality
MULLERSCHON|JURGEN|1993-09-23|male|Austria
MULLERSCHON|JURGEN|1955-01-02|male|Austria
NOBODY|AT ALL|1993-09-23||
END
expect 0 accuracy --against "$tmp/a.snap" "$tmp/people.tsv"
says out '3 travellers, 1 with a match; class A: 0; class B: 1'
expect 0 accuracy --json --against "$tmp/a.snap" "$tmp/people.tsv"
jq -e '.travellers == 3 and .class_B == 1' "$tmp/out" >"$tmp/jq" ||
	wrong '--against --json'

# wrong use and wrong tables; no values in the error
expect 2 accuracy
expect 3 accuracy --where nokind=P "$tmp/pairs.tsv"
says err "there is no column 'nokind'"
expect 3 accuracy "$tmp/people.tsv"
says err "the columns 'name_a' and 'name_b' are not both there"
expect 75 accuracy "$tmp/none.tsv"
expect 3 accuracy --against "$tmp/a.snap" "$tmp/pairs.tsv"
says err "neither a column 'surname' nor 'name'"
printf 'name_a\tname_b\tbirth_a\nA B\tA B\t31.12.1999\n' >"$tmp/date.tsv"
expect 3 accuracy "$tmp/date.tsv"
says err 'line 2: a birth date is none'
: >"$tmp/empty.tsv"
expect 3 accuracy "$tmp/empty.tsv"
says err 'it is empty'
exit $bad
