#!/bin/sh
# watchlist_ofac.sh - a list in the US Treasury's format: what is read of it,
# what is left out, said and counted; it is found, and refused in production
set -eu
paxgate=${PAXGATE:-build/paxgate}
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
bad=0
list=tests/data/watchlist/ofac

wrong()
{
	echo "$*"
	bad=1
}

# expect CODE COMMAND...: output in $t/out, errors in $t/err
expect()
{
	want=$1
	shift
	got=0
	"$@" >"$t/out" 2>"$t/err" || got=$?
	[ "$got" = "$want" ] || wrong "exit $got, not $want: $*"
}

says()
{
	grep -qF -- "$2" "$t/$1" || wrong "$1 does not say '$2'"
}

build()
{
	"$paxgate" watchlist build --today 2026-11-22 "$@"
}

counts='3 entries; left out: 1 for their offence, 0 run out, 2 no persons, 1 unreadable rows; 2 values of entries unread'

expect 0 build -o "$t/a.snap" $list/sample.list.yaml
says out "ofac-sample: $counts; TEST LIST"
says err "warning: $list/sdn.csv: line 6: column 'Title': missing"
says err "warning: $list/sdn.csv: line 7: column 'remarks': DOB"
says err "warning: $list/sdn.csv: line 7: column 'remarks': nationality"
[ "$(wc -l <"$t/err")" -eq 3 ] || wrong "$(wc -l <"$t/err") warnings, not 3"
grep -Eq 'BROKENLINE|FREEDONIAN|Freedonia|long ago' "$t/err" &&
	wrong 'a warning says a value of the list'
expect 0 "$paxgate" watchlist info "$t/a.snap"
says out "$counts"
expect 0 "$paxgate" watchlist info --json "$t/a.snap"
jq -e '.lists[0] | .left_out_kind == 2 and .left_out_bad == 1 and
	.unread == 2 and .test' "$t/out" >"$t/jq" || wrong 'info --json'

# the same lists with a header and empty nulls: the same entries
mkdir "$t/l"
cp $list/sample.list.yaml "$t/l"
for f in sdn alt; do
	case $f in
	sdn) echo 'ent_num,SDN_Name,SDN_Type,Program,Title,Call_Sign,Vess_type,Tonnage,GRT,Vess_flag,Vess_owner,Remarks' ;;
	alt) echo 'ent_num,alt_num,alt_type,alt_name,alt_remarks' ;;
	esac >"$t/l/$f.csv"
	tr -d '\r\032' <$list/$f.csv | sed 's/-0- //g' >>"$t/l/$f.csv"
done
expect 0 build -o "$t/b.snap" "$t/l/sample.list.yaml"
# but for the list's version and the checksum, 32 and 8
[ "$(cmp -l "$t/a.snap" "$t/b.snap" | wc -l)" -le 40 ] ||
	wrong 'a header or empty nulls make a difference'

# class, entry and offence of the first match; '-': nobody
while IFS='|' read -r match name born doc; do
	set -- --json
	[ -z "$name" ] || set -- "$@" --name "$name"
	[ -z "$born" ] || set -- "$@" --born "$born"
	[ -z "$doc" ] || set -- "$@" --doc "$doc"
	expect 0 "$paxgate" watchlist match "$t/a.snap" "$@"
	got=$(jq -r '"\(.class) \(.entry) \(.record.offence)"' \
		"$t/out" | head -n 1)
	[ "${got:--}" = "$match" ] || wrong "'$name' '$born' '$doc': '$got', not '$match'"
done <<T
B 90001 T|TESTMANNSKY/IVORMR|1964-01-12|
B 90001 T|VON PROBSTEIN/IVOR|1964-01-12|
B 90001 T|QUILLONTEST/FNU|1964-01-12|
C 90001 T|TESTMANNSKY/IVOR|1967-03-04|
-|TESTMANNSKY/IVOR|1969-03-04|
A 90001 T|||Z7654321:IRN
A 90004 T|||99887766:COL
C 90004 T|PROBERINA DE MUSTER/ANAMRS|1971-07-01|
-|FICTIVOVICH/ONLY SANCTIONED|1950-02-03|
-|INVENTED TRADING/CO||
T

# a check alone: the counts and the refusals of a build, and no file
expect 0 build --dry-run $list/sample.list.yaml
says out "$counts"
says out 'bytes, not written'
expect 2 build --dry-run -o "$t/x.snap" $list/sample.list.yaml
expect 2 build $list/sample.list.yaml
expect 2 build --dry-run
[ ! -e "$t/x.snap" ] || wrong 'a dry run wrote a snapshot'

# no ground without the sheet; files that are missing or others
sed '/^programs:/,/^  SDNTK/d' $list/sample.list.yaml >"$t/l/sample.list.yaml"
expect 4 build --dry-run "$t/l/sample.list.yaml"
says err "no 'programs: {PROGRAM: OFFENCE}'"
says err 'Art. 6(3)(a)'
sed 's/SDNTK: .*/SDNTK: "08"/' $list/sample.list.yaml >"$t/l/sample.list.yaml"
expect 4 build --dry-run "$t/l/sample.list.yaml"
says err "sample.list.yaml: line "
says err "offence of program 'SDNTK'"
sed 's/alt.csv/none.csv/' $list/sample.list.yaml >"$t/l/sample.list.yaml"
expect 75 build --dry-run "$t/l/sample.list.yaml"
says err "none.csv'"
sed 's/alt.csv/sdn.csv/' $list/sample.list.yaml >"$t/l/sample.list.yaml"
expect 3 build --dry-run "$t/l/sample.list.yaml"
says err "sdn.csv: no row of the form"
sed 's|alt.csv|../alt.csv|' $list/sample.list.yaml >"$t/l/sample.list.yaml"
expect 3 build --dry-run "$t/l/sample.list.yaml"
says err "without '/'"

# in production the sample is refused, before any message is read
message=tests/golden/pnrgov-14.edi
echo 'piu: {mode: production}' >"$t/live.yaml"
expect 4 "$paxgate" screen -c "$t/live.yaml" -w "$t/a.snap" $message
says err "list 'ofac-sample' is marked TEST"
expect 0 "$paxgate" screen -w "$t/a.snap" $message
exit $bad
