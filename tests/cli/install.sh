#!/bin/sh
# install.sh - what `make install` puts down works as it is: samples from which
# the engine runs a day and finds hits, a unit that systemd takes, its user and
# folders; uninstall leaves nothing
set -eu
dir=$(mktemp -d)
pg_sh=$PWD/tools/dev/pg.sh
trap '"$pg_sh" "$dir/pg" wipe >/dev/null 2>&1 || true; rm -rf "$dir"' EXIT
dest=$dir/dest
make=$(printf 'make --no-print-directory -s BUILD=%s DESTDIR=%s PREFIX=/usr' \
	"${BUILD:-build}" "$dest")

fail()
{
	echo "$*"
	exit 1
}

$make install >"$dir/out" 2>&1 || { cat "$dir/out"; fail "make install"; }
paxgate=$dest/usr/bin/paxgate

[ -s "$dest/usr/share/man/man1/paxgate-profile-check.1" ] &&
	[ -s "$dest/usr/share/man/man5/paxgate.yaml.5" ] || fail "no man pages"
cmp etc/completion/paxgate.bash \
	"$dest/usr/share/bash-completion/completions/paxgate"

# the samples, in a folder laid out as the unit's: etc/ a link, var/ its own
grep -q "@PREFIX@" -r "$dest" && fail "@PREFIX@ is left"
mkdir -p "$dir/lib/var/keys" "$dir/etc"
cp -r "$dest/usr/share/paxgate/etc/." "$dir/etc"
ln -s "$dir/etc" "$dir/lib/etc"
PAXGATE_DATABASE=$("$pg_sh" "$dir/pg" start)
export PAXGATE_DATABASE
cd "$dir/lib"
c=$dir/etc/paxgate.yaml
{
	"$paxgate" profile check etc/profiles/*.yaml
	"$paxgate" profile test etc/profiles
	"$paxgate" watchlist build -o var/wanted.snap \
		etc/watchlists/demo-wanted.list.yaml
	"$paxgate" db init -c "$c"
	"$paxgate" keys create -c "$c"
	"$paxgate" keys create -c "$c" --approver approver-01
	"$paxgate" profile approve -c "$c" -a approver-01 \
		-k var/keys/approver-01.key etc/profiles
	sed -i 's|watchlist: ""|watchlist: var/wanted.snap|' "$c"
	"$paxgate" gen --out var/day --flights 3 --seed 5 \
		--watchlist etc/watchlists/demo-wanted.csv
	"$paxgate" run -c "$c" --feed var/day --drain
} >"$dir/out" 2>&1 || { cat "$dir/out"; fail "the samples do not work"; }
"$paxgate" hits list -c "$c" --json >"$dir/hits"
for kind in profile list; do
	grep -q "\"kind\":\"$kind\"" "$dir/hits" || fail "no hit of a $kind"
done
cd - >/dev/null

# the units, where systemd is at hand: files are in their place for it
for name in paxgate paxgate-gateway paxgate-retention; do
	command -v systemd-analyze >/dev/null || break
	unit=$dir/$name.service
	sed "s|/usr/bin/paxgate|$paxgate|; /^Documentation=/d" \
		"$dest/usr/lib/systemd/system/$name.service" >"$unit"
	systemd-analyze verify "$unit" >"$dir/out" 2>&1 || true
	grep "$name.service" "$dir/out" && fail "the unit $name"
	# of 10, in tenths
	systemd-analyze security --offline=true --threshold=15 --no-pager \
		"$unit" >"$dir/out" 2>&1 || { tail -n 1 "$dir/out"; fail exposure; }
done

# the timer starts the service of its name, daily, as UTC has it, and makes up for
# days it missed; what the service calls is there
timer=$dest/usr/lib/systemd/system/paxgate-retention.timer
grep -qx 'Persistent=true' "$timer" &&
	grep -qx 'OnCalendar=\*-\*-\* 00:05:00 UTC' "$timer" || fail "the timer"
if command -v systemd-analyze >/dev/null; then
	systemd-analyze calendar '*-*-* 00:05:00 UTC' >/dev/null ||
		fail "the timer's time"
fi
sed -n 's|^ExecStart=/usr/bin/paxgate \(.*\) -c .*|\1|p' \
	"$dest/usr/lib/systemd/system/paxgate-retention.service" >"$dir/calls"
[ "$(cat "$dir/calls")" = 'retention run
retention prove' ] || fail "the service calls: $(cat "$dir/calls")"
cd "$dir/lib"
while read -r command; do
	"$paxgate" $command -c "$c" >"$dir/out" 2>&1 ||
		fail "$command: $(cat "$dir/out")"
done <"$dir/calls"
cd - >/dev/null

# user and folders, in a root of their own; other users' folders need root
if command -v systemd-tmpfiles >/dev/null && [ "$(id -u)" -eq 0 ]; then
	mkdir "$dest/etc"
	touch "$dest/etc/passwd" "$dest/etc/group"
	{
		systemd-sysusers --root="$dest"
		systemd-tmpfiles --root="$dest" --create paxgate.conf
		echo changed >"$dest/etc/paxgate/scope.yaml"
		systemd-tmpfiles --root="$dest" --create paxgate.conf
	} >"$dir/out" 2>&1 || { cat "$dir/out"; fail "user and folders"; }
	grep -qx changed "$dest/etc/paxgate/scope.yaml" ||
		fail "tmpfiles replaces a setting"
	[ "$(stat -c %a "$dest/var/lib/paxgate/var/keys")" = 700 ] ||
		fail "the key folder is open"
	[ "$(readlink "$dest/var/lib/paxgate/etc")" = /etc/paxgate ] ||
		fail "no link to the settings"
fi

$make uninstall
left=$(find "$dest/usr" -type f)
[ -z "$left" ] || fail "uninstall leaves $left"
[ ! -d "$dest/etc" ] || [ -s "$dest/etc/paxgate/paxgate.yaml" ] ||
	fail "uninstall takes the settings away"
