#!/bin/sh
# canary.sh - what the law forbids is never on the engine's disks, and what it
# lets us keep of a person is there sealed only
#
# Words that stand nowhere else are put into a day's messages: into the places
# the law forbids, and, as names, numbers and addresses, into those it allows.
# Then every file the runs leave is searched: the database's with its WAL and
# log, a dump of it, the broker's, our logs, the keys, temporary files.
. tests/stream/lib.sh
mkdir "$dir/tmp" "$dir/day" "$dir/made"
TMPDIR=$dir/tmp
export TMPDIR

"$paxgate" gen --out "$dir/made" --date 2026-11-23 --seed 3 --flights 4 \
	>/dev/null
pnr=$(ls "$dir"/made/8X-*BRU-5-*.edi) api=$(ls "$dir"/made/8X-*BRU-4-*.edi)
# in 8X's dialect a segment ends with a quote and a line break

# Forbidden. What stands behind the RCI of each booking.
cat >"$dir/forbidden" <<'T'
SSR+KSML:HK:1:8X:::::ZQFORBIDAA NO MILK+::1'
SSR+WCHR:HK:1:8X:::::ZQFORBIDAB'
SSR+OTHS:HK:1:8X:::::PAX IS ZQFORBIDAC BELIEVER'
SSR+CKIN:HK:1:8X:::::ZQFORBIDAD CHURCH GROUP'
SSR+MEDA:HK:1:8X:::::ZQFORBIDAE ON STRETCHER+::1'
SSR+ZQFORBIDAF:HK:1:8X:::::X'
SSR+INFT:HK:1:8X:::::MOSLEM MEAL ZQFORBIDAG+::1'
IFT+4:28::8X+ZQFORBIDAH UNION DELEGATE'
IFT+4:733:0+REV TITLE ZQFORBIDAI'
OSI+ZQFORBIDAJ'
LTS+0/O/SS/ZQFORBIDAK'
LTS+ZQFORBIDAL KSML BLND'
LTS+0/O/SR/SSR DOCS8XHK1 P/UTO/ZQFORBIDAR1/UTO/17APR82/F/15APR31/ZQFORBIDAS/ADA'
LTS+7/A/NM/ZQFORBIDAT/ADA'
LTS+7/Z/ZQFORBIDAU CR-BRUX90100 00000000 GS ZQFORBIDAV 06OCT1201Z'
ERC+ZQFORBIDAM::ZQFORBIDAN'
XYZ+ZQFORBIDAO:ZQFORBIDAP'
FTI+8X:990001112:1::GOLD:ZQFORBIDAQ'
T
awk -v extra="$dir/forbidden" '
{ print }
/^SRC.$/ { in_booking = 1 }
in_booking && /^RCI\+/ {
	while ((getline line < extra) > 0)
		print line
	close(extra)
	in_booking = 0
}' "$pnr" >"$dir/day/1.edi"
grep -q ZQFORBIDAA "$dir/day/1.edi" || fail "nothing was planted: other dialect?"
# the same, wrapped over lines of 69 like a telex
sed 's/+8X+122/+8X+123/g; s/8X122/8X123/g' "$dir/day/1.edi" | tr -d '\n' |
	sed 's/ZQFORBID/ZQWRAPPD/g' | fold -w 69 >"$dir/day/2.edi"
# PAXLST: free text, attributes, employment
sed "s/'NAD+MS/'FTX+AAI+++ZQFORBIDBA'NAD+MS/
	s/ATT+2++\([MFX]\)'/&ATT+3++ZQFORBIDBB'FTX+AAI+++ZQFORBIDBC'EMP+ZQFORBIDBD'/g" \
	"$api" >"$dir/day/3.edi"
grep -q ZQFORBIDBC "$dir/day/3.edi" || fail "nothing was planted in PAXLST"
# quarantined: cut in the envelope, an airport that is nowhere, no message
{ head -c 70 "$pnr" | tr -d '\n'; echo ZQFORBIDCA; } >"$dir/day/4.edi"
sed 's/BRU/QQQ/g; s/ZQFORBID/ZQNOWHER/g' "$dir/day/1.edi" >"$dir/day/5.edi"
echo "ZQFORBIDCB:ZQFORBIDCC" >"$dir/day/6.txt"

# Allowed, but sealed: what stands in the day of persons, by its own tags.
sed -i 's/^TIF+/TIF+ZQPERSON/' "$dir/day/1.edi" "$dir/day/5.edi"
cat >"$dir/allowed" <<'T'
SSR+DOCS:HK:1:8X:::ADD:BRU:/P/BEL/ZQPERS001/BEL/14NOV84/M/18DEC28/ZQPERSSUR/ZQPERSGIV+::1'
SSR+CTCE:HK:1:8X:::::ZQPERSMAIL//POST.EXAMPLE+::1'
SSR+CTCM:HK:1:8X:::::41794445556677+::1'
SSR+DOCA:HK:1:8X:::ADD:BRU:/D/BEL/1 ZQPERSSTREET/BRUSSELS//1000+::1'
T
awk -v extra="$dir/allowed" '
{ print }
/^SRC.$/ { in_booking = 1 }
in_booking && /^RCI\+/ {
	while ((getline line < extra) > 0)
		print line
	close(extra)
	in_booking = 0
}' "$dir/day/1.edi" >"$dir/x" && mv "$dir/x" "$dir/day/1.edi"
sed -i 's/^FOP+CC::\([0-9.]*\):VI:[X0-9]*/FOP+CC::\1:VI:4929000011112222/' \
	"$dir/day/1.edi"

settings 2
fresh
PGOPTIONS='-c log_statement=none' "$paxgate" run -c "$dir/run.yaml" \
	--feed "$dir/day" --drain >"$dir/out" 2>"$dir/err"
grep -Eq '^6 messages .* 3 in quarantine' "$dir/out" || fail "$(cat "$dir/out")"

# what is kept is there, sealed: opened rows show the allowed values only
"$rows" db "$conninfo" "$dir/keys/engine.key" "$dir/keys/days" >"$dir/opened"
for word in ZQPERSON ZQPERS001 ZQPERSMAIL 41794445556677 ZQPERSSTREET \
	'"account":"2222"'; do
	grep -q "$word" "$dir/opened" || fail "$word is not kept at all"
done
# of a card no more than that
grep -Eo 'ZQ(FORBID|WRAPPD|NOWHER)[A-Z]*|4929000011112222' "$dir/opened" |
	sort -u |
	sed 's/$/ is kept, sealed/' >"$dir/bad"

# the same by way of a real Kafka: what lies on the broker is sealed
topic=canary
group=canary
broker
tools/dev/kafka.sh "$dir/kafka" topic $topic 2
member one '' 8
empty
"$paxgate" push -c "$dir/one.yaml" "$dir"/day/* >"$dir/out_push" 2>&1
"$paxgate" run -c "$dir/one.yaml" --drain >"$dir/out_kafka" 2>"$dir/err_kafka"
grep -q ' 3 in quarantine' "$dir/out_kafka" || fail "$(cat "$dir/out_kafka")"
tools/dev/kafka.sh "$dir/kafka" stop
held=$(find "$dir/kafka" -path "*$topic-*" -name '*.log' -size +0 | wc -l)
[ "$held" -gt 0 ] || fail "where are the broker's files?"
pg_dump "$conninfo" >"$dir/dump_kafka"

# a database error with values at hand: a table that refuses every traveller
psql -q "$conninfo" -c 'DROP SCHEMA pax, ref, ops CASCADE' 2>/dev/null
"$paxgate" db init -c "$dir/run.yaml" >/dev/null
psql -q "$conninfo" -c 'ALTER TABLE pax.traveller ADD CHECK (flight_id IS NULL)'
timeout 60 "$paxgate" run -c "$dir/run.yaml" --feed "$dir/day" --drain \
	>"$dir/out2" 2>"$dir/err2" || fail "a refused row ends it: $(cat "$dir/err2")"
grep -q 'SQLSTATE 23514' "$dir/err2" || fail "nothing was refused: $(cat "$dir/err2")"
[ "$(psql -qAt "$conninfo" -c "SELECT count(*) FROM ops.quarantine
	WHERE code = 'refused' AND length(payload_hash) = 32
	AND payload_len > 1000")" -eq 3 ] ||
	fail "refused messages are not in quarantine, or without their length"

# Everything but what we put there ourselves: messages, the list of persons
# sought, rows that were opened above. In a dump bytes are written in hex.
cat >"$dir/words" <<'T'
ZQFORBID
ZQWRAPPD
ZQNOWHER
ZQPERS
41794445556677
4929000011112222
T
for word in $(cat "$dir/words"); do
	printf %s "$word" | od -An -v -tx1 | tr -d ' \n'
	echo
done >"$dir/words_hex"
case ${PLANT:-} in
"") ;;
kafka) echo ZQFORBIDXX >"$dir/kafka/planted" ;;
hex) psql -q "$conninfo" -c "INSERT INTO ops.counter VALUES
	('2026-11-22', encode('ZQFORBIDXX', 'hex'), 'x', 1)" ;;
*) psql -q "$conninfo" -c "INSERT INTO ops.counter VALUES
	('2026-11-22', 'ZQFORBIDXX', 'x', 1)" ;;
esac
psql -q "$conninfo" -c CHECKPOINT
pg_dump "$conninfo" >"$dir/dump"
grep -q '^COPY ops.quarantine' "$dir/dump" || fail "no quarantine in the dump"
find "$dir" -type f ! -path "$dir/day/*" ! -path "$dir/made/*" \
	! -path "$dir/forbidden" ! -path "$dir/allowed" ! -path "$dir/opened" \
	! -path "$dir/words" ! -path "$dir/words_hex" ! -path "$dir/bad" \
	! -path "$dir/x" -exec grep -alF -f "$dir/words" -f "$dir/words_hex" {} + \
	>>"$dir/bad" || :
[ -e "$dir/pg/log" ] || fail "where is the server's log?"
[ -z "$(ls -A "$dir/tmp")" ] || fail "temporary files: $(ls "$dir/tmp")"
[ ! -s "$dir/bad" ] || fail "forbidden or in clear: $(cat "$dir/bad")"
