# lib.sh - what the stream tests share: a scratch folder with a cluster, keys,
# a watchlist and settings; sourced, not run. Sets $dir, $conninfo, $rows.
set -eu
paxgate=${PAXGATE:-build/paxgate}
rows=${BUILD:-build}/tests/rows
dir=$(mktemp -d /tmp/paxgate.XXXXXX)
trap 'tools/dev/pg.sh "$dir/pg" wipe >/dev/null 2>&1; rm -rf "$dir"' EXIT

fail()
{
	echo "$*"
	exit 1
}

conninfo=$(tools/dev/pg.sh "$dir/pg" start)
"$paxgate" watchlist build -o "$dir/list.snap" \
	etc/watchlists/demo-wanted.list.yaml >/dev/null

# The sample profiles, valid around today whenever this runs.
from=$(date -u -d '-30 days' +%F)
until=$(date -u -d '+90 days' +%F)
mkdir "$dir/profiles"
for f in etc/profiles/*.yaml; do
	sed "s/valid: .*/valid: {from: $from, until: $until}/" "$f" \
		>"$dir/profiles/${f##*/}"
done

# settings WORKERS [MORE]: write $dir/run.yaml
settings()
{
	cat >"$dir/run.yaml" <<-C
		database: {uri: "$conninfo"}
		run: {workers: $1${2:+, $2}}
		screen: {watchlist: $dir/list.snap, profiles: $dir/profiles}
		keys:
		  engine: $dir/keys/engine.key
		  engine_public: $dir/keys/engine.pub
		  folder: $dir/keys/days
		log: {level: warning}
	C
}

# A new, empty schema and new keys.
fresh()
{
	psql -q "$conninfo" -c 'DROP SCHEMA IF EXISTS pax, ref, ops CASCADE' \
		>/dev/null 2>&1
	rm -rf "$dir/keys"
	"$paxgate" keys create -c "$dir/run.yaml" >/dev/null
	"$paxgate" db init -c "$dir/run.yaml" >/dev/null
}

# What the database holds, opened and sorted.
db_rows()
{
	"$rows" db "$conninfo" "$dir/keys/engine.key" "$dir/keys/days" |
		sort
}
