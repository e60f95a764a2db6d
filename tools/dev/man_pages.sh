#!/bin/sh
# man_pages.sh PAXGATE DIR - writes all man pages, from the binary's own tables
set -eu
paxgate=$1
dir=$2
mkdir -p "$dir/man1" "$dir/man5"

# page COMMAND [VERB]: its page, and those of the commands in it
page()
{
	"$paxgate" "$@" --help=man >"$dir/man1/$(echo paxgate "$@" | tr ' ' -).1"
	for word in $("$paxgate" "$@" --help=words); do
		case $word in
		-*) ;; # an option
		*) (page "$@" "$word") ;;
		esac
	done
}

page
"$paxgate" --help=settings >"$dir/man5/paxgate.yaml.5"
