#!/bin/sh
# peers.sh - other engines and paxgate on the same bytes, as lines of JSON:
# value is the peer's, paxgate ours in the same run, ratio how many times faster
# we are. Readers split segments; paxgate's figure is of whole records.
#
# Fetches them into var/peers (PEERS): crates by cargo, packages by npm, pip
# and Maven. One that cannot be had is left out, with a line on standard error.
# PERSONS (default 1000000): of the list that names are searched in. FLIGHTS
# (40): of the day. PYTHON312 (python3.12): edifactlib needs one so new.
# Exit codes: 0 ok, 70 paxgate failed or found something else than a peer.
set -eu
here=$(cd "$(dirname "$0")" && pwd)/peers
paxgate=${PAXGATE:-build/paxgate}
dir=${PEERS:-var/peers}
persons=${PERSONS:-1000000}
flights=${FLIGHTS:-40}
mkdir -p "$dir/log"
dir=$(cd "$dir" && pwd)

absent()
{
	echo "peers.sh: without $1: $2" >&2
}

# fetch NAME COMMAND...: what it says goes to a log
fetch()
{
	name=$1
	shift
	"$@" >"$dir/log/$name" 2>&1 ||
		absent "$name" "$(tail -n 1 "$dir/log/$name") ($dir/log/$name)"
}

# venv NAME PYTHON PACKAGE...
venv()
{
	name=$1 python=$2
	shift 2
	"$python" -c '' 2>/dev/null || {
		absent "$name" "no $python"
		return
	}
	[ -x "$dir/$name/bin/python" ] ||
		fetch "$name" "$python" -m venv "$dir/$name"
	fetch "$name" "$dir/$name/bin/pip" install -q "$@"
}

echo "peers.sh: fetching into $dir" >&2
if command -v cargo >/dev/null; then
	fetch crates cargo build -q --release \
		--manifest-path "$here/Cargo.toml" --target-dir "$dir/crates"
else
	absent crates 'no cargo'
fi
if command -v npm >/dev/null; then
	fetch npm npm install --silent --prefix "$dir/npm" edifact@1.2.12
else
	absent npm 'no npm'
fi
if command -v "${MVN:-mvn}" >/dev/null; then
	fetch staedi "${MVN:-mvn}" -q -B dependency:copy \
		-Dartifact=io.xlate:staedi:1.25.3 -DoutputDirectory="$dir"
else
	absent staedi 'no mvn'
fi
venv python python3 pydifact==0.2.3 rapidfuzz==3.14.6
venv edifactlib "${PYTHON312:-python3.12}" edifactlib==0.6.0

# ---- the same bytes for all: without Type B lines, which peers do not know
rm -rf "$dir/day" "$dir/pnrgov" "$dir/paxlst" "$dir/made"
mkdir "$dir/pnrgov" "$dir/paxlst"
"$paxgate" gen --out "$dir/day" --flights "$flights" >/dev/null
for f in "$dir"/day/*.edi; do
	kind=paxlst
	case $f in *pnrgov*) kind=pnrgov ;; esac
	sed -n '/^UN[AB]/,$p' "$f" | tr -d '\001\002\003' \
		>"$dir/$kind/${f##*/}"
	cp "$dir/$kind/${f##*/}" "$f"
done

"$paxgate" bench parse --day "$dir/day" >"$dir/ours"
"$paxgate" bench peers watchlist --day "$dir/day" --persons "$persons" \
	--export "$dir/made" >>"$dir/ours"

# ours FIGURE: its value
ours()
{
	sed -n "s/^{\"figure\":\"$1\",\"value\":\\([^,]*\\),.*/\\1/p" "$dir/ours"
}

# figure NAME VALUE UNIT OURS FASTER OF: a line; FASTER is 'high' or 'low'
figure()
{
	awk -v n="$1" -v v="$2" -v u="$3" -v o="$4" -v f="$5" -v of="$6" 'BEGIN {
		ratio = "null"
		if (v > 0)
			ratio = sprintf("%.1f", f == "high" ? o / v : v / o)
		printf "{\"figure\":\"%s\",\"value\":%s,\"unit\":\"%s\"," \
		       "\"paxgate\":%s,\"ratio\":%s,\"of\":\"%s\"}\n",
		       n, v, u, o, ratio, of
	}'
}

# reader NAME COMMAND...: of both kinds of messages
reader()
{
	name=$1
	shift
	for kind in pnrgov paxlst; do
		if got=$("$@" "$dir/$kind" 2>"$dir/log/run"); then
			set -- "$@"
			figure "peers.$kind.$name" "${got%% *}" MB/s \
				"$(ours parse.$kind)" high \
				"$(echo "$got" | cut -d' ' -f2) segments read, $(
				echo "$got" | cut -d' ' -f3) files refused"
		else
			absent "$name" "$(tail -n 1 "$dir/log/run")"
			return 0
		fi
	done
}

bin=$dir/crates/release
[ ! -x "$bin/readers" ] || {
	reader edifact-parser "$bin/readers" parser
	reader edifact-rs "$bin/readers" rs
}
[ ! -d "$dir/npm/node_modules/edifact" ] ||
	NODE_PATH=$dir/npm/node_modules reader npm-edifact \
		node "$here/npm_reader.js"
[ ! -f "$dir/staedi-1.25.3.jar" ] ||
	reader staedi "${JAVA:-java}" -cp "$dir/staedi-1.25.3.jar" \
		"$here/StaediReader.java"
[ ! -x "$dir/python/bin/python" ] ||
	reader pydifact "$dir/python/bin/python" "$here/pydifact_reader.py"
[ ! -x "$dir/edifactlib/bin/python" ] ||
	reader edifactlib "$dir/edifactlib/bin/python" \
		"$here/edifactlib_reader.py"

for nr in 1000 10000; do
	[ -x "$bin/profiles" ] || break
	got=$("$bin/profiles" "$dir/made/expressions-$nr.txt" \
		"$dir/made/travellers.tsv")
	hits=$(echo "$got" | cut -d' ' -f2)
	grep -q "\"peers.$nr\".* $hits hits" "$dir/ours" || {
		echo "peers.sh: a-tree has $hits hits, paxgate: $(
			grep "\"peers.$nr\"" "$dir/ours")" >&2
		exit 70
	}
	figure "peers.profiles_$nr.a-tree" "${got%% *}" us "$(ours peers.$nr)" \
		low "$nr profiles, the same $hits hits"
done
[ ! -x "$dir/python/bin/python" ] || {
	got=$("$dir/python/bin/python" "$here/rapidfuzz_names.py" "$dir/made")
	figure peers.watchlist.token-sort "${got%% *}" us \
		"$(ours watchlist.mean)" low "RapidFuzz, $persons persons"
	figure peers.watchlist.jaro-winkler "$(echo "$got" | cut -d' ' -f2)" us \
		"$(ours watchlist.mean)" low "RapidFuzz, $persons persons"
}
