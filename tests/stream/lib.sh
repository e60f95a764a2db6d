# lib.sh - what the stream tests share: a scratch folder with a cluster, keys,
# a watchlist and settings; sourced, not run. Sets $dir, $conninfo, $rows.
# Scripts that need a real broker call `broker`.
set -eu
paxgate=${PAXGATE:-build/paxgate}
rows=${BUILD:-build}/tests/rows
dir=$(mktemp -d /tmp/paxgate.XXXXXX)
trap end EXIT
trap 'exit 143' HUP INT TERM # a time-out leaves no broker behind

end()
{
	# engines that a failed test left behind: children of this shell
	kill -9 $(cat /proc/$$/task/$$/children) 2>/dev/null || true
	[ ! -d "$dir/kafka" ] || tools/dev/kafka.sh "$dir/kafka" wipe
	tools/dev/pg.sh "$dir/pg" wipe >/dev/null 2>&1
	rm -rf "$dir"
}

fail()
{
	echo "$*"
	exit 1
}

conninfo=$(tools/dev/pg.sh "$dir/pg" start)
"$paxgate" watchlist build -o "$dir/list.snap" \
	etc/watchlists/demo-wanted.list.yaml >/dev/null

# The sample profiles and lists, valid around today whenever this runs.
from=$(date -u -d '-30 days' +%F)
until=$(date -u -d '+90 days' +%F)
for kind in profiles lists; do
	mkdir "$dir/$kind"
	for f in etc/$kind/*.yaml; do
		sed "s/valid: .*/valid: {from: $from, until: $until}/" "$f" \
			>"$dir/$kind/${f##*/}"
	done
done

# approve: sign all of $dir/profiles; the approver is made up for this run
approve()
{
	printf 'keys: {approvers: %s}\nscreen: {lists: %s}\n' \
		"$dir/approvers.yaml" "$dir/lists" >"$dir/approve.yaml"
	"$paxgate" keys create -c "$dir/approve.yaml" --if-missing \
		--approver tryout --key "$dir/tryout.key" >/dev/null
	"$paxgate" profile approve -c "$dir/approve.yaml" -a tryout \
		-k "$dir/tryout.key" "$dir/profiles" >/dev/null
}
approve

# settings WORKERS [MORE]: write $dir/run.yaml
settings()
{
	cat >"$dir/run.yaml" <<-C
		database: {uri: "$conninfo"}
		piu: {mode: test} # the demonstration list is marked TEST
		run: {workers: $1${2:+, $2}}
		screen: {watchlist: $dir/list.snap, profiles: $dir/profiles, lists: $dir/lists, costs: $dir/costs.json}
		keys:
		  engine: $dir/keys/engine.key
		  engine_public: $dir/keys/engine.pub
		  folder: $dir/keys/days
		  approvers: $dir/approvers.yaml
		log: {level: warning}
	C
}

# A new, empty schema.
empty()
{
	psql -q "$conninfo" -c 'DROP SCHEMA IF EXISTS pax, ref, ops CASCADE' \
		>/dev/null 2>&1
	rm -f "$dir/keys/audit.checkpoints" # of the database that was
	"$paxgate" db init -c "$dir/run.yaml" >/dev/null
}

# An empty schema and new keys.
fresh()
{
	rm -rf "$dir/keys"
	"$paxgate" keys create -c "$dir/run.yaml" >/dev/null
	empty
}

# What the database holds, opened and sorted.
db_rows()
{
	"$rows" db "$conninfo" "$dir/keys/engine.key" "$dir/keys/days" |
		sort
}

# broker: a real Kafka; sets $broker, its address
broker()
{
	mkdir "$dir/kafka"
	broker=$(tools/dev/kafka.sh "$dir/kafka" start)
}

# member NAME INSTANCE BATCH: $dir/NAME.yaml, the settings of run.yaml for an
# engine on the real broker; INSTANCE may be empty. Reads $topic as $group.
member()
{
	sed "s/^run: {/&batch_messages: $3, /
		s/^database: {/&idle_timeout_ms: 800, lock_timeout_ms: 1200, /" \
		"$dir/run.yaml" >"$dir/$1.yaml"
	cat >>"$dir/$1.yaml" <<-C
		kafka:
		  brokers: $broker
		  topic: $topic
		  group: $group
		  instance: "$2"
		  session_ms: 3000
	C
}

# How many messages the group has committed.
committed()
{
	psql -qAt "$conninfo" -c "SELECT coalesce(sum(next_offset), 0)
		FROM ops.kafka_offset WHERE topic = '$topic'"
}

# wait_for NR: until so many messages are committed
wait_for()
{
	tries=0
	until [ "$(committed)" -ge "$1" ]; do
		tries=$((tries + 1))
		[ $tries -lt 1000 ] || fail "$1 messages are never committed"
		sleep 0.01
	done
}

# amid WHAT: fail unless some messages of $nr are committed and some are not
amid()
{
	now=$(committed)
	[ "$now" -gt 0 ] || fail "$1: came before the first commit"
	[ "$now" -lt "$nr" ] || fail "$1: came after the last commit"
}

# same WHAT: fail unless all there is is what $dir/whole says
same()
{
	everything >"$dir/now"
	cmp "$dir/now" "$dir/whole" || {
		diff "$dir/whole" "$dir/now" | cut -c 1-100 | head -n 8
		fail "$1: other rows than an unbroken run's"
	}
}

# in_order WHAT: the audit log is whole, and each message that was committed is
# in it once
in_order()
{
	"$paxgate" audit verify -c "$dir/run.yaml" >"$dir/audit" 2>&1 ||
		fail "$1: $(cat "$dir/audit")"
	logged=$(psql -qAt "$conninfo" -c "SELECT coalesce(sum((line::jsonb
		->> 'messages')::int), 0) FROM ops.audit
		WHERE operation = 'COLLECT'")
	[ "$logged" -eq "$(committed)" ] ||
		fail "$1: $logged messages in the audit log, not $(committed)"
}

# All that a run leaves: rows, quarantine, counters and offsets.
everything()
{
	db_rows
	psql -qAt "$conninfo" <<-'Q'
		SELECT 'quarantine', quarantine_id, part, "offset", code, byte,
			encode(payload_hash, 'hex')
		FROM ops.quarantine ORDER BY quarantine_id;
		SELECT 'counter', * FROM ops.counter ORDER BY 2, 3, 4;
		SELECT 'offset', part, next_offset FROM ops.kafka_offset
		WHERE grp NOT LIKE '%.control' ORDER BY part;
	Q
}
