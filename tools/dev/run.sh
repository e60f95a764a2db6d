#!/bin/sh
# run.sh PAXGATE - the main job on the embedded default, from nothing to hits
#
# Makes keys, database, watchlist and a day of invented traffic in var/, runs
# the engine over it and shows the hits. Again: the same day once more.
# FOLLOW=1: goes on, with another day's traffic every minute, until Ctrl-C.
set -eu
paxgate=$1
list=etc/watchlists/demo-wanted.list.yaml
day=var/day
config=var/run.yaml

step()
{
	printf '\n== %s\n' "$*"
}

mkdir -p var
step "a private PostgreSQL in var/pg"
PAXGATE_DATABASE=$(tools/dev/pg.sh var/pg start)
export PAXGATE_DATABASE
$paxgate db init

step "the engine's keys, in var/keys"
$paxgate keys create --if-missing

step "the sample profiles in var/profiles, approved with a throwaway key"
tools/dev/approve_samples.sh $paxgate var/profiles
step "the watchlist of invented persons"
$paxgate watchlist build -o var/wanted.snap $list
cat >$config <<C
screen:
  profiles: var/profiles
  watchlist: var/wanted.snap
log:
  level: warning
C

step "an invented day of traffic, in $day"
rm -rf $day
$paxgate gen --out $day

step "the engine"
if [ "${FOLLOW:-0}" = 1 ]; then
	# the next days' messages, moved into the folder that is being fed
	(
		n=2
		while sleep 60; do
			rm -rf var/next
			$paxgate gen --out var/next --seed $n --flights 8 \
				>/dev/null
			for f in var/next/*.edi; do
				mv "$f" "$day/s$n-${f##*/}"
			done
			n=$((n + 1))
		done
	) &
	more=$!
	trap 'kill $more 2>/dev/null' EXIT
	trap : INT
	$paxgate run -c $config --feed $day
else
	$paxgate run -c $config --feed $day --drain
fi

step "the most urgent hits"
$paxgate hits list -c $config --limit 15
cat <<T

To look further:
  $paxgate hits list -c $config              all hits
  $paxgate hits show -c $config --purpose detection --offence 02 HIT
                                                    one of them: every clause, every value
  $paxgate screen -p var/profiles -w var/wanted.snap --table $day/*.edi
  $paxgate parse $day/*.edi | head -n 1      what is kept of a message
T
