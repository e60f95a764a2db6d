#!/bin/sh
# secure.sh - a broker and a database behind TLS with passwords: push, engine
# and gateway work as without, all secrets in files; a wrong issuer, host name
# or password is refused, with a sentence that says which and without a secret
. tests/stream/lib.sh

# ca NAME: an issuer of certificates; cert NAME CA: one for localhost
ca()
{
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 \
		-nodes -keyout "$dir/$1.key" -out "$dir/$1.pem" -days 2 \
		-subj "/CN=paxgate test $1" 2>/dev/null
}
cert()
{
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
		-keyout "$dir/$1.key" -out "$dir/$1.csr" -subj /CN=localhost \
		2>/dev/null
	echo subjectAltName=DNS:localhost >"$dir/$1.ext"
	openssl x509 -req -in "$dir/$1.csr" -CA "$dir/$2.pem" \
		-CAkey "$dir/$2.key" -CAcreateserial -days 2 \
		-extfile "$dir/$1.ext" -out "$dir/$1.pem" 2>/dev/null
}

# refused CODE SENTENCE COMMAND...: it has to end so, say so, and no secret
said=$dir/said
refused()
{
	code=$1 sentence=$2 rc=0
	shift 2
	"$@" >"$said" 2>&1 || rc=$?
	[ $rc -eq "$code" ] || fail "exit $rc, not $code: $(cat "$said")"
	grep -q "$sentence" "$said" || fail "no '$sentence' in: $(cat "$said")"
	! grep -q CANARY "$said" || fail "a secret: $(cat "$said")"
}

# other NAME SED...: $dir/NAME.yaml, the settings with something else in them
other()
{
	name=$1
	shift
	sed "$@" "$dir/safe.yaml" >"$dir/$name.yaml"
}

ca issuer
ca stranger
cert broker issuer
cert server issuer
mkdir "$dir/tls" "$dir/kafka"
cat "$dir/broker.key" "$dir/broker.pem" >"$dir/tls/broker.pem"
echo engine >"$dir/tls/user"
echo CANARY-broker >"$dir/tls/password"
echo CANARY-wrong >"$dir/wrong"
cp "$dir/tls/password" "$dir/password"
chmod 600 "$dir/password" "$dir/wrong"
plain=$(tools/dev/kafka.sh "$dir/kafka" start "$dir/tls")
broker=$(tools/dev/kafka.sh "$dir/kafka" secure)
tools/dev/kafka.sh "$dir/kafka" topic day 3
tools/dev/kafka.sh "$dir/kafka" topic pax.control 1

# the database: passwords and TLS on a port, trust on the socket that is ours
cp "$dir/server.key" "$dir/server.pem" "$dir/pg/data"
chmod 600 "$dir/pg/data/server.key"
chown --reference="$dir/pg/data/PG_VERSION" "$dir/pg/data/server.key" \
	"$dir/pg/data/server.pem"
tools/dev/pg.sh "$dir/pg" stop
port=$(shuf -n 1 -i 10240-32000)
cat >>"$dir/pg/data/postgresql.conf" <<-C
	listen_addresses = '127.0.0.1'
	port = $port
	ssl = on
	ssl_cert_file = 'server.pem'
	ssl_key_file = 'server.key'
C
cat >"$dir/pg/data/pg_hba.conf" <<-C
	local all all trust
	hostssl all all 127.0.0.1/32 scram-sha-256
C
conninfo=$(tools/dev/pg.sh "$dir/pg" start)
psql -q "$conninfo" -c "ALTER ROLE paxgate PASSWORD 'CANARY-database'"
echo "*:*:*:*:CANARY-database" >"$dir/pgpass"
echo "*:*:*:*:CANARY-wrong" >"$dir/wrong.pgpass"
chmod 600 "$dir/pgpass" "$dir/wrong.pgpass"

settings 2
fresh
cp "$dir/run.yaml" "$dir/open.yaml"
uri="host=localhost port=$port user=paxgate dbname=postgres"
uri="$uri sslmode=verify-full sslrootcert=$dir/issuer.pem passfile=$dir/pgpass"
sed "s|^database:.*|database: {uri: \"$uri\"}|" "$dir/run.yaml" >"$dir/safe.yaml"
cat >>"$dir/safe.yaml" <<-C
	kafka:
	  brokers: $broker
	  topic: day
	  group: safe
	  librdkafka:
	    security.protocol: SASL_SSL
	    ssl.ca.location: $dir/issuer.pem
	    sasl.mechanism: SCRAM-SHA-256
	    sasl.username: engine
	    sasl.password: {file: $dir/password}
	gateway:
	  port: 0
	  carriers: $dir/carriers.yaml
	  state: $dir/state
C
cat >"$dir/carriers.yaml" <<-C
	carriers:
	  - carrier: X9
	    name: Example Airways
	    senders: [X9, X9APIS]
	    live: true
	    tokens: [$("$paxgate" gateway token | tee "$dir/token" | tail -n 1)]
C

# ---- all of it works, and says where it went: TLS, by the server's own word
"$paxgate" gen --out "$dir/day" --seed 3 --flights 2 --travellers 20 >/dev/null
set -- "$dir"/day/*.edi
nr=$#
"$paxgate" push -c "$dir/safe.yaml" "$@" >"$dir/out" || fail "push: exit $?"
"$paxgate" run -c "$dir/safe.yaml" >"$dir/out" 2>"$dir/log" &
engine=$!
topic=day
wait_for "$nr"
[ "$(psql -qAt "$conninfo" -c "SELECT bool_and(ssl) AND count(*) >= 2
	FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
	WHERE application_name LIKE 'paxgate worker%'")" = t ] ||
	fail 'the workers speak no TLS to the database'
kill $engine
wait $engine || fail "run: exit $?: $(cat "$dir/log")"
db_rows >"$dir/now"
"$rows" files "$dir/open.yaml" "$@" | sort >"$dir/files"
grep -E '^(traveller|hit) ' "$dir/now" | cmp - "$dir/files" ||
	fail 'the rows are not those of the files'

other gate "/^log:/s/warning/info/"
"$paxgate" gateway -c "$dir/gate.yaml" >"$dir/gate.log" 2>&1 &
gateway=$!
tries=0
until url=$(sed -n 's|.* gateway-ready .*port=\([0-9]*\).*|http://127.0.0.1:\1|p' \
	"$dir/gate.log") && [ "$url" ]; do
	tries=$((tries + 1))
	[ $tries -lt 100 ] || fail "no gateway: $(cat "$dir/gate.log")"
	sleep 0.05
done
for path in test messages; do
	curl -sf -H "Authorization: Bearer $(head -n 1 "$dir/token")" \
		--data-binary "@$(ls "$dir"/day/X9*paxlst*.edi | head -n 1)" \
		"$url/v1/$path" >"$dir/answer" ||
		fail "gateway: $path: $(cat "$dir/answer" "$dir/gate.log")"
done
kill $gateway
wait $gateway || fail "gateway: exit $?"
! grep -l CANARY "$dir"/log "$dir"/gate.log || fail 'a secret in a log'

# ---- another protocol may be a broker that restarts: worth ten seconds, in
# which the rest goes on
other plain 's/SASL_SSL/SASL_PLAINTEXT/'
(said=$dir/said.plain refused 75 'is security.protocol right' \
	"$paxgate" push -c "$dir/plain.yaml" "$1") &
by_plain=$!
other tls "s|brokers: .*|brokers: $plain|"
(said=$dir/said.tls refused 75 'TLS could not be agreed on' \
	"$paxgate" push -c "$dir/tls.yaml" "$1") &
by_tls=$!

# ---- the broker: issuer, host name, password
other ca "s|ssl.ca.location: .*|ssl.ca.location: $dir/stranger.pem|"
other host "s|brokers: localhost|brokers: 127.0.0.1|"
other password "s|file: $dir/password|file: $dir/wrong|"
for wrong in 'ca nobody in ssl.ca.location has signed its certificate' \
	'host its certificate is for another host name' \
	'password it refuses user or password'; do
	refused 2 "${wrong#* }" \
		"$paxgate" run --drain -c "$dir/${wrong%% *}.yaml"
done
refused 2 'has signed its' "$paxgate" gateway -c "$dir/ca.yaml"
refused 2 'it refuses user' "$paxgate" push -c "$dir/password.yaml" "$1"

# ---- secrets: not in the settings, not for others to read; none is no proof
other inline "s|sasl.password: .*|sasl.password: CANARY|"
refused 2 'sasl.password is a secret' "$paxgate" push -c "$dir/inline.yaml" "$1"
other twofold "s|sasl.password: .*|sasl.password: {file: x, mode: y}|"
refused 2 'takes a value, or {file: PATH}' \
	"$paxgate" push -c "$dir/twofold.yaml" "$1"
other none "s|file: $dir/password|file: $dir/nowhere|"
refused 2 "sasl.password: cannot read '$dir/nowhere'" \
	"$paxgate" push -c "$dir/none.yaml" "$1"
chmod 640 "$dir/password"
refused 2 'open to others than its owner' "$paxgate" push -c "$dir/safe.yaml" "$1"
chmod 600 "$dir/password"
: >"$dir/empty"
chmod 600 "$dir/empty"
other empty "s|file: $dir/password|file: $dir/empty|"
refused 2 'holds no secret' "$paxgate" push -c "$dir/empty.yaml" "$1"
for off in enable.ssl.certificate.verification ssl.endpoint.identification.algorithm; do
	other off "s|security.protocol: .*|&\n    $off: none|"
	refused 2 "may not set '$off'" "$paxgate" push -c "$dir/off.yaml" "$1"
done

# ---- a topic that is kept too briefly or too long, at the limits and beside
# them (the broker's preset is 168 hours), or that does not go by time alone
kept()
{
	other hours "s|^gateway:|limits: {raw_retention_hours_min: $1, \
		raw_retention_hours_max: $2}\n&|"
	"$paxgate" run --drain -c "$dir/hours.yaml" 2>&1
}
kept 168 168 >/dev/null || fail "at the limits: exit $?"
refused 2 'keeps messages for 604800000 ms.* allow 169 to 170 hours' kept 169 170
refused 2 'set retention.ms of the topic to 360000000 to 601200000' kept 100 167
refused 2 "'limits.raw_retention_hours_min' may not be above" kept 101 100
for wrong in \
	"retention.ms=-1,retention.bytes=9,cleanup.policy=compact|cleanup.policy 'compact'" \
	'cleanup.policy=delete|retention.bytes to -1' 'retention.bytes=-1|for ever'; do
	tools/dev/kafka.sh "$dir/kafka" set day "${wrong%|*}"
	refused 2 "${wrong#*|}" "$paxgate" run --drain -c "$dir/safe.yaml"
done
other nowhere 's/topic: day/topic: nowhere/'
refused 75 "'nowhere' cannot be reached; make it" \
	"$paxgate" run --drain -c "$dir/nowhere.yaml"

# ---- the database: the same
other db.ca "s|$dir/issuer.pem passfile|$dir/stranger.pem passfile|"
other db.host "s|host=localhost port|host=127.0.0.1 port|"
other db.password "s|passfile=$dir/|&wrong.|"
other db.inline "s|passfile=[^\"]*|password=CANARY|"
other db.none "s|sslrootcert=$dir/issuer.pem|sslrootcert=$dir/nowhere|"
for wrong in 'ca nobody in sslrootcert has signed its certificate' \
	'host its certificate is for another host name' \
	'password the password was refused or is missing' \
	'inline may not hold a password' \
	'none sslrootcert names no file'; do
	refused 2 "${wrong#* }" \
		"$paxgate" run --drain -c "$dir/db.${wrong%% *}.yaml"
done
chmod 644 "$dir/pgpass"
refused 2 'mode 0600' "$paxgate" db status -c "$dir/safe.yaml"
chmod 600 "$dir/pgpass"
"$paxgate" db status -c "$dir/safe.yaml" >/dev/null || fail "db status: exit $?"
wait $by_plain && wait $by_tls
