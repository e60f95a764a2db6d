#!/bin/sh
# control.sh - control messages on a real Kafka: parts of a message that do not
# come are asked for through the control topic, once, whenever the engine is
# killed; what came is stored at once; what comes late is taken; noise on the
# topic is set aside. On the embedded broker, too. And a party that is reduced:
# hits of who no longer travels are withdrawn, and come back with him.
. tests/stream/lib.sh

kafka()
{
	tools/dev/kafka.sh "$dir/kafka" "$@"
}

sql()
{
	psql -qAt "$conninfo" -c "$1"
}

# is WANT WHAT SQL: at once
is()
{
	got=$(sql "$3")
	[ "$got" = "$1" ] || fail "$2: '$got', not '$1'"
}

# becomes WANT WHAT SQL: within 20 seconds
becomes()
{
	tries=0
	until [ "$(sql "$3")" = "$1" ]; do
		tries=$((tries + 1))
		[ $tries -lt 400 ] || fail "$2: '$(sql "$3")', never '$1'"
		sleep 0.05
	done
}

# part NAME TIME NUMBER SURNAME: a part of a list of flight X9 NAME
part()
{
	cat >"$dir/part-$1-$4.edi" <<-P
		UNB+UNOA:4+X9APIS+PIUXX+261114:$2+X9$1$4++APIS'
		UNH+1+PAXLST:D:05B:UN:IATA+X9$1/261114/1340+$3'BGM+745'
		TDT+20+X9$1'LOC+125+CMN'DTM+189:2611140930:201'
		LOC+87+BRU'DTM+232:2611141340:201'NAD+FL+++$4:ADA'
		DTM+329:900101'DOC+P+L$4'UNT+12+1'UNZ+1+X9$1$4'
	P
}

state="SELECT coalesce(string_agg(state || ' ' || seen || ' ' ||
	coalesce(last::text, '-'), ','), 'none') FROM ops.series"
told="SELECT coalesce(sum(n), 0) FROM ops.counter
	WHERE code = 'warning.part-missing' AND carrier = 'X9'"
read="SELECT coalesce(sum(next_offset), 0) FROM ops.kafka_offset
	WHERE topic LIKE 'pax.control%' AND grp LIKE '%.control'"

# run [FAULT]: the engine, in the background
run()
{
	PAXGATE_FAULT=${1:-} "$paxgate" run -c "$dir/one.yaml" \
		>"$dir/out" 2>&1 &
	engine=$!
}

end_engine()
{
	kill -TERM $engine
	wait $engine || fail "the engine ends with $?: $(cat "$dir/out")"
}

# killed FAULT: it is, there
killed()
{
	run "$1"
	rc=0
	wait $engine || rc=$?
	[ $rc -eq 137 ] || fail "$1: exit $rc: $(cat "$dir/out")"
}

topic=day
group=control
settings 2
echo "limits: {part_wait_s: 1}" >>"$dir/run.yaml"
broker
kafka topic $topic 3
kafka topic pax.control 1
member one '' 4
fresh
part 417 0916 01:C ALPHATEST
part 417 0917 02 BETATEST
part 417 0918 03:F GAMMATEST
part 419 0916 01:C DELTATEST
part 419 0916 02:F EPSILONTEST
push()
{
	"$paxgate" push -c "$dir/one.yaml" "$@" >/dev/null
}
push "$dir/part-417-ALPHATEST.edi" "$dir/part-417-GAMMATEST.edi" \
	"$dir"/part-419-*.edi
"$paxgate" run -c "$dir/one.yaml" --drain >"$dir/out"
is 4 'what came is stored at once' 'SELECT count(*) FROM pax.traveller'
is 'waiting 1,3 3' 'what waits' "$state"

# killed before the transaction's end, and behind it; asked and told once
killed claimed:1:kill
is 'asked 1,3 3' 'killed before the end' "$state"
is 0 'killed before the end' "$told"
killed committed:1:kill
is 'missing 1,3 3' 'killed behind the end' "$state"
is 1 'told' "$told"
is 1 'asked once' "$read"
"$paxgate" carriers -c "$dir/one.yaml" --from "$(date -u -d yesterday +%F)" \
	>"$dir/carriers"
grep -q '^X9  *warning.part-missing  *1$' "$dir/carriers" &&
	grep -q '^X9  *X9-417-2026-11-14-CMN  *1,3 of 3  *X9APIS' \
		"$dir/carriers" || fail "carriers: $(cat "$dir/carriers")"

# the part comes after all; noise does not stop the topic
push "$dir/part-417-BETATEST.edi"
sed 's/topic: day/topic: pax.control/' "$dir/one.yaml" >"$dir/noise.yaml"
echo "  control_topic: ''" >>"$dir/noise.yaml"
"$paxgate" push -c "$dir/noise.yaml" "$dir/part-417-ALPHATEST.edi" >/dev/null
run
becomes none 'the late part' "$state"
is 5 'all parts' 'SELECT count(*) FROM pax.traveller'

# a party, on topic `day` all the same: somebody on a list, then a push without
# him, an older one with him, and a newer one
sent=5
listed="TIF+SCHWEIGHOEFER+BAERBEL:A:2'SSR+DOCS:HK:1:X9:::::/P/DEU/K5006756/DEU"
listed="$listed/20DEC77/F/20DEC30/SCHWEIGHOEFER/BAERBEL+::2'"
for turn in 'with 0800 open' 'without 0900 withdrawn' \
	'late 0830 withdrawn' 'again 1000 open'; do
	set -- $turn
	also=$listed
	[ $1 != without ] || also=
	cat >"$dir/party.edi" <<-P
		UNB+IATA:1+X9+PIUXX+261114:$2+R$2'UNH+1+PNRGOV:13:1:IA'
		MSG+:22'ORG+X9'TVL+141126:0930:141126:1340+CMN+BRU+X9+418'EQN+1'
		SRC'RCI+X9:QZ7TST::061126:1000'TIF+ROETEST+BO:A:1'$also
		UNT+9+1'UNZ+1+R$2'
	P
	push "$dir/party.edi"
	sent=$((sent + 1))
	wait_for $sent
	is $3 "reduced party, $1" "SELECT string_agg(state, ',')
		FROM pax.hit WHERE kind = 1"
done
is 1 'evidence' 'SELECT count(*) FROM pax.evidence'
becomes 2 'the offset behind noise' "$read"
is control 'noise' 'SELECT code FROM ops.quarantine'
is 1 'told once' "$told"
end_engine

# what is in quarantine is read once more: an airport that was not known is
# there now; killed on both sides of COMMIT it counts once. What is still wrong
# stays; what the topic no longer holds, or has another in its place, is refused
empty
topic=again
kafka topic $topic 1
kafka topic $topic.control 1
member one '' 4
echo "  control_topic: $topic.control" >>"$dir/one.yaml"
sed 's/CMN/QQQ/; s/01:C/01:F/' "$dir/part-417-ALPHATEST.edi" \
	>"$dir/unknown.edi"
echo nonsense >"$dir/nonsense.edi"
push "$dir/unknown.edi" "$dir/nonsense.edi"
"$paxgate" run -c "$dir/one.yaml" --drain >"$dir/out"
# in_quarantine CODE: the ids
in_quarantine()
{
	"$paxgate" quarantine list -c "$dir/one.yaml" --code $1 | cut -c 1-16
}
unknown=$(in_quarantine scope-unknown)
nonsense=$(in_quarantine unreadable)
[ ${#unknown} -eq 16 ] && [ ${#nonsense} -eq 16 ] ||
	fail "list: '$unknown', '$nonsense'"
"$paxgate" quarantine show -c "$dir/one.yaml" $unknown >"$dir/shown"
grep -q 'an airport of the flight' "$dir/shown" &&
	grep -q '^UNB+' "$dir/shown" && ! grep -q ALPHA "$dir/shown" ||
	fail "show: $(cat "$dir/shown")"
# retry CODE SENTENCE ID...: it ends so and says so
retry()
{
	code=$1 sentence=$2 rc=0
	shift 2
	"$paxgate" quarantine retry -c "$dir/one.yaml" "$@" >"$dir/said" 2>&1 ||
		rc=$?
	[ $rc -eq "$code" ] && grep -q "$sentence" "$dir/said" ||
		fail "retry: exit $rc, not $code: $(cat "$dir/said")"
}
retry 0 'asked for' $unknown $nonsense
mkdir "$dir/reference"
cp etc/zones.csv "$dir/reference"
sed '/^CMN,/{p;s/CMN/QQQ/;}' etc/airports.csv >"$dir/reference/airports.csv"
sed -i "s|^screen: {|&reference: $dir/reference, |" "$dir/one.yaml"
killed claimed:1:kill
is 0 'retry, killed before the end' 'SELECT count(*) FROM pax.traveller'
is 2 'retry, killed before the end' 'SELECT count(*) FROM ops.quarantine'
run
becomes unreadable 'retry' "SELECT string_agg(code, ',') FROM ops.quarantine"
is 1 'retry' 'SELECT count(*) FROM pax.traveller'
[ "$(in_quarantine unreadable)" = "$nonsense" ] || fail 'another id'
retry 2 'is not in quarantine' $unknown
retry 2 'is no id' xyz
kept=$(sql "SELECT payload_hash FROM ops.quarantine")
sql "UPDATE ops.quarantine SET payload_hash = sha256('x')"
retry 3 'no longer holds it at' $nonsense
sql "UPDATE ops.quarantine SET payload_hash = '$kept'"
retry 0 'asked for' $nonsense
kafka forget $topic 0 2
retry 3 'the carrier has to send it again' $nonsense
is 3 'on record' "SELECT count(*) FROM ops.audit WHERE operation = 'RETRY'"
is 2 'on record' "SELECT count(*) FROM ops.audit WHERE operation = 'RETRY'
	AND line::jsonb ->> 'subject' = '$nonsense'"
end_engine

# embedded: the same way
empty
mkdir "$dir/feed"
cp "$dir/part-417-ALPHATEST.edi" "$dir/feed"
"$paxgate" run -c "$dir/run.yaml" --feed "$dir/feed" >"$dir/out" 2>&1 &
engine=$!
becomes 'missing 1 -' 'embedded' "$state"
is 1 'embedded, told' "$told"
end_engine
