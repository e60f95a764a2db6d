#!/bin/sh
# carriers.sh - paxgate carriers on a generated day: each number counted again
# from the generator's manifest and from what `paxgate parse` prints; late and
# unreadable messages; quality on `hits show`
. tests/stream/lib.sh

"$paxgate" gen --out "$dir/day" --seed 3 --flights 4 >/dev/null
one=$(ls "$dir"/day/*-5-pnrgov-closure.edi | head -n 1)
api=$(ls "$dir"/day/*-4-paxlst-01.edi | head -n 1)
carrier=$(basename "$one" | cut -d- -f1)
# no payment in one closure push, no birth date in one list
sed -i "s/FOP+[^']*'//g" "$one"
sed -i "s/DTM+329:[^']*'//g; s/^UNT+[0-9]*/UNT+1/; s/'UNT+[0-9]*/'UNT+1/" "$api"
printf "UNB+UNOA:4+A+B+261123:0916+R'UNH+1+CUSRES:D:05B:UN'UNT+2+1'UNZ+1+R'" \
	>"$dir/day/unreadable.edi"
# a 24 h push two hours late
late=$(ls "$dir"/day/"$carrier"-*-2-pnrgov-24h.edi)
sent=$(jq -r "select(.file == \"$(basename "$late")\") | .sent_at" \
	"$dir/day/manifest.ndjson")
was=$(date -u -d "$sent" +%y%m%d:%H%M)
is=$(date -u -d "$sent 2 hours" +%y%m%d:%H%M)
sed -i "s/^\(UNA......\)\{0,1\}\(UNB+[^']*\)+$was+/\1\2+$is+/" "$late"
grep -aq "+$is+" "$late" || fail "$late: no other time of preparation"

settings 2
fresh
"$paxgate" run -c "$dir/run.yaml" --feed "$dir/day" --drain >"$dir/out"
days="--from $(date -u -d yesterday +%F)" # midnight may have passed
"$paxgate" carriers -c "$dir/run.yaml" $days --json >"$dir/json"
"$paxgate" parse "$dir"/day/*.edi >"$dir/parsed" 2>/dev/null || :

# same NAME WANTED: an expression of jq on the two: per carrier, sorted
same()
{
	jq -s -c "map(select(.carrier != \"\")) | map([.carrier, $2]) | sort" \
		"$dir/json" >"$dir/is"
	jq -s -c "map(select(.type)) | group_by(.flight.carrier) |
		map([.[0].flight.carrier, ($3)]) | sort" \
		"$dir/parsed" >"$dir/want"
	cmp -s "$dir/is" "$dir/want" ||
		fail "$1: $(cat "$dir/is"), counted $(cat "$dir/want")"
}

pnr='[.[].bookings[]?] | map(. as $b | .travellers[] | {t: ., b: $b})'
api='[.[].travellers[]? | select(.type != "CRW")]'
same pnrgov .pnrgov '[.[] | select(.type == "PNRGOV")] | length'
same paxlst .paxlst '[.[] | select(.type == "PAXLST")] | length'
same warnings .warnings '[.[].diagnostics[] | select(.severity != "info")] |
	length'
same 'PNR travellers' '.counts."pnr.travellers"' "$pnr | length"
same 'API travellers' '.counts."api.travellers"' "$api | length"
same contact '.counts."pnr.contact"' "$pnr | map(select(
	(.t.contacts + .t.addresses + .b.contacts + .b.addresses | length) > 0)) |
	length"
same payment '.counts."pnr.payment"' "$pnr | map(select(
	.b.payments | map(select(.form)) | length > 0)) | length"
same 'birth date' '.counts."api.birth-date" // 0' "$api | map(select(
	.birth_date // \"\" | length == 10)) | length"
same document '.counts."api.document"' "$api | map(select(
	.documents | map(select(.number)) | length > 0)) | length"

# the share shown is that of the counts
jq -se 'map(select(.carrier != "")) | all(.[]; .payment ==
	(1000 * .counts."pnr.payment" / .counts."pnr.travellers" + 0.5 |
		floor) / 10)' "$dir/json" >/dev/null || fail 'shares are wrong'
jq -se "map(select(.carrier == \"$carrier\"))[0] |
	.birth_date == 0 and .payment < 100 and
	.warnings > 0 and .message_score < 100 and .traveller_score < 100 and
	.counts.\"reason.no-payment\" > 0" "$dir/json" >/dev/null ||
	fail "$carrier has lost nothing: $(cat "$dir/json")"

# messages by the manifest; each flight has its three pushes and its list
for c in $(jq -r '.carrier' "$dir/json"); do
	flights=$(jq -r .flight "$dir/day/manifest.ndjson" | grep "^$c-" |
		sort -u | wc -l)
	messages=$(jq -r .flight "$dir/day/manifest.ndjson" | grep -c "^$c-")
	tardy=0
	[ "$c" != "$carrier" ] || tardy=1
	jq -se "map(select(.carrier == \"$c\"))[0] |
		.pnrgov + .paxlst == $messages and .quarantined == 0 and
		.push_48h == {sent: $flights, late: 0} and
		.push_24h == {sent: $flights, late: $tardy} and
		.push_closure == {sent: $flights, late: 0} and
		.push_api.sent >= $flights and .push_api.late == 0" \
		"$dir/json" >/dev/null || fail "$c: $(cat "$dir/json")"
done
[ "$(jq -s 'map(.quarantined) | add' "$dir/json")" -eq 1 ] ||
	fail 'the unreadable message is not counted'
[ "$(jq -r 'select(.quarantined == 1).carrier' "$dir/json")" = '' ] ||
	fail 'an unreadable message has a carrier'

# the table: a row a carrier, then codes; one carrier alone
"$paxgate" carriers -c "$dir/run.yaml" $days >"$dir/table"
grep -q '^unknown ' "$dir/table" || fail 'no row for carriers unknown'
grep -Eq "^$carrier +3 +2 +0 +[0-9]+ +0.0 .* 1/1 +0/1 +1/1 +1/1$" \
	"$dir/table" || fail "$(cat "$dir/table")"
grep -Eq "^$carrier +reason.no-payment +[0-9]+$" "$dir/table" ||
	fail "no reasons: $(cat "$dir/table")"
"$paxgate" carriers -c "$dir/run.yaml" $days --carrier "$carrier" \
	--json >"$dir/alone"
jq -c "select(.carrier == \"$carrier\")" "$dir/json" | cmp - "$dir/alone" ||
	fail "--carrier shows something else"
[ "$("$paxgate" carriers -c "$dir/run.yaml" --day 2020-01-01 | wc -l)" -eq 1 ] ||
	fail 'a day without messages has rows'

# quality stands with the hit
hit=$("$paxgate" hits list -c "$dir/run.yaml" --json | jq -r .hit | head -n 1)
"$paxgate" hits show -c "$dir/run.yaml" --purpose detection --offence 04 "$hit" |
	grep -q '^data quality [0-9]* of 100' || fail 'hits show has no quality'
"$paxgate" hits show -c "$dir/run.yaml" --purpose detection --offence 04 --json "$hit" |
	jq -e '(.quality.score | type) == "number" and
		(.quality.reasons | type) == "array"' >/dev/null ||
	fail 'hits show --json has no quality'
sql()
{
	psql -qtA "$conninfo" -c "$1"
}
[ "$(sql "SELECT count(*) FROM pax.traveller WHERE quality IS NULL")" = 0 ] ||
	fail 'travellers without quality'
[ "$(sql "SELECT count(*) FROM pax.traveller WHERE quality < 100 AND
	quality_codes = '{}' OR quality = 100 AND quality_codes <> '{}'")" = 0 ] ||
	fail 'scores and reasons do not fit'

# the hits are the same when they are worked out again
"$paxgate" replay -c "$dir/run.yaml" $days >"$dir/out" 2>&1 ||
	fail "replay: $(tail -n 3 "$dir/out")"

# wrong_option PATTERN ARGS...
wrong_option()
{
	pattern=$1
	shift
	rc=0
	"$paxgate" carriers "$@" >"$dir/out" 2>&1 || rc=$?
	[ $rc -eq 2 ] && grep -q -e "$pattern" "$dir/out" ||
		fail "carriers $*: $rc, $(cat "$dir/out")"
}
wrong_option 'is no date' --day 2026-13-01
wrong_option 'is no date' --from yesterday
wrong_option 'goes without' --day 2026-11-01 --from 2026-11-01
wrong_option 'needs a --from' --to 2026-11-01
wrong_option 'behind the last' --from 2026-11-02 --to 2026-11-01
wrong_option 'at most 366' --from 2025-01-01 --to 2026-01-02
wrong_option 'is no carrier' --carrier 'X 9'
wrong_option 'nothing to name' X9
