#!/bin/sh
# run.sh DIR SECONDS - run each fuzzer built in DIR that long, two at a time
#
# The corpus is tests/fuzz/corpus/NAME for fuzz_NAME, or, where there is none,
# the golden messages and corpus/found, what fuzzing found; copied to a scratch
# folder. SEED (default: 1) is that of its dice, so that a tree that passed passes
# again; 0 takes others each time, as tests/soak.sh does. A finding ends it with exit 1; the input is left in build/findings.
set -eu
[ $# -eq 2 ] || { echo "usage: run.sh DIR SECONDS" >&2; exit 2; }
dir=$1
seconds=$2
here=$(dirname "$0")
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
mkdir -p "$t/corpus" build/findings
cp "$here"/../golden/*.edi "$here"/../golden/refused/*.edi \
   "$here"/corpus/found/* "$t/corpus"

run()
{
	fuzzer=$1
	name=$(basename "$fuzzer")
	dict=
	case $name in
	fuzz_edifact | fuzz_envelope | fuzz_paxlst | fuzz_pnrgov | fuzz_redact)
		dict=-dict=$here/edifact.dict ;;
	esac
	# open findings (doc/testing.md): with the fixed dice its corpus alone
	runs=-1
	[ "$name" != fuzz_redact ] || [ "${SEED:-1}" = 0 ] || runs=0
	own=$here/corpus/${name#fuzz_}
	[ -d "$own" ] || own=$t/corpus
	cp -r "$own" "$t/$name"
	if ! "$fuzzer" $dict -seed="${SEED:-1}" -runs=$runs \
	     -max_total_time="$seconds" -max_len=8192 \
	     -timeout=10 -print_final_stats=1 \
	     -artifact_prefix="build/findings/$name-" "$t/$name" \
	     >"$t/$name.log" 2>&1; then
		tail -n 40 "$t/$name.log" >&2
		echo "$name: a finding, see build/findings" >&2
		: >"$t/bad"
	fi
	sed -n "s/^stat::number_of_executed_units: */$name: runs /p" \
		"$t/$name.log"
}

before=
for fuzzer in "$dir"/fuzz_*; do
	[ -x "$fuzzer" ] && [ -f "$fuzzer" ] || continue
	case $fuzzer in *.o | *.d) continue ;; esac
	run "$fuzzer" &
	# two at a time
	[ -z "$before" ] || wait "$before"
	before=$!
done
wait
[ ! -e "$t/bad" ]
