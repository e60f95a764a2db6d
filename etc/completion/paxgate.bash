# Completion of paxgate for bash; in zsh after: autoload -U bashcompinit &&
# bashcompinit. The words come from the binary itself, so they are always its
# own: commands, verbs, then options; files otherwise.
_paxgate()
{
	local cur=${COMP_WORDS[COMP_CWORD]} word words i
	local -a path=()

	for ((i = 1; i < COMP_CWORD && i < 3; i++)); do
		[[ ${COMP_WORDS[i]} == [a-z]* ]] || break
		words=$("${COMP_WORDS[0]}" "${path[@]}" --help=words 2>/dev/null)
		[[ $'\n'$words$'\n' == *$'\n'${COMP_WORDS[i]}$'\n'* ]] || break
		path+=("${COMP_WORDS[i]}")
	done
	words=$("${COMP_WORDS[0]}" "${path[@]}" --help=words 2>/dev/null)
	COMPREPLY=()
	for word in $words; do
		[[ $word == "$cur"* ]] || continue
		# an option only where one is begun; files stand there else
		[[ $word != -* || $cur == -* ]] || continue
		[[ $word == *= ]] || word+=' '
		COMPREPLY+=("$word")
	done
	if [[ ${#COMPREPLY[@]} -eq 0 ]]; then
		compopt -o default 2>/dev/null
	else
		compopt -o nospace 2>/dev/null
	fi
}
complete -F _paxgate paxgate
