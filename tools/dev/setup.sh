#!/bin/sh
# setup.sh - installs the Debian packages of packages.txt that are missing
#
# Silent and quick when nothing is missing. Needs root, or sudo without a
# question. Exit 0: all there; 1: not, with a sentence that says what to do.
set -u
list=$(dirname "$0")/packages.txt

missing()
{
	sed 's/#.*//' "$list" | while read -r name; do
		[ -n "$name" ] || continue
		state=$(dpkg-query -W -f '${db:Status-Status}' "$name" \
			2>/dev/null)
		[ "$state" = installed ] || echo "$name"
	done | tr '\n' ' '
}

if ! command -v dpkg-query >/dev/null; then
	echo "setup: this is no Debian; install what $list names" >&2
	exit 1
fi
names=$(missing)
[ -z "$names" ] && exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
	if ! sudo -n true 2>/dev/null; then
		echo "setup: packages are missing and neither root nor sudo" \
		     "is at hand; run as root: apt-get install $names" >&2
		exit 1
	fi
	as_root='sudo -n'
fi
echo "setup: installing $names" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { $as_root apt-get update -q &&
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y \
		--no-install-recommends $names; } >"$log" 2>&1; then
	tail -n 15 "$log" >&2
	echo "setup: apt-get failed; see above" >&2
	exit 1
fi
