#!/bin/sh
# gateway.sh - carriers hand in messages by HTTPS on a real Kafka: who they
# are, what is refused, receipts, status, tests, going live, the spool; the
# broker away; killed between receipt and answer; two gateways
. tests/stream/lib.sh

kafka()
{
	tools/dev/kafka.sh "$dir/kafka" "$@"
}

# A certificate signed by $dir/ca: cert NAME SUBJECT [SAN]
cert()
{
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
		-keyout "$dir/$1.key" -out "$dir/$1.csr" -subj "/CN=$2" 2>/dev/null
	echo "subjectAltName=${3:-DNS:$2}" >"$dir/$1.ext"
	openssl x509 -req -in "$dir/$1.csr" -CA "$dir/ca.pem" \
		-CAkey "$dir/ca.key" -CAcreateserial -days 2 \
		-extfile "$dir/$1.ext" -out "$dir/$1.pem" 2>/dev/null
}

# register [more lines]: X9 with two tokens, Y0 with a certificate, Z7 not live
register()
{
	cat >"$dir/carriers.new" <<-C
		carriers:
		  - carrier: X9
		    name: Example Airways
		    senders: [X9, X9APIS]
		    live: true
		    tokens: [$hash1, $hash2]
		    rate: "${rate:-100000}"${push:+
		    push: "$push"}
		  - carrier: Y0
		    name: Sample Air
		    senders: [Y0]
		    live: true
		    certificates: [$print]
		  - carrier: Z7
		    name: Not Yet Airlines
		    senders: [Z7]
		    live: false
		    tokens: [$hash3]
	C
	mv "$dir/carriers.new" "$dir/carriers.yaml"
}

# gateway NAME [SETTINGS]: start one with $dir/gate.yaml; sets $gateway and $url
gateway()
{
	"$paxgate" gateway -c "$dir/${2:-gate}.yaml" >"$dir/$1.log" 2>&1 &
	gateway=$!
	tries=0
	until port=$(sed -n 's/.* gateway-ready .*port=\([0-9]*\).*/\1/p' \
		"$dir/$1.log") && [ "$port" ]; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] && kill -0 $gateway 2>/dev/null ||
			fail "no gateway: $(cat "$dir/$1.log")"
		sleep 0.05
	done
	url=https://localhost:$port
}

# knows NAME: start one, and wait until it has read what became of all
knows()
{
	gateway "$1"
	tries=0
	until curl -sf --cacert "$dir/ca.pem" "$url/readyz" >/dev/null; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] || fail "never ready: $(cat "$dir/$1.log")"
		sleep 0.1
	done
}

# ask STATUS WHAT CURL-ARGUMENTS...: the answer is in $dir/answer
ask()
{
	want=$1 what=$2
	shift 2
	got=$(curl -s --max-time 30 --cacert "$dir/ca.pem" -o "$dir/answer" \
		-D "$dir/head" -w '%{http_code}' "$@") || got="curl $?"
	[ "$got" = "$want" ] ||
		fail "$what: $got, not $want: $(head -c 400 "$dir/answer")"
	echo "$got" "$@" | sed "s|.*\($url[^ ]*\).*|$got \1|; s|$url||
		s|/messages/.*|/messages/{id}|" >>"$dir/seen"
}

# What doc/openapi.yaml promises, as "202 /v1/messages".
promised()
{
	awk '/^  \/.*:$/ { path = substr($1, 1, length($1) - 1) }
		/^        "[0-9]+":/ { print substr($1, 2, 3), path }' \
		doc/openapi.yaml | sort -u
}

as1="Authorization: Bearer"
push=
topic=gate
group=gate
settings 1
broker
kafka topic gate 6
kafka topic status 3
member engine '' 16
fresh

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
	-keyout "$dir/ca.key" -out "$dir/ca.pem" -days 2 \
	-subj '/CN=paxgate test CA' 2>/dev/null
cert server localhost DNS:localhost,IP:127.0.0.1
cert y0 y0.example
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
	-keyout "$dir/alien.key" -out "$dir/alien.pem" -days 2 \
	-subj '/CN=y0.example' 2>/dev/null
# the alien's stands in the register, too: its issuer is not one of client_ca
for name in y0 alien; do
	print=${print:+$print, }$(openssl x509 -in "$dir/$name.pem" -outform der |
		sha256sum | cut -c 1-64)
done
for n in 1 2 3; do
	"$paxgate" gateway token >"$dir/token"
	eval "token$n=$(sed -n 1p "$dir/token")"
	eval "hash$n=$(sed -n 2p "$dir/token")"
done
register
mkdir -p "$dir/spool/X9/in"
echo "status: {topic: status}" >>"$dir/engine.yaml"
echo "replies: {topic: '', contrl: always}" >>"$dir/engine.yaml"
cp "$dir/engine.yaml" "$dir/gate.yaml"
cat >>"$dir/gate.yaml" <<-C
	gateway:
	  port: 0
	  certificate: $dir/server.pem
	  key: $dir/server.key
	  client_ca: $dir/ca.pem
	  carriers: $dir/carriers.yaml
	  state: $dir/state
	  spool: $dir/spool
	  push_ca: $dir/ca.pem
	  body_bytes: 300000
C
sed -i '/^log:/s/warning/info/' "$dir/gate.yaml"
"$paxgate" gen --out "$dir/day" --seed 3 --flights 6 --travellers 60 >/dev/null
one=$(ls "$dir"/day/X9*pnrgov-closure.edi | head -n 1)
list=$(ls "$dir"/day/X9*paxlst-01.edi | head -n 1)
foreign=$(ls "$dir"/day/Y0*pnrgov-closure.edi | head -n 1)
gateway first

# ---- who is it, and is it sound
post="$url/v1/messages"
ask 200 'a look at its health' "$url/healthz"
ask 401 'nobody' --data-binary "@$one" "$post"
ask 401 'a wrong token' -H "$as1 pxg_00" --data-binary "@$one" "$post"
ask 401 'an alien certificate' --cert "$dir/alien.pem" --key "$dir/alien.key" \
	--data-binary "@$foreign" "$post"
ask 404 'another path' -H "$as1 $token1" "$url/v2"
ask 405 'another method' -X PUT -H "$as1 $token1" --data-binary x "$post"
ask 403 'no clean run' -H "$as1 $token1" --data-binary "@$one" "$post"
jq -e '.error == "not-tested"' "$dir/answer" >/dev/null || fail 'not-tested'
ask 403 'a carrier not live' -H "$as1 $token3" --data-binary \
	"UNB+UNOA:4+Z7+PIU+261114:0915+1'UNH+1+PAXLST:D:05B:UN:IATA'UNT+2+1'UNZ+1+1'" \
	"$post"
ask 403 'as somebody else' -H "$as1 $token1" --data-binary "@$foreign" "$post"
ask 422 'no interchange' -H "$as1 $token1" --data-binary 'hello' "$post"
head -c 300000 /dev/zero >"$dir/zeros"
ask 422 'the longest body' -H "$as1 $token1" --data-binary "@$dir/zeros" "$post"
echo >>"$dir/zeros"
ask 413 'a longer body' -H "$as1 $token1" -H 'Expect:' \
	--data-binary "@$dir/zeros" "$post"
ask 413 'a longer body, its length unsaid' -H "$as1 $token1" -H 'Expect:' \
	-H 'Transfer-Encoding: chunked' --data-binary "@$dir/zeros" "$post"
head -c 5000000 /dev/zero | gzip >"$dir/bomb"
ask 413 'a bomb' -H "$as1 $token1" -H 'Content-Encoding: gzip' \
	--data-binary "@$dir/bomb" "$post"
ask 422 'half a gzip file' -H "$as1 $token1" -H 'Content-Encoding: gzip' \
	--data-binary "$(head -c 20 "$dir/zeros" | tr '\0' x)" "$post"
ask 415 'another packing' -H "$as1 $token1" -H 'Content-Encoding: br' \
	--data-binary "@$one" "$post"
if curl -s --cacert "$dir/ca.pem" --tls-max 1.2 "$url/healthz" >/dev/null; then
	fail 'TLS 1.2 is served though not allowed'
fi

# ---- a test: told everything, nothing kept
sed "s/^UNT+[0-9]*/UNT+7/; s/'UNT+[0-9]*/'UNT+7/" "$list" >"$dir/bad.edi"
ask 401 'a test of nobody' --data-binary "@$list" "$url/v1/test"
ask 422 'a test of nothing' -H "$as1 $token1" --data-binary hello "$url/v1/test"
ask 200 'a test with a fault' -H "$as1 $token1" --data-binary "@$dir/bad.edi" \
	"$url/v1/test"
jq -e '.clean == false and .live and (.reports[0].messages[0].diagnostics |
	any(.code == "unt-count" and .tag == "UNT" and .segment > 5 and
	    .byte > 100 and (.remedy | startswith("count segments"))))' "$dir/answer" >/dev/null ||
	fail "the report: $(cat "$dir/answer")"
[ ! -e "$dir/state/X9.clean" ] || fail 'a run with a fault counts as clean'
ask 200 'a clean test' -H "$as1 $token1" --data-binary "@$list" "$url/v1/test"
jq -e .clean "$dir/answer" >/dev/null || fail "unclean: $(cat "$dir/answer")"
ask 200 'a clean test by certificate' --cert "$dir/y0.pem" --key "$dir/y0.key" \
	--data-binary "@$foreign" "$url/v1/test"
"$paxgate" run -c "$dir/engine.yaml" --drain >"$dir/out"
grep -q '^0 messages' "$dir/out" || grep -q ' 0 messages' "$dir/out" ||
	[ "$(psql -qAt "$conninfo" -c 'SELECT count(*) FROM pax.flight')" -eq 0 ] ||
	fail "a test was kept: $(cat "$dir/out")"

# ---- real ones
ask 202 'a message' -H "$as1 $token1" --data-binary "@$one" "$post"
cp "$dir/answer" "$dir/receipt"
id=$(jq -r '.receipts[0].id' "$dir/receipt")
jq -e '.receipts | length == 1 and .[0].messages[0].type == "PNRGOV" and
	.[0].messages[0].travellers > 0 and (.[0].messages[0].flight |
	startswith("X9-"))' "$dir/receipt" >/dev/null ||
	fail "the receipt: $(cat "$dir/receipt")"
grep -qiE 'surname|birth' "$dir/receipt" && fail 'a receipt tells of travellers'
gzip -c "$one" >"$dir/one.gz"
ask 202 'the other token, packed, again' -H "$as1 $token2" \
	-H 'Content-Encoding: gzip' --data-binary "@$dir/one.gz" "$post"
cmp -s "$dir/answer" "$dir/receipt" || fail 'the same bytes, another receipt'
ask 202 'several in a form' -H "$as1 $token1" -F "a=@$list" -F "b=@$one" "$post"
[ "$(jq '.receipts | length' "$dir/answer")" = 2 ] || fail 'a form of two files'
cat "$list" "$one" >"$dir/both"
ask 202 'several in a row' -H "$as1 $token1" --data-binary "@$dir/both" "$post"
[ "$(jq '.receipts | length' "$dir/answer")" = 2 ] || fail 'two in a row'
jq -e --arg id "$id" '.receipts | any(.id == $id)' "$dir/answer" >/dev/null ||
	fail 'an interchange behind another has another receipt'
ask 202 'with a certificate' --cert "$dir/y0.pem" --key "$dir/y0.key" \
	--data-binary "@$foreign" "$post"
other=$(jq -r '.receipts[0].id' "$dir/answer")
sed "s/UNB+UNOA:4+X9[^']*'/UNB+UNOA:4+X9APIS+PIU+261114:0915+T1++APIS++1++1'/" \
	"$list" >"$dir/indicator.edi"
ask 202 'with the test indicator' -H "$as1 $token1" \
	--data-binary "@$dir/indicator.edi" "$post"
jq -e '(.receipts | length) == 0 and .tests[0].test' "$dir/answer" >/dev/null ||
	fail "the test indicator: $(cat "$dir/answer")"
sed "s/\(UNB+[^']*APIS\)'/\1++++1'/; s/X9APIS/Z7/g" "$list" >"$dir/z7.edi"
ask 202 'a test of a carrier not live' -H "$as1 $token3" \
	--data-binary "@$dir/z7.edi" "$post"
jq -e '.tests[0].clean' "$dir/answer" >/dev/null &&
	[ -s "$dir/state/Z7.clean" ] || fail "not on record: $(cat "$dir/answer")"

# ---- what became of them
ask 404 "another carrier's message" -H "$as1 $token1" "$post/$other"
ask 404 "another carrier's id for mine" --cert "$dir/y0.pem" \
	--key "$dir/y0.key" "$post/$id"
ask 404 'no message' -H "$as1 $token1" "$post/X9-00000000000000000000000000000000"
ask 200 'received' -H "$as1 $token1" "$post/$id"
jq -e '.status.state == "received"' "$dir/answer" >/dev/null || fail 'received'
broken="UNB+UNOA:4+X9+PIU+261114:0915+Q1'UNH+1+PAXLST:D:05B:UN:IATA'UNT+2+1'UNZ+1+Q1'"
ask 202 'one that cannot be read' -H "$as1 $token1" --data-binary "$broken" "$post"
lost=$(jq -r '.receipts[0].id' "$dir/answer")
"$paxgate" run -c "$dir/engine.yaml" --drain >"$dir/out"
state()
{
	tries=0
	until ask 200 "state of $1" -H "$as1 $token1" "$post/$1" &&
		jq -e --arg s "$2" '.status.state == $s' "$dir/answer" >/dev/null; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] || fail "never $2: $(cat "$dir/answer")"
		sleep 0.1
	done
}
state "$id" processed
cp "$dir/answer" "$dir/processed"
state "$lost" quarantined
jq -e '.status.quarantined[0].code == "unreadable"' "$dir/answer" >/dev/null ||
	fail "quarantined: $(cat "$dir/answer")"
got=$(psql -qAt "$conninfo" -c 'SELECT count(*) FROM ops.outbox')
[ "$got" = 0 ] || fail "$got rows left in the outbox"

# ---- killed when the broker has it and the carrier knows nothing: sent again it
# gets the receipt it would have got, and counts once
kill $gateway
wait $gateway || fail "the gateway ends with $?"
PAXGATE_FAULT=acknowledged:1:kill
export PAXGATE_FAULT
gateway killed
unset PAXGATE_FAULT
curl -s --max-time 10 --cacert "$dir/ca.pem" -H "$as1 $token1" -o /dev/null \
	--data-binary "@$one" "$url/v1/messages" && fail 'an answer of the killed'
rc=0
wait $gateway 2>/dev/null || rc=$?
[ $rc -eq 137 ] || fail "acknowledged:1:kill: exit $rc"
knows revived
post="$url/v1/messages"
ask 202 'sent again' -H "$as1 $token1" --data-binary "@$one" "$post"
cmp -s "$dir/answer" "$dir/receipt" || fail 'another receipt after the kill'
"$paxgate" run -c "$dir/engine.yaml" --drain >"$dir/out"
grep -q '^2 messages' "$dir/out" || fail "both should be read: $(cat "$dir/out")"
# its state is that of the last one
looks=0
while state "$id" processed && cmp -s "$dir/answer" "$dir/processed"; do
	looks=$((looks + 1))
	[ $looks -lt 100 ] || fail 'the state is not told anew'
	sleep 0.1
done
cp "$dir/answer" "$dir/processed"

# stored as if pushed, and as often as it was handed in makes no difference
db_rows >"$dir/by_gateway"
empty
kafka topic pushed 6
sed 's/topic: gate$/topic: pushed/; /^status:/d' "$dir/engine.yaml" >"$dir/pushed.yaml"
printf %s "$broken" >"$dir/broken.edi"
"$paxgate" push -c "$dir/pushed.yaml" "$one" "$list" "$foreign" \
	"$dir/broken.edi" >/dev/null
"$paxgate" run -c "$dir/pushed.yaml" --drain >/dev/null
db_rows >"$dir/by_push"
cmp -s "$dir/by_gateway" "$dir/by_push" ||
	fail "rows differ from pushed ones: $(diff "$dir/by_gateway" "$dir/by_push" | head -c 500)"
[ -s "$dir/by_push" ] || fail 'no rows at all'

# ---- a second gateway knows it all, and a first one killed with it
kill -9 $gateway
knows second
post="$url/v1/messages"
state "$id" processed
cmp -s "$dir/answer" "$dir/processed" || fail 'a new gateway tells otherwise'

# ---- pushed: what became of each goes to the carrier that wants it, once, also
# when its server was away or the gateway begins anew
told=$dir/told
"${BUILD:-build}/tests/receiver" "$told" "$dir/server.pem" "$dir/server.key" \
	>"$dir/receiver.port" &
receiver=$!
until [ -s "$dir/receiver.port" ]; do sleep 0.05; done

# pushed ID STATE: within 10 s it is there, and once
pushed()
{
	tries=0
	until jq -es --arg id "$1" --arg s "$2" \
		'any(.id == $id and .status.state == $s)' "$told" >/dev/null 2>&1; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] || fail "$1 $2 is not pushed: $(cat "$told")"
		sleep 0.1
	done
	[ "$(sort "$told" | uniq -d | wc -l)" = 0 ] || fail "twice: $(cat "$told")"
}

# hand_in FLIGHT: the list as another flight's; sets $new, its id
hand_in()
{
	sed "s/TDT+20+X9[0-9]*/TDT+20+X9$1/" "$list" >"$dir/new.edi"
	ask 202 "flight $1" -H "$as1 $token1" --data-binary "@$dir/new.edi" "$post"
	new=$(jq -r '.receipts[0].id' "$dir/answer")
	"$paxgate" run -c "$dir/engine.yaml" --drain >"$dir/out"
}

push=https://localhost:$(cat "$dir/receiver.port")/paxgate
register
pushed "$id" processed
pushed "$lost" quarantined
cut -c 1-9 "$told" | sort -u | grep -qx '{"id":"X9' ||
	fail "not its own: $(cat "$told")"
ask 200 'the same by asking' -H "$as1 $token1" "$post/$lost"
grep -qxF "$(cat "$dir/answer")" "$told" || fail 'pushed otherwise than told'
touch "$told.away"
hand_in 7001
tries=0
until grep -q 'push-failed.*503' "$dir/second.log"; do
	tries=$((tries + 1))
	[ $tries -lt 100 ] || fail "no push to one who is away"
	sleep 0.1
done
! grep -q "$new" "$told" || fail 'kept by a server that is away'
rm "$told.away"
pushed "$new" processed
kill $gateway
wait $gateway || fail "the gateway ends with $?"
knows second
post="$url/v1/messages"
hand_in 7002
pushed "$new" processed
kill $receiver

# ---- tokens change without a pause; a bad register is not taken
hash1=$hash2
register
sleep 1.1 # it looks once a second
ask 401 'the old token' -H "$as1 $token1" "$post/$id"
ask 200 'the new token' -H "$as1 $token2" "$post/$id"
echo 'carriers: oops' >"$dir/carriers.new"
mv "$dir/carriers.new" "$dir/carriers.yaml"
sleep 1.1
ask 200 'the register before' -H "$as1 $token2" "$post/$id"
grep -q register-kept "$dir/second.log" || fail 'a bad register is not told'

# ---- too fast
rate=2
register
sleep 1.1
for want in 202 202 429; do
	ask $want "rate 2" -H "$as1 $token2" --data-binary "@$list" "$post"
done
grep -qi '^retry-after: [1-9]' "$dir/head" || fail 'no Retry-After'
rate=100000
register
sleep 1.1

# ---- the spool
cp "$list" "$dir/spool/X9/in/.coming"
echo nonsense >"$dir/spool/X9/in/bad.edi"
cp "$foreign" "$dir/spool/X9/in/foreign.edi"
cp "$one" "$dir/spool/X9/in/good.edi"
cp "$dir/indicator.edi" "$dir/spool/X9/in/test.edi"
tries=0
until [ -e "$dir/spool/X9/taken/good.edi" ] &&
	[ -e "$dir/spool/X9/refused/foreign.edi.why" ] &&
	[ -e "$dir/spool/X9/refused/bad.edi.why" ]; do
	tries=$((tries + 1))
	[ $tries -lt 100 ] || fail "the spool: $(find "$dir/spool" -type f)"
	sleep 0.1
done
until [ -e "$dir/spool/X9/taken/test.edi" ]; do sleep 0.1; done
jq -e '.[0].test' "$dir/spool/X9/taken/test.edi.report" >/dev/null ||
	fail 'a test in the spool is not reported on'
[ ! -e "$dir/spool/X9/taken/good.edi.report" ] || fail 'a report on no test'
[ -e "$dir/spool/X9/in/.coming" ] || fail 'a file was taken before it was whole'

# ---- the broker away: nothing is acknowledged, and later it is. One gateway
# has no status topic: it waits for the messages' own acknowledgement
before="$gateway $url"
sed '/^status:/d' "$dir/gate.yaml" >"$dir/bare.yaml"
gateway bare bare
bare=$url/v1/messages
ask 202 'without a status topic' -H "$as1 $token2" --data-binary "@$one" "$bare"
kafka stop
bare_gateway=$gateway # each waits ten seconds
curl -s --max-time 30 --cacert "$dir/ca.pem" -o /dev/null -w '%{http_code}' \
	-H "$as1 $token2" --data-binary "@$one" "$bare" >"$dir/bare.code" &
bare_ask=$!
gateway=${before% *} url=${before#* }
ask 200 'a look at its readiness' "$url/readyz"
ask 503 'no broker' -H "$as1 $token2" --data-binary "@$one" "$post"
grep -qi '^retry-after: [1-9]' "$dir/head" || fail 'no Retry-After'
wait $bare_ask
[ "$(cat "$dir/bare.code")" = 503 ] ||
	fail "no broker, no status topic: $(cat "$dir/bare.code")"
kill -9 $bare_gateway
before="$gateway $url"
gateway third
ask 503 'one that has not read the topic' "$url/readyz"
kill -9 $gateway
gateway=${before% *} url=${before#* }
kafka start >/dev/null
tries=0
until curl -s --cacert "$dir/ca.pem" -o "$dir/answer" -w '%{http_code}' \
	-H "$as1 $token2" --data-binary "@$one" "$post" | grep -q 202; do
	tries=$((tries + 1))
	[ $tries -lt 20 ] || fail "never back: $(cat "$dir/second.log")"
	sleep 0.5
done
cmp -s "$dir/answer" "$dir/receipt" || fail 'another receipt after the outage'
kill $gateway
wait $gateway || fail "the gateway ends with $?: $(tail -n 3 "$dir/second.log")"
grep -l 'pxg_' "$dir"/*.log && fail 'a token in a log'

# ---- page and server are one
grep -v ' /v2' "$dir/seen" | sort -u >"$dir/answers"
promised >"$dir/promised"
cmp -s "$dir/answers" "$dir/promised" ||
	fail "doc/openapi.yaml: $(diff "$dir/promised" "$dir/answers")"
exit 0
