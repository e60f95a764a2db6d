#!/bin/sh
# profiles.sh - the life of profiles on a running engine: activated, suspended,
# in shadow, over budget; each from recorded offsets on, the same after a kill,
# and every hit replays with the set it was made with
. tests/stream/lib.sh
engine=
trap '[ -z "$engine" ] || kill -9 "$engine" 2>/dev/null; end' EXIT

sql()
{
	psql -qAt "$conninfo" -c "$1"
}

# until_true WHAT COMMAND...: wait for it, 30 s at most
until_true()
{
	tries=300 what=$1
	shift
	until "$@"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || fail "waited in vain: $what; $(cat "$dir/err")"
		sleep 0.1
	done
}

start()
{
	rm -rf "$dir/feed"
	mkdir "$dir/feed"
	"$paxgate" run -c "$dir/run.yaml" --feed "$dir/feed" >"$dir/out" \
		2>"$dir/err" &
	engine=$!
	until_true "the engine starts" grep -q ' profiles version' "$dir/err"
	# partitions that an engine killed before still seems to read
	until_true "it reads alone" reads_alone
}

# brokers whose topics somebody reads; a killed engine's sessions end soon
readers()
{
	sql "SELECT count(DISTINCT o.cluster) FROM ops.kafka_offset o
		JOIN pg_locks l ON l.locktype = 'advisory'
		AND l.classid::bigint =
			hashtext('paxgate engine')::bigint & 4294967295
		AND l.objid::bigint = hashtext(o.cluster || '/' || o.grp || '/'
			|| o.topic)::bigint & 4294967295"
}

reads_alone()
{
	[ "$(readers)" -eq 1 ]
}

killed()
{
	kill -9 $engine
	wait $engine 2>/dev/null || true
	engine=
}

count()
{
	[ "$(sql "SELECT count(*) FROM $1")" -eq "$2" ]
}

# feed FLIGHT...: their messages, and wait until they are committed
feed()
{
	for flight; do
		cp "$dir"/day/$flight-*.edi "$dir/feed"
	done
	for flight; do
		until_true "$flight" committed_flight "$flight"
	done
}

# a batch is a message, and each moves the flight on
committed_flight()
{
	[ "$(sql "SELECT version FROM pax.flight WHERE carrier = '${1%-*}'
		AND number = '${1#*-}'")" = "$(ls "$dir"/day/$1-*.edi | wc -l)" ]
}

# profile CODE PATTERN ARGUMENTS...
profile()
{
	code=$1 pattern=$2
	shift 2
	rc=0
	"$paxgate" profile "$@" -c "$dir/run.yaml" >"$dir/said" 2>&1 || rc=$?
	if [ $rc -ne "$code" ] || ! grep -Eq "$pattern" "$dir/said"; then
		fail "profile $*: $rc, or no '$pattern': $(cat "$dir/said")"
	fi
}

hits()
{
	[ "$(sql "SELECT string_agg(source || ' ' || n, ', ' ORDER BY source)
		FROM (SELECT source, count(*) AS n FROM pax.hit WHERE kind = 0
			AND state = 'open' GROUP BY source) h")" = "$1" ] ||
		fail "hits are not '$1' but: $(sql 'SELECT source, count(*)
			FROM pax.hit WHERE kind = 0 GROUP BY 1')"
}

"$paxgate" gen --out "$dir/day" --seed 11 --flights 12 >/dev/null
settings 2 "batch_messages: 1"
sed -i "s|profiles: $dir/profiles|profiles: '', budget_s: 1|
	s/level: warning/level: info/" "$dir/run.yaml"
fresh

# what nobody approved, or nobody committed, does not become live
profile 0 'late-cash-one-way@1 is committed, approved by tryout' \
	commit "$dir/profiles"
cp "$dir/profiles/late-cash-one-way.yaml" "$dir/kept"
sed -i 's/points: 25/points: 26/' "$dir/profiles/late-cash-one-way.yaml"
profile 3 "revision 1 of 'late-cash-one-way' is committed with another" \
	commit "$dir/profiles/late-cash-one-way.yaml"
sed -i 's/revision: 1/revision: 2/' "$dir/profiles/late-cash-one-way.yaml"
profile 0 'way@2 is committed, not approved: .*not over this text' \
	commit "$dir/profiles/late-cash-one-way.yaml"
profile 4 'Art. 6\(4\) and C-817/19, 194: nobody but the author' \
	activate late-cash-one-way
profile 2 'not in the registry' activate no-such
profile 4 '197: it reads sex, age or origin' activate minor-through-hub
profile 0 '^\+ .*points: 26' diff late-cash-one-way@1 late-cash-one-way@2
profile 0 'version 1 is recorded; no engine runs' \
	activate late-cash-one-way@1

# one live; then another one instead; then one in shadow
start
feed J0-129
hits 'late-cash-one-way 1'
profile 0 'version 2 holds on pax.raw.*: 0 from [0-9]+, 1 from' \
	activate no-bags-long-stay
profile 0 'version 3 holds on' suspend late-cash-one-way --reason enough
feed 7Z-157 W0-143
hits 'late-cash-one-way 1, no-bags-long-stay 2'
profile 0 'version 4 holds on' activate --shadow routing-turns-back
feed 0W-115
hits 'late-cash-one-way 1, no-bags-long-stay 2'
count "pax.shadow WHERE source = 'routing-turns-back'" 1 || fail "no shadow"
[ "$(sql "SELECT count(DISTINCT profile_set_hash) FROM pax.hit WHERE kind = 0")" \
	-eq 2 ] || fail "hits are not of two sets"
profile 0 'revision 1  1 of [0-9]+ travellers, [0-9]+ per million' \
	shadow routing-turns-back
grep -Eq '^0W 115 NBO-[A-Z]+  score [0-9]+ .*[+][a-z]+ .*[-?][a-z]+' \
	"$dir/said" || fail "no sample: $(cat "$dir/said")"
grep -q 'profiles version=4 hash=[0-9a-f]* live=1 shadow=1 resting=1' \
	"$dir/err" || fail "the log does not say what is live"


# a row that says "live" of what nobody approved: the old set stays, until the
# registry is put right
profile 0 'version 5 holds on' activate --shadow late-cash-one-way@2
sql "INSERT INTO ops.profile_set SELECT 6, set_hash, 'forged', now(), 'x'
	FROM ops.profile_set WHERE version = 5;
	INSERT INTO ops.profile_item SELECT 6, kind, name, revision, text_hash,
	CASE state WHEN 'draft' THEN 'live' ELSE state END, why
	FROM ops.profile_item WHERE version = 5"
until_true "a refusal" grep -q 'profiles-refused .*profile set 6' "$dir/err"
[ "$(sql 'SELECT max(version) FROM ops.profile_effect')" -eq 5 ] ||
	fail "a forged version is effective"
profile 0 'version 7 holds on' suspend late-cash-one-way --reason forged

# killed and started again: the same versions, no hit more or less
cluster=$(sql 'SELECT DISTINCT cluster FROM ops.profile_effect')
before=$(sql 'SELECT * FROM ops.profile_effect ORDER BY 1, 2, 3, 4, 5')
killed
sed -i 's/budget_s: 1/&, budget_travellers: 1/' "$dir/run.yaml"
start
grep -q 'profiles version=7' "$dir/err" || fail "another version after a kill"
[ "$(sql "SELECT * FROM ops.profile_effect WHERE cluster = '$cluster'
	ORDER BY 1, 2, 3, 4, 5")" = "$before" ] || fail "the past is another"

# two hits among so few travellers are beyond 0.1 %: an alarm, a new version
until_true "a budget" grep -q 'profile-over-budget profile=no-bags' "$dir/err"
until_true "version 8" grep -q 'profiles version=8 .* live=0' "$dir/err"
profile 0 'suspended .*beyond its budget of 1000 per million' \
	log no-bags-long-stay
profile 0 'no-bags-long-stay +1  suspended ' log
feed Y0-171
hits 'late-cash-one-way 1, no-bags-long-stay 2'
killed

# a folder says nothing of what was suspended; the rest of it is live
cp "$dir/kept" "$dir/profiles/late-cash-one-way.yaml"
sed -i "s|profiles: '', budget_s: 1, budget_travellers: 1|profiles: $dir/profiles, budget_s: 1|" \
	"$dir/run.yaml"
start
grep -q 'profiles version=9 .* live=10 shadow=2 resting=2' "$dir/err" ||
	fail "not the folder's: $(cat "$dir/err")"
feed W0-101 7Z-164 V9-150 8X-108 Q7-122

# what reads a trait is in shadow until a test of disparity is on record
profile 4 '197: [0-9]+ travellers say nothing of a disparity' \
	disparity minor-through-hub --record --note DPO --to 2020-01-01 \
	--from 2020-01-01
profile 0 'on record: passed' disparity minor-through-hub --record --note DPO
grep -Eq '^age +0-17 +[0-9]+ +[12] +[0-9]+ +0$' "$dir/said" ||
	fail "other figures: $(cat "$dir/said")"
cp "$dir/run.yaml" "$dir/lax.yaml"
sed -i 's/budget_s: 1/&, budget_travellers: 1/' "$dir/run.yaml"
profile 4 '198: in shadow it hit 2 of [0-9]+ travellers of a day, beyond' \
	activate minor-through-hub
cp "$dir/lax.yaml" "$dir/run.yaml"
profile 0 'version 10 holds on' activate minor-through-hub
grep -q 'profiles version=10 .* live=11 shadow=1 resting=2' "$dir/err" ||
	fail "it is not live: $(cat "$dir/err")"
sql "INSERT INTO ops.profile_disparity SELECT text_hash, now(), first_day,
	last_day, figures, false, 'a test fails' FROM ops.profile_disparity"
until_true "into shadow" grep -q 'profile-disparity profile=minor-through' \
	"$dir/err"
killed

# from each offset on one version, in their order; all hits replay
[ "$(sql "SELECT count(*) FROM ops.profile_effect x JOIN ops.profile_effect y
	USING (cluster, grp, topic, part) WHERE x.version < y.version
	AND x.from_offset > y.from_offset")" -eq 0 ] || fail "offsets go back"
nr=$(sql 'SELECT count(*) FROM pax.hit')
"$paxgate" replay -c "$dir/run.yaml" --from 2020-01-01 >"$dir/said" ||
	fail "replay: $(cat "$dir/said")"
grep -q "^$nr replayed, $nr identical, 0 differ\$" "$dir/said" ||
	fail "replay: $(cat "$dir/said")"
[ "$(sql 'SELECT count(DISTINCT profile_set_hash) FROM pax.hit')" -ge 3 ] ||
	fail "hits are not of three sets"
