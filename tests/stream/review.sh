#!/bin/sh
# review.sh - hits of a generated day on their way through people's hands: each
# state, each refusal; new hits and referrals go out once, with ids alone
. tests/stream/lib.sh

sql()
{
	psql -qtAX "$conninfo" -c "$1"
}

# as USER: commands from here on are his
as()
{
	sed "s/user=[a-z0-9_]*/user=$1/" "$dir/run.yaml" >"$dir/$1.yaml"
	who=$1
}

said='--purpose detection --offence 04'

# expect CODE PATTERN VERB ARGUMENTS...: `paxgate hits VERB ...` as $who
expect()
{
	code=$1 pattern=$2
	shift 2
	rc=0
	verb=$1
	shift
	[ "$verb" = next ] || set -- $said "$@"
	"$paxgate" hits "$verb" -c "$dir/$who.yaml" "$@" \
		>"$dir/out" 2>&1 || rc=$?
	[ $rc -eq "$code" ] && grep -Eq -e "$pattern" "$dir/out" ||
		fail "$who: hits $verb $*: exit $rc, not $code, or no '$pattern': \
$(cat "$dir/out")"
}

state()
{
	"$paxgate" hits list -c "$dir/run.yaml" --state all --json -n 1000 |
		jq -r "select(.hit == \"$1\") | .state"
}

is()
{
	got=$(state "$1")
	[ "$got" = "$2" ] || fail "$1 is $got, not $2"
}

# fill FILE [QUESTION ANSWER]: a form filled in, all in favour but for one
fill()
{
	sed -i 's/^identity:.*/identity: match/; s/^alert:.*/alert: valid/
		s/^offence:.*/offence: fits/; s/^seriousness:.*/seriousness: serious/
		s/^seriousness-words:.*/seriousness-words: "smuggling in a ring"/
		s/^air-link:.*/air-link: direct/
		s/^air-link-words:.*/air-link-words: "flies with the goods"/
		s/^exonerating:.*/exonerating: weighed-none/
		s/^discrimination:.*/discrimination: pass/
		s/^suspicion:.*/suspicion: "SECRETWORDS of the reviewer"/' "$1"
	[ $# -eq 1 ] || sed -i "s/^$2:.*/$2: $3/" "$1"
}

# the day, with both topics
"$paxgate" gen --out "$dir/day" --seed 11 >/dev/null
settings 2
cat >>"$dir/run.yaml" <<-C
	hits: {topic: pax.hits}
	referrals: {topic: pax.referrals}
C
fresh
for u in ann bob; do
	sql "CREATE ROLE $u LOGIN IN ROLE paxgate_reviewer"
done
sql 'CREATE ROLE eva LOGIN IN ROLE paxgate_analyst'
sql 'CREATE ROLE eng LOGIN IN ROLE paxgate_engine'
sql "INSERT INTO ops.authority (authority, kind, name, valid_from, valid_until)
	VALUES ('UT-POL', 'competent', 'x', '2020-01-01', NULL),
	('UT-OLD', 'competent', 'x', '2020-01-01', '2021-01-01'),
	('UT-COURT', 'court', 'x', '2020-01-01', NULL)"

# before anything is sent: what the engine tells of hits. As its own role.
sed -i 's/^hits: .*/hits: {topic: ""}/' "$dir/run.yaml"
as eng
sed -i 's/^hits: .*/hits: {topic: pax.hits}/; s/^referrals: .*//' \
	"$dir/eng.yaml"
sql "CREATE TABLE public.told AS SELECT * FROM ops.outbox;
	CREATE FUNCTION public.note() RETURNS trigger LANGUAGE plpgsql
	SECURITY DEFINER AS 'BEGIN INSERT INTO public.told SELECT NEW.*;
	RETURN NEW; END';
	CREATE TRIGGER note BEFORE INSERT ON ops.outbox FOR EACH ROW
	EXECUTE FUNCTION public.note()"
"$paxgate" run -c "$dir/eng.yaml" --feed "$dir/day" --drain >/dev/null
nr=$(sql 'SELECT count(*) FROM pax.hit')
[ "$nr" -ge 25 ] || fail "only $nr hits"
[ "$(sql 'SELECT count(*) FROM ops.outbox')" -eq 0 ] || fail 'hits are not sent'
[ "$(sql "SELECT count(*) FROM told WHERE topic = ':hits'")" -eq "$nr" ] &&
	[ "$(sql 'SELECT count(DISTINCT outbox_id) FROM told')" -eq "$nr" ] ||
	fail 'not each hit is told once'
[ "$(sql "SELECT string_agg(DISTINCT k, ' ' ORDER BY k) FROM told,
	json_object_keys(convert_from(payload, 'UTF8')::json) k")" = \
	'class departs_utc hit kind score' ] || fail 'hits are told with more'

# what is next; nobody has looked yet
nr=$(sql "SELECT count(*) FROM pax.hit WHERE state = 'open'")
as ann
expect 0 "^$nr wait for review, [0-9]+ will not" next --limit 2
expect 2 'is no date' next --since x
"$paxgate" hits next -c "$dir/ann.yaml" --json -n 1000 >"$dir/next" 2>/dev/null
[ "$(wc -l <"$dir/next")" -eq "$nr" ] || fail 'next lists others than hits'
[ "$(jq -s 'map(select(.changed != [] or .state != "open")) | length' \
	"$dir/next")" -eq 0 ] || fail 'something changed that nobody saw'
jq -es 'map(select(.quality != null)) | length > 20' "$dir/next" >/dev/null ||
	fail 'no data quality'
# one nobody suppresses, of a profile; and one of a list that can be
a=$(jq -rs 'map(select(.kind == "profile")) | .[0].hit' "$dir/next")
b=$(jq -rs 'map(select(.kind == "profile")) | .[1].hit' "$dir/next")
l=$(sql "SELECT to_char(clock_day, 'YYYYMMDD-') || lpad(to_hex(hit_id), 16, '0')
	FROM pax.hit WHERE state = 'open' AND traveller_key IS NOT NULL AND entry_hash IS NOT NULL
	ORDER BY hit_id LIMIT 1")

# why it is a hit, to the byte: with the set it was made with
expect 0 'is as stored: a hit' explain "$a"
grep -Eq "from (booking |API )?(header|slice) [0-9]+-[0-9]+ '" "$dir/out" ||
	fail "no bytes: $(cat "$dir/out")"
expect 2 "a hit of a list" explain "$l"

# no purpose, no role, not taken
rc=0
"$paxgate" hits take -c "$dir/ann.yaml" "$a" >/dev/null 2>&1 || rc=$?
[ $rc -eq 4 ] || fail "take without a purpose: $rc"
as eva
expect 4 'only members of paxgate_reviewer' take "$a"
as ann
expect 4 'no such hit' take 20261122-1
expect 2 'say --outcome' decide "$a"
expect 4 'nothing to reopen' reopen --reason mistake "$a"
expect 4 'only a hit that a reviewer confirmed' refer --to UT-POL "$a"

# taken: the form, the other reviewer, too soon, each answer
sql "UPDATE ref.review_limit SET value = 3600 WHERE name = 'view_seconds'"
expect 0 '' take --form "$dir/form" "$a"
[ "$(stat -c %a "$dir/form")" = 600 ] || fail 'a form for all'
is "$a" in_review
expect 2 'cannot make' take --form "$dir/form" "$a"
as bob
expect 4 'another reviewer has it' take "$a"
as ann
sql "UPDATE ref.review_limit SET value = 100 WHERE name = 'second_percent'"
decide="decide --outcome confirmed --reason suspicion --form $dir/form"
expect 3 "'identity:' takes" $decide "$a"
fill "$dir/form"
expect 4 'taken a moment ago' $decide "$a"
sql "UPDATE ref.review_limit SET value = 0 WHERE name = 'view_seconds'"
as bob
expect 4 'you have not taken it' $decide "$a"
as ann
expect 3 "'hit:' names another" $decide "$b"
fill "$dir/form" discrimination fail
expect 4 "to 'discrimination' no hit" $decide "$a"
fill "$dir/form" suspicion '""'
expect 4 "'suspicion:' says" $decide "$a"
fill "$dir/form"
expect 4 'none of ref.review_reason' decide --outcome confirmed \
	--reason wrong-person --form "$dir/form" "$a"

# data that change in a reviewer's hands
before=$(sql 'SELECT count(*) FROM pax.review')
sql "UPDATE pax.hit SET input_hash = '\\x01', score = score + 5
	WHERE hit_id = ('x' || '${a#*-}')::bit(64)::bigint"
"$paxgate" hits next -c "$dir/ann.yaml" --json -n 1000 2>/dev/null |
	jq -es "map(select(.hit == \"$a\")) |
		.[0].changed == [\"data\", \"score\"]" \
	>/dev/null || fail 'the change is not shown'
expect 0 'CHANGED since the last step: data, score' show "$a"
expect 4 'data changed since you took it' $decide "$a"
[ "$(sql 'SELECT count(*) FROM pax.review')" -eq "$before" ] ||
	fail 'a refusal left a step'

# confirmed, and what is on record of it
expect 0 '' take "$a"
expect 0 '' $decide "$a"
is "$a" confirmed
expect 4 'it is decided' take "$a"
expect 4 'you have not taken it' $decide "$a"
expect 0 'suspicion: SECRETWORDS of the reviewer' show "$a"
[ "$(sql "SELECT count(*) FROM pax.review r WHERE r.state = 'confirmed'
	AND reviewer = 'ann' AND air_link = 'direct' AND offence = '04'
	AND 'discrimination=pass' = ANY (answers) AND checklist_hash =
	(SELECT checklist_hash FROM ref.checklist)")" -eq 1 ] ||
	fail 'the record is not whole'
pg_dump "$conninfo" 2>/dev/null | grep -q SECRETWORDS &&
	fail 'words of the reviewer stand in clear'
# the question of discrimination is the database's, too
expect 0 '' take "$b"
bare="SELECT pax.review_decide('${b%%-*}', ('x' ||
	'${b#*-}')::bit(64)::bigint, 1, 'confirmed', 'suspicion', '04', 1, 'x',
	ARRAY['identity=match', 'alert=valid', 'offence=fits',
	'seriousness=serious', 'air-link=none', 'exonerating=weighed-none'"
ann=$(echo "$conninfo" | sed 's/user=[a-z0-9_]*/user=ann/')
[ "$(psql -qtAX "$ann" -c "$bare], '\\x00')")" = checklist ] ||
	fail 'a question may be left out'
[ "$(psql -qtAX "$ann" -c "$bare, 'discrimination=fail'], '\\x00')")" = \
	discrimination ] || fail 'what may discriminate is confirmed'
[ "$(psql -qtAX "$ann" -c "$bare, 'discrimination=pass'], NULL)")" = \
	checklist ] || fail 'confirmed without words'
[ "$(psql -qtAX "$ann" -c "$bare, 'discrimination=pass'], '\\x00')")" = '' ] ||
	fail 'nothing is confirmed'
expect 4 'no link with carriage by air' refer --to UT-POL "$b"

# decided by two persons: chosen by chance, by another than the first, who does
# not see what that one said; it changes nothing in the hit
as bob
expect 4 'waits for no second person' second --outcome rejected \
	--reason no-suspicion "$l"
[ "$(sql 'SELECT count(*) FROM pax.second')" -eq 2 ] ||
	fail 'not each decision is put up, though all should be'
as ann
expect 4 'the second person is another' second --outcome confirmed \
	--reason suspicion "$b"
expect 0 'SECRETWORDS' show "$a"
as bob
[ "$("$paxgate" hits second -c "$dir/bob.yaml" 2>/dev/null | cut -d ' ' -f 1 |
	sort)" = "$(printf '%s\n' "$a" "$b" | sort)" ] || fail 'what waits for bob'
expect 0 '' show "$a"
! grep -q 'SECRETWORDS\|confirmed' "$dir/out" || fail 'the second one is told'
expect 4 'none of ref.review_reason' second --outcome rejected \
	--reason suspicion "$a"
expect 0 'said: rejected' second --outcome rejected --reason no-suspicion "$a"
expect 0 'said: confirmed' second --outcome confirmed --reason suspicion "$b"
expect 4 'waits for no second person' second --outcome confirmed \
	--reason suspicion "$a"
expect 0 'SECRETWORDS' show "$a"
is "$a" confirmed
sql "UPDATE ref.review_limit SET value = 0 WHERE name = 'second_percent'"
as ann

# direct: nobody writes reviews or changes them
for u in ann eva eng; do
	c=$(echo "$conninfo" | sed "s/user=[a-z0-9_]*/user=$u/")
	for s in "UPDATE pax.review SET state = 'confirmed'" \
		'DELETE FROM pax.review' 'TRUNCATE pax.review' \
		"INSERT INTO pax.review SELECT * FROM pax.review" \
		"UPDATE pax.review_${a%%-*} SET state = 'confirmed'" \
		"INSERT INTO pax.review_${a%%-*} SELECT * FROM pax.review" \
		"INSERT INTO ref.review_reason VALUES ('confirmed', 'x', 'x')" \
		"INSERT INTO ops.outbox VALUES (1, ':referrals', '', '', now())"
	do
		! psql -qX -v ON_ERROR_STOP=1 -v VERBOSITY=verbose "$c" -c "$s" \
			>"$dir/out" 2>&1 && grep -q 42501 "$dir/out" ||
			fail "$u: $s: $(cat "$dir/out")"
	done
done
! sql "UPDATE pax.review SET state = 'rejected'" >"$dir/out" 2>&1 &&
	grep -q 'for good' "$dir/out" || fail "the owner changes a review"

# referred: to whom, once, with a caveat, without a person
expect 2 'say --to' refer "$a"
expect 4 'no competent authority' refer --to UT-OLD "$a"
expect 4 'no competent authority' refer --to UT-COURT "$a"
as bob
expect 0 '' refer --to UT-POL "$a"
is "$a" referred
expect 4 'only a hit that a reviewer confirmed' refer --to UT-POL "$a"
sql "SELECT convert_from(payload, 'UTF8') FROM ops.outbox
	WHERE topic = ':referrals'" >"$dir/referral"
jq -e "length == 17 and .hit == \"$a\" and .recipient == \"UT-POL\" and
	.asks == \"refer for examination\" and .reviewer == \"ann\" and
	.referred_by == \"bob\" and .acknowledge == \"required\" and
	(.caveat | test(\"decides nothing\")) and .air_link == \"direct\"" \
	"$dir/referral" >/dev/null || fail "$(cat "$dir/referral")"
[ "$(wc -l <"$dir/referral")" -eq 1 ] || fail 'not one referral'
mkdir "$dir/nothing"
"$paxgate" run -c "$dir/run.yaml" --feed "$dir/nothing" --drain >/dev/null
[ "$(sql 'SELECT count(*) FROM ops.outbox')" -eq 0 ] ||
	fail 'a referral is not sent'

# reopened: by somebody else; and rejected, as the wrong person
as ann
expect 4 'a second person' reopen --reason mistake "$a"
as bob
expect 4 'none of ref.review_reason' reopen --reason x "$a"
expect 0 '' reopen --reason mistake "$a"
is "$a" reopened
as ann
rm "$dir/form"
expect 0 '' take --form "$dir/form" "$l"
fill "$dir/form" identity other-person
expect 4 "to 'identity' no hit" $decide "$l"
expect 0 '' decide --outcome rejected --reason wrong-person \
	--form "$dir/form" "$l"
is "$l" rejected
[ "$(sql "SELECT count(*) FROM ops.false_match WHERE reason = 'wrong-person'
	AND actor = 'ann'")" -eq 1 ] || fail 'no false match was learnt'
expect 0 'suppressed' show "$l"
as bob
expect 0 '' reopen --reason new-facts "$l"
[ "$(sql 'SELECT count(*) FROM ops.false_match')" -eq 0 ] ||
	fail 'a false match outlives its decision'
expect 0 '' take "$l"

# withdrawn in a reviewer's hands; an account that ended
sql "UPDATE pax.hit SET state = 'withdrawn'
	WHERE hit_id = ('x' || '${l#*-}')::bit(64)::bigint"
rm "$dir/form"
expect 4 'it was withdrawn' take --form "$dir/form" "$l"
[ ! -e "$dir/form" ] || fail 'a form of a hit that was refused'
is "$l" withdrawn
sql "INSERT INTO ops.account (account, acting_as, home_authority, roles,
	valid_from, valid_until) VALUES ('ann', 'UT-POL', 'UT-POL', '{analyst}',
	'2020-01-01', '2021-01-01')"
as ann
expect 4 'not valid' take "$a"

# statistics: counted from what is there, the same when the days are closed
year=$(date -u +%Y)
stats()
{
	"$paxgate" stats -c "$dir/run.yaml" --year "$year" "$@" ||
		fail "stats $*"
}
figure()
{
	stats --json | jq -r ".figures[] | select(.figure == \"$1\" and
		.source == ${2:-null}) | .n"
}
[ "$(figure traveller.collected)" -eq \
	"$(sql 'SELECT count(*) FROM pax.traveller')" ] || fail "$(stats)"
[ "$(figure hit.found)" -eq "$(sql 'SELECT count(*) FROM pax.hit')" ] ||
	fail "$(stats)"
# one referred, two confirmed, one rejected: too few to be told
for f in traveller.identified hit.confirmed hit.rejected hit.referred; do
	[ "$(figure $f)" = null ] || fail "$f is told: $(stats)"
done
[ "$(figure traveller.exchanged)" = 0 ] || fail 'data were exchanged'
year_of() # as the database has it
{
	sql "SELECT * FROM ops.statistic_year($year) WHERE figure !~ '^days'
		ORDER BY 1, 2"
}
year_of >"$dir/before"
grep -q '^traveller.identified||1$' "$dir/before" &&
	[ "$(sed -n 's/^second.\([a-z]*\)|.*|\([0-9]*\)$/\1 \2/p' \
		"$dir/before" | sort | awk '{ n[$1] += $2 } END { print n["asked"],
		n["agreed"], n["disagreed"] }')" = '2 1 1' ] &&
	grep -q '^rejected.reason|wrong-person|1$' "$dir/before" &&
	grep -q '^hit.confirmed|profile .*|1$' "$dir/before" ||
	fail "$(cat "$dir/before")"
days=$(sql 'SELECT string_agg(DISTINCT clock_day::text, $$ $$) FROM pax.flight')
for d in $days; do
	[ "${d%%-*}" = "$year" ] || exit 77 # on New Year's Eve
	sql "BEGIN; SELECT ops.retention_close('$d'); ROLLBACK"
	[ "$(sql 'SELECT count(*) FROM ops.statistic')" -eq 0 ] ||
		fail 'closed without the deletion'
done >/dev/null
stats --csv >"$dir/csv"
[ "$(head -n 4 "$dir/csv" | cut -d, -f 1 | paste -sd ' ')" = 'figure '\
'traveller.collected traveller.exchanged traveller.identified' ] ||
	fail "$(cat "$dir/csv")"

# the log has every step, and those refused
"$paxgate" audit verify -c "$dir/run.yaml" >"$dir/out" 2>&1 ||
	fail "$(cat "$dir/out")"
for w in in_review confirmed referred reopened rejected; do
	[ "$(sql "SELECT count(*) FROM ops.audit WHERE operation = 'REVIEW'
		AND line::jsonb ->> 'review_outcome' = '$w'
		AND line::jsonb ->> 'outcome' = 'done'")" -eq \
		"$(sql "SELECT count(*) - CASE '$w' WHEN 'confirmed' THEN 1
		ELSE 0 END FROM pax.review WHERE state = '$w'")" ] ||
		fail "$w: the log says otherwise"
done
[ "$(sql "SELECT count(*) FROM ops.audit WHERE operation = 'REVIEW'
	AND line::jsonb ->> 'outcome' = 'refused'")" -ge 12 ] ||
	fail 'refusals are not on record'

# the rows go, the figures stay
for d in $days; do
	sql "SELECT ops.retention_close('$d')" >/dev/null
done
[ "$(sql 'SELECT count(*) FROM pax.review')" -eq 0 ] || fail 'reviews stay'
year_of | diff "$dir/before" - || fail 'closed days have other figures'
stats --csv | cmp -s - "$dir/csv" || fail 'closed days are told otherwise'
stats | grep -q "^$year: $(echo $days | wc -w) days closed" || fail "$(stats)"
exit 0
