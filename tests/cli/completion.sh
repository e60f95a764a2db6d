#!/bin/sh
# completion.sh - what bash offers after a line: commands, verbs, options, and
# files where neither is begun
set -eu
paxgate=${PAXGATE:-build/paxgate}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
ln -s "$(realpath "$paxgate")" "$dir/paxgate"
failed=0

# complete LINE WANTED...: completions of the last word hold each, and !NOT
# holds not; FILES: bash is told to offer file names
complete()
{
	line=$1
	shift
	PATH=$dir:$PATH bash -c '
		compopt() { [[ $* != "-o default" ]] || echo FILES; }
		. "$1"
		COMP_WORDS=($2)
		[[ $2 != *" " ]] || COMP_WORDS+=("")
		COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
		_paxgate
		printf "%s\n" "${COMPREPLY[@]}"' - \
		etc/completion/paxgate.bash "$line" |
		sed 's/ $//' >"$dir/words"
	for word; do
		case $word in
		!*) ! grep -qxF -e "${word#!}" "$dir/words" || {
			echo "'$line' completes to ${word#!}"
			failed=1
		} ;;
		*) grep -qxF -e "$word" "$dir/words" || {
			echo "'$line' does not complete to $word"
			failed=1
		} ;;
		esac
	done
}

complete 'paxgate ' parse run watchlist '!--help' '!FILES'
complete 'paxgate pr' profile '!parse'
complete 'paxgate profile ' check test show '!parse' '!FILES'
complete 'paxgate profile ch' check '!test'
complete 'paxgate profile check -' --help --offences= --lists= --json
complete 'paxgate profile check ' FILES '!--json'
complete 'paxgate watchlist build -o ' FILES '!build'
complete 'paxgate screen --pro' --profiles= '!--help'
complete 'paxgate screen --table -' --watchlist= --profiles=
complete 'paxgate screen ' FILES '!--json' '!screen'
complete 'paxgate screen --profiles = et' FILES '!--table'
complete 'paxgate run --feed da' FILES
exit $failed
