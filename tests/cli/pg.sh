#!/bin/sh
# pg.sh - the private cluster starts twice, survives kill -9, stops
set -eu
script=$PWD/tools/dev/pg.sh
t=$(mktemp -d)
trap 'for d in "$t"/*/; do "$script" "$d" wipe >/dev/null 2>&1 || true; done
      rm -rf "$t"' EXIT
chmod 755 "$t"

fail()
{
	echo "pg.sh: $*" >&2
	exit 1
}

# $1: a folder; the rest: how to become somebody else
cycle()
{
	dir=$1
	shift
	first=$("$@" "$script" "$dir" start) || fail "$* start"
	again=$("$@" "$script" "$dir" start) || fail "$* second start"
	[ "$first" = "$again" ] || fail "$* prints '$first', then '$again'"
	[ "$("$@" "$script" "$dir" status)" = running ] || fail "$* status"
	[ "$(stat -c %a "$dir")" = 700 ] || fail "$* folder is not private"
	"$@" psql "$first" -qc "CREATE TABLE t (v text);
		INSERT INTO t VALUES ('here')" || fail "$* psql"
	"$@" psql "$first" -qc "SELECT 'SECRETVALUE'::int" 2>/dev/null &&
		fail "$* a bad cast passed"
	pid=$(head -n 1 "$dir/data/postmaster.pid")
	kill -9 "$pid"
	"$@" "$script" "$dir" start >/dev/null || fail "$* start after a kill"
	[ "$("$@" psql "$first" -Atc 'SELECT v FROM t')" = here ] ||
		fail "$* lost a row"
	[ "$("$@" psql "$first" -Atc 'SHOW listen_addresses')" = '' ] ||
		fail "$* listens on the network"
	grep -q SECRETVALUE "$dir/log" && fail "$* logs values"
	"$@" "$script" "$dir" stop || fail "$* stop"
	"$@" "$script" "$dir" stop || fail "$* second stop"
	"$@" "$script" "$dir" status >/dev/null && fail "$* still runs"
	# what a start that was cut short leaves behind is cleared away
	"$@" rm "$dir/data/PG_VERSION"
	"$@" "$script" "$dir" start >/dev/null || fail "$* start on half a folder"
	"$@" "$script" "$dir" wipe || fail "$* wipe"
	[ ! -e "$dir/data" ] || fail "$* wipe left data"
}

cycle "$t/own" env
if [ "$(id -u)" -eq 0 ] && setpriv --reuid=65534 --clear-groups true; then
	install -d -o 65534 "$t/nobody"
	# the script must be readable to that user, wherever the project is
	cp "$script" "$t/pg.sh"
	script=$t/pg.sh
	chmod 755 "$script"
	cycle "$t/nobody" setpriv --reuid=65534 --clear-groups
fi

long=$t/$(printf '%090d' 0)
"$script" "$long" start 2>/dev/null && fail "a path too long for a socket"
"$script" "$t/x" dance 2>/dev/null && fail "an unknown verb"
exit 0
