#!/bin/sh
# gen.sh - `paxgate gen` is repeatable, sound EDIFACT, and tells the truth
set -eu
paxgate=${PAXGATE:-build/paxgate}
t=$(mktemp -d)
trap 'chmod -R u+w "$t"; rm -rf "$t"' EXIT

fail()
{
	echo "gen.sh: $*" >&2
	exit 1
}

gen()
{
	"$paxgate" gen --date 2026-11-23 "$@" >/dev/null
}

gen --out "$t/a"
gen --out "$t/b"
diff -r "$t/a" "$t/b" >/dev/null || fail "same options, other bytes"
gen --out "$t/c" --seed 2 --flights 4
gen --out "$t/d" --seed 3 --flights 4
diff -r "$t/c" "$t/d" >/dev/null && fail "another seed, same bytes"

# the messages, counted by somebody else
awk -f tests/cli/gen.awk "$t"/a/*.edi >"$t/seen"
if grep '^WRONG' "$t/seen" | head -n 5 | grep .; then
	fail "unsound messages, see above"
fi

# what was asked for
[ "$(jq .flights "$t/a/summary.json")" -eq 40 ] || fail "not 40 flights"
[ "$(jq .travellers "$t/a/summary.json")" -ge 5000 ] || fail "below 5000"
[ "$(ls "$t"/a/*.edi | wc -l)" -eq "$(jq .messages "$t/a/summary.json")" ] ||
	fail "summary's messages are not the files"
[ "$(cat "$t"/a/*.edi | wc -c)" -eq "$(jq .bytes "$t/a/summary.json")" ] ||
	fail "summary's bytes are not the files'"
for kind in 1-pnrgov-48h 2-pnrgov-24h 3-crew 4-paxlst-01 5-pnrgov-closure; do
	[ "$(ls "$t"/a/*-$kind.edi | wc -l)" -eq 40 ] || fail "not 40 $kind"
done
ls "$t"/a/*-4-paxlst-02.edi >/dev/null || fail "no list in parts"
for sign in 'PNRGOV:11:1' 'PNRGOV:13:1' 'PNRGOV:14:1' 'D:02B' 'D:05B' \
	'D:12B' 'SSR+KSML' 'SSR+WCHR' 'SSR+UMNR' 'SSR+INFT' 'FOP+CA' 'SSR+GRPS' \
	'XXXXXXXXXXXX' "TRA+" 'TVL+++++' 'ABI+4' "SAC+++X" 'EQN+1' "?'" \
	'BGM+250+C' 'LOC+92+' '+HX'; do
	cat "$t"/a/*.edi | tr -d '\r\n' | grep -q -F -e "$sign" ||
		fail "nowhere '$sign'"
done
grep -lq '^QU ' "$t"/a/*paxlst*.edi || fail "no Type B"
grep -q 'FOP+CC[^+]*:[0-9]\{12\}' "$t"/a/*.edi && fail "a card number in clear"

# the manifest: every file, in the order of sending
jq -r .file "$t/a/manifest.ndjson" | sort >"$t/files"
(cd "$t/a" && ls ./*.edi | sed 's/..//') | sort | cmp -s - "$t/files" ||
	fail "manifest and files differ"
jq -r .sent_at "$t/a/manifest.ndjson" | sort -c || fail "manifest not by time"

# the truth: each locator is in the closure of its flight
sort -u "$t/seen" >"$t/locators"
jq -r '"LOCATOR \(.flight) \(.locator)"' "$t/a/truth.ndjson" |
	sort -u | comm -23 - "$t/locators" >"$t/unknown"
[ ! -s "$t/unknown" ] || fail "truth of unknown bookings: $(cat "$t/unknown")"
jq -r '.flight + " " + .locator + " " + .surname' "$t/a/truth.ndjson" |
while read -r flight locator surname; do
	tr -d '\r\n' <"$t/a/$flight-5-pnrgov-closure.edi" |
		sed "s/'SRC'/\n/g" | grep "^RCI+[A-Z0-9]*:$locator:" |
		grep -q "'TIF+$surname+" || fail "no $surname in $locator"
done
jq -r '.files[] + " " + .surname' "$t/a/truth.ndjson" | sort -u >"$t/where"
grep -c -e -4-paxlst- "$t/where" | grep -q '^[0-9][0-9]' || fail "few in lists"
jq -r 'select(.document) | .document as $d | .files[] |
	select(contains("-4-paxlst-")) + " " + $d' "$t/a/truth.ndjson" |
while read -r file document; do
	tr -d '\r\n' <"$t/a/$file" | grep -q "+$document'" ||
		fail "no $document in $file"
done
for target in $(sed -n 's/^PLANT("\([a-z-]*\)".*/\1/p' \
		tools/gen_recipe.def | sort -u); do
	for key in must_hit must_not_hit; do
		jq -c "select(.$key == [\"profile:$target\"])" \
			"$t/a/truth.ndjson" | grep -q . ||
			fail "nobody with $key $target"
	done
done
[ "$(jq -r '.must_hit[] | select(startswith("list:"))' \
	"$t/a/truth.ndjson" | wc -l)" -ge 12 ] || fail "too few wanted persons"

# most bookings do not change between the first two pushes
for push in 1-pnrgov-48h 2-pnrgov-24h; do
	cat "$t"/a/*-$push.edi | tr -d '\r\n' |
		sed "s/'SRC'/\n/g; s/'UNT/\n/g" | grep '^RCI' | sort >"$t/$push"
done
all=$(wc -l <"$t/1-pnrgov-48h")
same=$(comm -12 "$t/1-pnrgov-48h" "$t/2-pnrgov-24h" | wc -l)
[ "$same" -gt $((all * 7 / 10)) ] || fail "only $same of $all bookings repeat"
[ "$same" -lt "$all" ] || fail "no booking changes"

# spoilt messages: the same every time, and only those that say so
gen --out "$t/e" --seed 2 --flights 4 --dirty
gen --out "$t/f" --seed 2 --flights 4 --dirty
diff -r "$t/e" "$t/f" >/dev/null || fail "--dirty twice, other bytes"
cmp -s "$t/c/truth.ndjson" "$t/e/truth.ndjson" || fail "--dirty, other truth"
jq -r '"\(.file) \((.dirt // []) | length)"' "$t/e/manifest.ndjson" |
while read -r file nr; do
	same=yes
	cmp -s "$t/c/$file" "$t/e/$file" || same=no
	case $nr$same in
	0yes | 1no | 2no) ;;
	*) fail "$file: $nr kinds of dirt, the clean one's bytes: $same" ;;
	esac
done
gen --out "$t/g" --flights 2 --dirt una-missing,blank-lines
grep -q UNA: "$t"/g/*.edi && fail "--dirt una-missing, and UNA is there"
"$paxgate" gen --dirt table >"$t/table"
sed -n '/^| | habit/,$p' doc/messages.md | diff - "$t/table" >&2 ||
	fail "doc/messages.md is old: its end is paxgate gen --dirt table"
"$paxgate" gen --dirt list | while read -r name rest; do
	ls tests/golden/dirt-[0-9][0-9]-"$name".edi >/dev/null ||
		fail "no golden message of $name"
done
[ "$("$paxgate" gen --dirt list | wc -l)" -eq 60 ] || fail "not 60 kinds of dirt"

gen --out "$t/h" --flights 2 --dirt card-in-clear
grep -q 4111111111111111 "$t"/h/*-5-*.edi || fail "no card in clear"
"$paxgate" parse "$t"/h/*.edi >"$t/parsed" 2>/dev/null
grep -q '"1111"' "$t/parsed" || fail "no trace of the card"
grep -q 4111111111111111 "$t/parsed" && fail "a card number is kept in clear"

# another home, a small day, no list
gen --out "$t/aut" --home AUT --flights 2 --travellers 150
grep -q '+VIE+' "$t"/aut/*-1-pnrgov-48h.edi || fail "home AUT, but no VIE"
(p=$(realpath "$paxgate") && cd "$t" && "$p" gen --out nolist --flights 1 \
	--date 2026-11-23) >/dev/null 2>"$t/err"
grep -q 'no wanted persons' "$t/err" || fail "no word about a missing list"

# what cannot be
refuse() # exit code, words of the message, arguments
{
	code=$1 words=$2
	shift 2
	got=0
	"$paxgate" gen "$@" >/dev/null 2>"$t/err" || got=$?
	[ $got -eq "$code" ] || fail "gen $* exits with $got, not $code"
	grep -q -e "$words" "$t/err" || fail "gen $* says: $(cat "$t/err")"
}

refuse 2 'is not empty' --out "$t/a"
refuse 2 '--out is missing'
refuse 2 'needs a day' --out "$t/x" --date 2026-02-30
refuse 2 'needs a day' --out "$t/x" --date 2026-11
refuse 2 'flights is 1 to' --out "$t/x" --flights 0
refuse 2 'flights is 1 to' --out "$t/x" --flights 8901
refuse 2 'at most 2000' --out "$t/x" --flights 1 --travellers 2001
refuse 2 'no airport of country' --out "$t/x" --home ATA
refuse 2 'not both' --out "$t/x" --dirty --dirt line-wrap
refuse 2 "not 'line-wrap,x'" --out "$t/x" --dirt line-wrap,x
refuse 2 'no operands' --out "$t/x" y
refuse 75 'No such file' --out "$t/x" --watchlist "$t/none.csv"
echo 'id,surname' >"$t/bad.csv"
refuse 3 'bad.csv' --out "$t/x" --watchlist "$t/bad.csv"
refuse 75 'cannot make folder' --out "$t/no/such/x"
[ ! -e "$t/x" ] || fail "a refusal made a folder"
: >"$t/a/keep.me"
: >"$t/a/old.edi"
gen --out "$t/a" --force --flights 4
[ -e "$t/a/keep.me" ] || fail "--force removed a stranger's file"
[ ! -e "$t/a/old.edi" ] || fail "--force left an old message"
(trap '' XFSZ && ulimit -f 40 && refuse 75 'cannot write' --out "$t/full" \
	--date 2026-11-23 --flights 2)
ls -A "$t/full" | grep '\.tmp$' && fail "a failed write left its file"
exit 0
