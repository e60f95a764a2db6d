#!/bin/sh
# run.sh DIR SECONDS - run each fuzzer built in DIR that long
#
# The corpus is tests/fuzz/corpus/NAME for fuzz_NAME, or, where there is none,
# the golden messages, copied to a scratch folder; the dirty ones among them
# from 20 SECONDS on: what grows out of them takes longer to understand than a
# build has. A finding ends it with exit 1; the input is left in build/.
set -eu
[ $# -eq 2 ] || { echo "usage: run.sh DIR SECONDS" >&2; exit 2; }
dir=$1
seconds=$2
here=$(dirname "$0")
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
mkdir -p "$t/corpus" build/findings
cp "$here"/../golden/*.edi "$here"/../golden/refused/*.edi "$t/corpus"
[ "$seconds" -ge 20 ] || rm "$t"/corpus/dirt-*

bad=0
for fuzzer in "$dir"/fuzz_*; do
	[ -x "$fuzzer" ] && [ -f "$fuzzer" ] || continue
	case $fuzzer in *.o | *.d) continue ;; esac
	name=$(basename "$fuzzer")
	dict=
	case $name in
	fuzz_edifact | fuzz_paxlst | fuzz_pnrgov)
		dict=-dict=$here/edifact.dict ;;
	esac
	own=$here/corpus/${name#fuzz_}
	[ -d "$own" ] || own=$t/corpus
	cp -r "$own" "$t/$name"
	if ! "$fuzzer" $dict -max_total_time="$seconds" -max_len=8192 \
	     -timeout=10 -print_final_stats=1 \
	     -artifact_prefix="build/findings/$name-" "$t/$name" \
	     >"$t/log" 2>&1; then
		tail -n 40 "$t/log" >&2
		echo "$name: a finding, see build/findings" >&2
		bad=1
	fi
	sed -n "s/^stat::number_of_executed_units: */$name: runs /p" "$t/log"
done
exit $bad
