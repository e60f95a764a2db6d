#!/bin/sh
# config.sh - every way a settings file can be wrong, and what `paxgate run`
# says of what its settings name
set -eu
paxgate=${PAXGATE:-build/paxgate}
t=$(mktemp -d /tmp/paxgate.XXXXXX)
trap 'tools/dev/pg.sh "$t/pg" wipe >/dev/null 2>&1 || true; rm -rf "$t"' EXIT
unset PAXGATE_DATABASE
bad=0

# expect CODE PATTERN COMMAND...: ends so, and says so in one line
expect()
{
	code=$1 pattern=$2
	shift 2
	rc=0
	timeout 60 "$@" >"$t/out" 2>"$t/err" || rc=$?
	if [ "$rc" -ne "$code" ] || ! grep -Eq -e "$pattern" "$t/err"; then
		echo "exit $rc, not $code, or no '$pattern': $*"
		head -n 3 "$t/err"
		bad=1
	fi
}

# wrong PATTERN TEXT: keys check with these settings ends with 2
wrong()
{
	printf '%b' "$2" >"$t/c.yaml"
	expect 2 "c\\.yaml: .*$1" "$paxgate" keys check -c "$t/c.yaml"
}

# What stands in the file.
wrong "line 1, column 9: there is no .*'kafka.tpic'; .*'kafka.topic'" \
	'kafka: {tpic: x}\n'
wrong "'databse.uri'; the nearest is 'database.uri'" 'databse: {uri: x}\n'
wrong "line 2, column 1: .*'wrkers'" 'log: {level: info}\nwrkers: 2\n'
wrong "no setting 'kafka'" 'kafka: 5\n'
wrong "no setting 'run'" 'run:\n'
wrong "'kafka.topic' takes one value, not a list" 'kafka: {topic: [a]}\n'
wrong "no setting 'kafka.topic.a'" 'kafka: {topic: {a: b}}\n'
wrong "'kafka.topic' may not be empty" 'kafka: {topic: ""}\n'
wrong "'keys.engine' may not be empty" 'keys: {engine: }\n'
wrong "'kafka.group' holds a NUL" 'kafka: {group: "a\\0b"}\n'
wrong 'kafka.librdkafka.a' 'kafka: {librdkafka: {a: [b]}}\n'
wrong "librdkafka.a' takes a value, or .file: PATH" \
	'kafka: {librdkafka: {a: {b: c}}}\n'
wrong "librdkafka.a' takes a value" 'kafka: {librdkafka: {a: {file: }}}\n'
wrong 'kafka.librdkafka' 'kafka: {librdkafka: x}\n'
wrong 'not YAML' 'run: [\n'
wrong 'not YAML' 'run: {workers: 1\n'
wrong 'line 1, column 1: not YAML' '\0\0\0'
wrong 'expected settings' '- a\n'
wrong 'expected settings' 'text\n'
wrong 'line 2, column 1: this key stands here twice' \
	'run: {workers: 1}\nrun: {workers: 2}\n'
wrong 'line 1, column 19: .*twice' 'run: {workers: 1, workers: 2}\n'
wrong 'aliases|anchors' 'a: &x b\nc: *x\n'
wrong 'a key must be plain text' '? [a]\n: b\n'
wrong 'second document' 'log: {level: info}\n---\nlog: {level: info}\n'
wrong 'UTF-8|not YAML|expected settings' 'log: {level: "\377\376"}\n'
head -c 2000 /dev/urandom >"$t/c.yaml"
expect 2 'c\.yaml: ' "$paxgate" keys check -c "$t/c.yaml"
head -c 1048577 /dev/zero | tr '\0' '#' >"$t/c.yaml"
expect 2 'longer than 1048576 bytes' "$paxgate" keys check -c "$t/c.yaml"
expect 2 'cannot open .*none.yaml' "$paxgate" run -c "$t/none.yaml"
expect 2 'cannot read ' "$paxgate" run -c "$t"

# Values at the limits, and just beyond.
while read -r name low high; do
	section=${name%.*} key=${name#*.}
	for v in $((low - 1)) $((high + 1)) 1.5 1e3 x '""' 99999999999999999999; do
		wrong "line 1, column .*'$name' must be a whole number from $low to $high" \
			"$section: {$key: $v}\n"
	done
	case $name in
	database.*) with='kafka: {session_ms: 300000}\n' ;;
	kafka.*) with='database: {lock_timeout_ms: 100, idle_timeout_ms: 100}\n' ;;
	*) with= ;;
	esac
	for v in $low $high; do
		[ "$v" != 600000 ] || v=299999
		printf "$with$section: {$key: $v}\n" >"$t/c.yaml"
		echo "keys: {engine: $t/none/engine.key}" >>"$t/c.yaml"
		expect 2 "engine.key'" "$paxgate" keys check -c "$t/c.yaml"
	done
done <<T
kafka.session_ms 3000 300000
database.lock_timeout_ms 100 600000
database.idle_timeout_ms 100 600000
run.workers 0 256
run.batch_messages 1 10000
run.batch_ms 1 10000
limits.message_bytes 1024 67108864
T
for text in 'kafka: {assignor: cooperative-sticky}' 'piu: {country: be}' \
	'piu: {country: XQX}' 'piu: {mode: TEST}' 'database: {lock_timeout_ms: 10000}' \
	'kafka: {session_ms: 3000}' 'replies: {contrl: often}' \
	'replies: {topic: pax.raw}'; do
	echo "$text" >"$t/c.yaml"
	expect 2 "'[a-z_.]*' must be" "$paxgate" run -c "$t/c.yaml"
done
: >"$t/c.yaml"
expect 2 "cannot open '[a-z/]*engine.key': .*paxgate keys create" \
	sh -c "cd '$t' && '$(realpath "$paxgate")' run -c c.yaml"

# What the settings name.
ours="keys: {engine: $t/k/e.key, engine_public: $t/k/e.pub, folder: $t/k/days}"
# run_with CODE PATTERN TEXT: the engine with this besides
run_with()
{
	printf '%s\n%s\n' "$ours" "$3" >"$t/c.yaml"
	expect "$1" "^paxgate run: .*$2" "$paxgate" run --drain -c "$t/c.yaml"
}
run_with 2 "cannot open '$t/k/e.key': .*'paxgate keys create' makes it" ''
"$paxgate" keys create -c "$t/c.yaml" >/dev/null
PAXGATE_DATABASE="host=$t/var/pg/s" run_with 75 \
	"no database at '$t/var/pg/s' port 5432: no server listens" ''
run_with 75 "no database at '/nowhere'.*no server listens there" \
	'database: {uri: "host=/nowhere"}'
run_with 75 "no database at '127.0.0.1' port 1: no server listens there" \
	'database: {uri: "postgresql://u@127.0.0.1:1/x"}'
run_with 2 'not well formed' 'database: {uri: "a b"}'
run_with 2 "cannot read directory '/nowhere': No such file" \
	'screen: {profiles: /nowhere}'
run_with 2 "cannot read directory '/nowhere': No such file" \
	'screen: {lists: /nowhere}'
run_with 2 "cannot read '/nowhere': No such file" 'screen: {watchlist: /nowhere}'
run_with 5 'not a watchlist snapshot' 'screen: {watchlist: etc/scope.yaml}'
run_with 2 "cannot open '/nowhere/airports.csv'" 'screen: {reference: /nowhere}'
for key in offences regimes scope; do
	run_with 2 "cannot open '/nowhere'" "law: {$key: /nowhere}"
done
run_with 2 "no regime 'nix'" 'law: {regime: nix}'
run_with 2 'no regime is named' 'law: {regime: " "}'
run_with 4 'unlawful' 'law: {regime: eu_pnr_2016_681_literal}'
run_with 2 "log.level 'loud' is none of" 'log: {level: loud}'
chmod 644 "$t/k/e.key"
run_with 2 'e.key. is open to others than its owner: chmod' ''
chmod 600 "$t/k/e.key"
mv "$t/k/e.key" "$t/k/x"
ln -s x "$t/k/e.key"
run_with 2 "cannot open '$t/k/e.key'" ''
mv "$t/k/x" "$t/k/e.key"
chmod 755 "$t/k/days"
run_with 2 "key folder '$t/k/days' is open to others" ''
chmod 700 "$t/k/days"
mv "$t/k/days" "$t/k/gone"
run_with 2 "cannot open key folder '$t/k/days': No such file" ''
mv "$t/k/gone" "$t/k/days"

# A database, without a schema at first; the broker and librdkafka's settings.
PAXGATE_DATABASE=$(tools/dev/pg.sh "$t/pg" start)
export PAXGATE_DATABASE
run_with 5 "lacks schema step .*; run 'paxgate db init'" ''
"$paxgate" db init >/dev/null
run_with 75 'no such role' "database: {uri: \"${PAXGATE_DATABASE%user=*}user=nobody dbname=postgres\"}"
run_with 75 'no such database' "database: {uri: \"$PAXGATE_DATABASE dbname=nowhere\"}"
run_with 2 'embedded broker holds messages of up to 4194304 bytes' \
	'limits: {message_bytes: 4194305}'
run_with 2 "may not set 'auto.offset.reset'" \
	'kafka: {librdkafka: {auto.offset.reset: earliest}}'
run_with 2 'sasl.password is a secret' \
	'kafka: {librdkafka: {sasl.password: bar}}'
run_with 2 'ssl.key.location: cannot read ./nowhere' \
	'kafka: {librdkafka: {ssl.key.location: /nowhere}}'
run_with 2 "refuses the setting 'foo'" 'kafka: {librdkafka: {foo: bar}}'
grep -q bar "$t/err" && { echo "the value of a setting is printed"; bad=1; }
run_with 75 "(127.0.0.1:1'|'pax.raw' cannot be reached; )" 'kafka: {brokers: "127.0.0.1:1"}'
expect 2 "'/nowhere' is not a folder" "$paxgate" run --feed /nowhere
expect 2 "'etc/scope.yaml' is not a folder" "$paxgate" run --feed etc/scope.yaml
expect 2 "takes no 'x'" "$paxgate" run x
expect 2 "no option '--fed'" "$paxgate" run --fed x
expect 2 'needs a value' "$paxgate" run -c
echo "$ours" >"$t/c.yaml"
expect 2 'embedded broker lives in' "$paxgate" push -c "$t/c.yaml" etc/scope.yaml
exit $bad
