#!/bin/sh
# install.sh - what `make install` puts down works as it is: man pages without
# a warning of groff's, completion in bash, samples from which the engine runs
# a day, a unit that systemd takes; uninstall leaves nothing
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

# a page for each command and verb there is, none with a warning
man=$dest/usr/share/man
for page in "$man"/man1/* "$man"/man5/*; do
	groff -man -Tutf8 -ww -z "$page" >"$dir/out" 2>&1
	[ ! -s "$dir/out" ] || { cat "$dir/out"; fail "${page##*/}"; }
done
for command in $("$paxgate" --help=words); do
	[ -s "$man/man1/paxgate-$command.1" ] || fail "no page of $command"
done
[ -s "$man/man1/paxgate-profile-check.1" ] || fail "no page of a verb"
grep -q '^.SH EXIT STATUS' "$man/man1/paxgate-replay.1" ||
	fail "a page without its end"
for setting in $(sed -n 's/^| `\([a-z_.]*\)`.*/\1/p' doc/config.md); do
	grep -qF "fB$setting\\" "$man/man5/paxgate.yaml.5" ||
		fail "paxgate.yaml(5) lacks $setting"
done

# complete LINE WANTED...: the last word's completions hold each; -W: not it
complete()
{
	line=$1
	shift
	PATH=$dest/usr/bin:$PATH bash -c '
		. "$1"
		COMP_WORDS=($2)
		[[ $2 != *" " ]] || COMP_WORDS+=("")
		COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
		_paxgate
		printf "%s\n" "${COMPREPLY[@]}"' - \
		"$dest/usr/share/bash-completion/completions/paxgate" \
		"$line" | sed 's/ $//' >"$dir/words"
	for word; do
		case $word in
		!*) ! grep -qxF -e "${word#!}" "$dir/words" ||
			fail "'$line' completes to ${word#!}" ;;
		*) grep -qxF -e "$word" "$dir/words" ||
			fail "'$line' does not complete to $word" ;;
		esac
	done
}

complete 'paxgate ' parse run watchlist '!--help'
complete 'paxgate pr' profile '!parse'
complete 'paxgate profile ' check test show '!parse'
complete 'paxgate profile check -' --help
complete 'paxgate screen --pro' --profiles= '!--help'
complete 'paxgate screen --table -' --watchlist= --profiles=
complete 'paxgate screen ' '!--json' '!screen'

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
	sed -i 's|watchlist: ""|watchlist: var/wanted.snap|' "$c"
	"$paxgate" gen --out var/day --flights 3 --seed 5 \
		--watchlist etc/watchlists/demo-wanted.csv
	"$paxgate" run -c "$c" --feed var/day --drain
} >"$dir/out" 2>&1 || { cat "$dir/out"; fail "the samples do not work"; }
psql -qAt "$PAXGATE_DATABASE" -c 'SELECT count(*) > 0 FROM pax.traveller' |
	grep -qx t || fail "no traveller was stored"
cd - >/dev/null

# the unit, where systemd is at hand: files are in their place for it
if command -v systemd-analyze >/dev/null; then
	unit=$dir/paxgate.service
	sed "s|/usr/bin/paxgate|$paxgate|; /^Documentation=/d" \
		"$dest/usr/lib/systemd/system/paxgate.service" >"$unit"
	systemd-analyze verify "$unit" >"$dir/out" 2>&1 || true
	grep 'paxgate.service' "$dir/out" && fail "the unit"
fi

$make uninstall
left=$(find "$dest" -type f)
[ -z "$left" ] || fail "uninstall leaves $left"
