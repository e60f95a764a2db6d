#!/bin/sh
# man.sh - every command and verb has a man page out of its option table, with
# all its options and the sections a reader looks for; groff warns of nothing;
# what a page refers to is there
set -eu
paxgate=${PAXGATE:-build/paxgate}
man=$(mktemp -d)
trap 'rm -rf "$man"' EXIT
failed=0

wrong()
{
	echo "$*"
	failed=1
}

tools/dev/man_pages.sh "$paxgate" "$man"
for page in "$man"/man1/* "$man"/man5/*; do
	warnings=$(groff -man -Tutf8 -ww -z "$page" 2>&1) || wrong "$page"
	[ -z "$warnings" ] || wrong "$warnings"
	for section in NAME EXAMPLES 'EXIT STATUS' 'SEE ALSO'; do
		grep -q "^\.SH $section" "$page" ||
			wrong "${page##*/} lacks $section"
	done
done

# has COMMAND [VERB]: its page names each option
has()
{
	page=$man/man1/$(echo paxgate "$@" | tr ' ' -).1
	[ -s "$page" ] || { wrong "no page of $*"; return; }
	sed 's/\\-/-/g' "$page" >"$man/plain"
	for option in $("$paxgate" "$@" --help |
		sed -n 's/^  .*\(--[a-z-]*\) .*/\1/p'); do
		grep -qe "fB$option.fR" "$man/plain" ||
			wrong "page of $*: $option is missing"
	done
}

listed()
{
	sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'
}

# a page that another one names is there
for name in $(sed -n 's/^\.BR \(.*\) (\([15]\)),*$/\1.\2/p' "$man"/man?/* |
	sed 's/\\-/-/g' | sort -u); do
	[ -s "$man/man${name##*.}/$name" ] || wrong "no $name, but it is named"
done

nr=0
for command in $("$paxgate" --help | listed); do
	nr=$((nr + 1))
	verbs=$("$paxgate" "$command" --help | listed)
	for verb in $verbs; do
		has "$command" "$verb"
	done
	[ -n "$verbs" ] || has "$command"
	[ -s "$man/man1/paxgate-$command.1" ] || wrong "no page of $command"
done
[ $nr -ge 10 ] || wrong "only $nr commands"

nr=0
for setting in $(sed -n 's/^| `\([a-z_.]*\)`.*/\1/p' doc/config.md); do
	nr=$((nr + 1))
	grep -qF "fB$setting\\" "$man/man5/paxgate.yaml.5" ||
		wrong "paxgate.yaml(5) lacks $setting"
done
[ $nr -ge 20 ] || wrong "only $nr settings"
# the example of paxgate.yaml(5) is one that the engine takes: no setting of it
# is unknown
sed -n '/^\.SH EXAMPLES/,/^\.fi/s/^\([ a-z].*\)/\1/p' \
	"$man/man5/paxgate.yaml.5" | sed 's/\\-/-/g' >"$man/example.yaml"
printf 'keys:\n  engine: %s/k\n  engine_public: %s/p\n  folder: %s/d\n' \
	"$man" "$man" "$man" >>"$man/example.yaml"
grep -q brokers "$man/example.yaml" || wrong "paxgate.yaml(5): no example"
"$paxgate" keys create -c "$man/example.yaml" >/dev/null ||
	wrong "paxgate.yaml(5): its example is refused"
exit $failed
