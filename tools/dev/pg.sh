#!/bin/sh
# pg.sh - a private PostgreSQL cluster in a folder, on a unix socket only
#
#	pg.sh DIR start		make it if need be, start it, print how to connect
#	pg.sh DIR stop		stop it; fine when it does not run
#	pg.sh DIR status	"running" and exit 0, or "stopped" and exit 3
#	pg.sh DIR wipe		stop it and remove the cluster
#
# Anybody may run it. PostgreSQL refuses uid 0, so for root it runs in a user
# namespace that shows it uid 1000 (files stay root's), or where there are
# none as the system's user postgres. start is idempotent and gets over a
# killed postmaster. The server's log never holds a value of a statement.
# Exit codes: 0 ok, 2 usage, 3 stopped, 70 broken, 75 try again.
set -u

die()
{
	code=$1
	shift
	echo "pg.sh: $*" >&2
	exit "$code"
}

[ $# -eq 2 ] || die 2 "usage: pg.sh DIR start|stop|status|wipe"
mkdir -p "$1" || die 70 "cannot make folder '$1'"
root=$(cd "$1" && pwd -P) || die 70 "cannot enter folder '$1'"
data=$root/data
sock=$root/s
# a socket's path has room for 107 bytes; ours ends in /.s.PGSQL.5432
[ ${#sock} -le $((107 - 14)) ] ||
	die 2 "path '$sock' is too long for a socket; choose a shorter folder"

# The newest server installed; not what PATH happens to find.
bin=${PG_BIN:-}
if [ -z "$bin" ]; then
	for d in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V); do
		[ -x "$d/initdb" ] && bin=$d
	done
fi
[ -n "$bin" ] || die 70 "no PostgreSQL server here; run tools/dev/setup.sh"

if [ "$(id -u)" -ne 0 ]; then
	as=
elif unshare --user --map-user=1000 --map-group=1000 true 2>/dev/null; then
	as='unshare --user --map-user=1000 --map-group=1000'
else
	owner=${PG_OSUSER:-postgres}
	as="setpriv --reuid=$owner --regid=$owner --init-groups"
	chown "$owner:" "$root" ||
		die 70 "no user namespaces, and no user '$owner'"
	# a folder below /root is closed to that user: the cluster goes to
	# /var/tmp, and DIR becomes a link to it
	if ! $as test -x "$root"; then
		elsewhere=/var/tmp/paxgate-pg-$(echo "$root" | cksum |
			cut -d ' ' -f 1)
		mkdir -p "$elsewhere" && chown "$owner:" "$elsewhere" &&
			rm -f "$root/lock" && rmdir "$root" &&
			ln -s "$elsewhere" "$root" ||
			die 70 "user '$owner' cannot enter '$root'"
		root=$elsewhere
		data=$root/data
		sock=$root/s
	fi
fi
chmod 700 "$root" || die 70 "cannot make '$root' private"

# Run a program of the server's as the cluster's owner.
pg()
{
	program=$1
	shift
	(cd "$root" && env -u PGDATA -u PGPORT -u PGHOST LC_ALL=C.UTF-8 \
		$as "$bin/$program" "$@")
}

running()
{
	[ -s "$data/PG_VERSION" ] && pg pg_ctl -D "$data" status >/dev/null 2>&1
}

create()
{
	# an attempt that was cut short leaves a folder without the last file
	$as rm -rf "$data" "$data.new" "$sock" || return 1
	$as mkdir -m 700 "$sock" || return 1
	pg initdb -D "$data.new" -U paxgate --auth-local=trust \
		--auth-host=reject -E UTF8 --locale=C.UTF-8 --no-sync \
		>"$root/initdb.log" 2>&1 || return 1
	$as sh -c 'cat >>"$0"' "$data.new/postgresql.conf" <<-EOF
		listen_addresses = ''
		unix_socket_directories = '$sock'
		unix_socket_permissions = 0700
		max_connections = 60
		shared_buffers = 256MB
		max_wal_size = 2GB
		wal_level = minimal
		max_wal_senders = 0
		# a day's work touches many partitions in one transaction
		max_locks_per_transaction = 1024
		# no statement and none of its values reach the log
		log_statement = none
		log_min_duration_statement = -1
		log_min_error_statement = panic
		log_min_messages = fatal
		log_error_verbosity = terse
		log_parameter_max_length = 0
		log_parameter_max_length_on_error = 0
		debug_print_parse = off
		debug_print_plan = off
		track_activity_query_size = 100
	EOF
	$as mv "$data.new" "$data"
}

start()
{
	# who starts second waits for who started first
	exec 9>"$root/lock"
	flock -w 60 9 || die 75 "another start holds '$root/lock'"
	[ -s "$data/PG_VERSION" ] || create 9>&- || {
		tail -n 5 "$root/initdb.log" >&2
		die 70 "cannot make a cluster in '$root'"
	}
	# a test may have given it another, and TLS, in postgresql.conf
	port=$(sed -n 's/^[[:blank:]]*port = //p' "$data/postgresql.conf")
	# after a kill -9 the old server's children hold on for a moment
	tries=0
	until running && pg pg_isready -q -h "$sock" -p "${port:-5432}" \
		-U paxgate -d postgres; do
		tries=$((tries + 1))
		[ $tries -le 30 ] || {
			tail -n 5 "$root/log" >&2
			die 75 "the cluster in '$root' does not start"
		}
		pg pg_ctl -D "$data" -s -l "$root/log" -w -t 60 start \
			>/dev/null 2>&1 9>&- || sleep 0.3
	done
	echo "host=$sock user=paxgate dbname=postgres${port:+ port=$port}"
}

stop()
{
	running || return 0
	pg pg_ctl -D "$data" -s -w -t 60 -m "${1:-fast}" stop ||
		die 70 "the cluster in '$root' does not stop"
}

case $2 in
start) start ;;
stop) stop ;;
status)
	if running; then
		echo running
	else
		echo stopped
		exit 3
	fi
	;;
wipe)
	stop immediate
	$as rm -rf "$data" "$data.new" "$sock" "$root/log" "$root/initdb.log" \
		"$root/lock"
	rmdir "$root" 2>/dev/null
	[ ! -L "${1%/}" ] || rm -f "${1%/}"
	;;
*) die 2 "'$2' is none of start, stop, status, wipe" ;;
esac
