#!/bin/sh
# subject.sh - rights of a person: found, given, corrected, restricted, erased,
# refused; by the data protection officer alone, each on record; masked, too
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

said='--purpose oversight --case DPO-26-7'
why='asked for by letter of 3 November'

# expect CODE PATTERN COMMAND VERB ARGUMENTS...: as $who
expect()
{
	code=$1 pattern=$2
	shift 2
	rc=0
	"$paxgate" "$@" -c "$dir/$who.yaml" >"$dir/out" 2>&1 || rc=$?
	[ $rc -eq "$code" ] && { [ ! "$pattern" ] ||
		grep -Eq -e "$pattern" "$dir/out"; } ||
		fail "$who: $*: exit $rc, not $code, or no '$pattern': \
$(cat "$dir/out")"
}

# act CODE PATTERN VERB ARGUMENTS...
act()
{
	code=$1 pattern=$2 verb=$3
	shift 3
	expect "$code" "$pattern" subject "$verb" $said --reason "$why" "$@"
}

"$paxgate" gen --out "$dir/day" --seed 5 --flights 2 >/dev/null
settings 2
echo 'hits: {topic: pax.hits}' >>"$dir/run.yaml"
fresh
"$paxgate" keys create -c "$dir/run.yaml" --custodian dpo \
	--key "$dir/dpo.key" >/dev/null
sql 'CREATE ROLE dan LOGIN IN ROLE paxgate_dpo;
	CREATE ROLE ann LOGIN IN ROLE paxgate_reviewer;
	CREATE ROLE eva LOGIN IN ROLE paxgate_analyst;
	CREATE ROLE eng LOGIN IN ROLE paxgate_engine'
as eng
"$paxgate" run -c "$dir/eng.yaml" --feed "$dir/day" --drain >/dev/null
day=$(sql 'SELECT min(clock_day) FROM pax.flight')
[ "$day" = "$(sql 'SELECT max(clock_day) FROM pax.flight')" ] || exit 77

# whom we ask for: with a hit, alone in his booking; and one of several
name() # TRAVELLER: $record, $surname, $given, $born, $number
{
	record=$(echo "$day" | tr -d -)-$1
	"$paxgate" subject export -c "$dir/run.yaml" $said --reason "$why" \
		"$record" >"$dir/one"
	of()
	{
		jq -r --arg f "traveller.$1" '.records[0].values[] |
			select(.field == $f) | .value' "$dir/one"
	}
	surname=$(of surname) given=$(of given) born=$(of birth_date)
	number=$(of 'documents[0].number')
}
family=$(sql "SELECT lpad(to_hex(min(traveller_id)), 16, '0')
	FROM pax.traveller WHERE booking_id = (SELECT booking_id
	FROM pax.traveller GROUP BY 1 HAVING count(*) BETWEEN 2 AND 4
	ORDER BY 1 LIMIT 1)")
[ "$family" ] || fail 'no booking of several'
for hit in $(sql "SELECT hit_id FROM pax.hit WHERE state = 'open' ORDER BY 1"); do
	name "$(sql "SELECT lpad(to_hex(traveller_id), 16, '0') FROM pax.hit
		WHERE hit_id = $hit")"
	[ ! "$surname" ] || [ ! "$given" ] || [ ! "$born" ] || [ ! "$number" ] ||
		break
done
[ "$number" ] && [ "$born" ] || fail "no such hit: $(cat "$dir/one")"
hit_name=$(sql "SELECT to_char(clock_day, 'YYYYMMDD-') ||
	lpad(to_hex(hit_id), 16, '0') FROM pax.hit WHERE hit_id = $hit")

# find: purpose, file, reason, role
as dan
who_is="--surname $surname --born $born"
expect 4 'purpose oversight' subject find --case A-1 --reason "$why" \
	$who_is --given "$given"
expect 4 'purpose oversight' subject find --purpose detection --case A-1 \
	--reason "$why" $who_is --given "$given"
expect 4 'number of the file' subject find --purpose oversight \
	--reason "$why" $who_is --given "$given"
expect 4 'a sentence of 10' subject find $said --reason short $who_is \
	--given "$given"
act 2 'a name alone finds others' find --surname "$surname"
act 0 "^$record  .* active  [1-9][0-9]* hits, 0 links\$" find $who_is \
	--given "$given"
act 0 '^0 records' find --surname "$surname" --given "$given" --born 1931-01-31
act 0 '^0 records' find --surname NOBODY --given "$given" --born "$born"
as ann
act 4 "'ann' may not act on persons' requests" find $who_is --given "$given"
! grep -q "$record" "$dir/out" || fail 'shown to a reviewer'
as dan

# export: each value with its meaning; what is restricted by law left out
act 0 '' export -o "$dir/given.json" "$record"
[ "$(stat -c %a "$dir/given.json")" = 600 ] || fail 'a file for all'
jq -e --arg s "$surname" '.records[0] | (.values | map(select(
	.field == "traveller.surname" and .value == $s and .annex_i == 4
	and (.meaning | length > 3))) | length == 1)
	and ([.values[] | select(.meaning == null)] | length == 0)
	and (.hits | length > 0) and .hits[0].evidence != null
	and .carrier != null and .deleted_on != null' \
	"$dir/given.json" >/dev/null || fail "export: $(cat "$dir/given.json")"
# into no file that is there, and may be another's
cp "$dir/given.json" "$dir/was.json"
act 2 'is there' export -o "$dir/given.json" --without hits "$record"
cmp -s "$dir/given.json" "$dir/was.json" || fail 'an older file is lost'
act 0 '' export -o "$dir/less.json" --without hits,booking "$record"
jq -e '.records[0] | .hits == null and
	([.values[].field | select(startswith("booking"))] | length == 0)' \
	"$dir/less.json" >/dev/null || fail 'hits or booking are not left out'

# an account that has ended acts on nothing, also by SQL, though the role stayed
sql "CREATE ROLE odo LOGIN IN ROLE paxgate_dpo;
	INSERT INTO ops.authority (authority, kind, name, valid_from)
	VALUES ('UT-PIU', 'piu', 'x', '2020-01-01');
	INSERT INTO ops.account (account, acting_as, home_authority, roles,
		valid_from, valid_until) VALUES ('odo', 'UT-PIU', 'UT-PIU',
		'{dpo}', '2020-01-01', '2021-01-01')"
! psql -qtAX "$(echo "$conninfo" | sed 's/user=[a-z0-9_]*/user=odo/')" -c "SELECT
	ops.subject_restrict(1, 'DPO-1', 'oversight', 'he has left the house',
	'$day', ('x' || '${record#*-}')::bit(64)::bigint, false)" \
	>"$dir/out" 2>&1 && grep -q 'account has ended' "$dir/out" ||
	fail "an account of before acts: $(cat "$dir/out")"

# refused: the ground, the right to complain, on record
act 2 'none of ref.subject_refusal' export --refuse because "$record"
act 0 'complain to the supervisory' export --refuse inquiry "$record"
grep -q 'Art. 15(1)(a)' "$dir/out" || fail 'no article'
expect 0 'export .*refused .*inquiry' subject list

# correct: beside the record; whoever decided on it looks again
as ann
expect 0 '' hits take --purpose detection --offence 04 "$hit_name"
as dan
act 2 "'paxgate fields' lists" correct --field traveller.shoe --is 44 "$record"
was=$(sql "SELECT md5(string_agg(sealed::text, '' ORDER BY slice_hash))
	FROM pax.slice")
act 0 'corrected' correct --field traveller.birth_date --is 1964-07-21 "$record"
[ "$(sql "SELECT md5(string_agg(sealed::text, '' ORDER BY slice_hash))
	FROM pax.slice")" = "$was" ] || fail 'evidence was changed'
as ann
expect 0 "birth_date is 1964-07-21, was $born" hits show --purpose detection \
	--offence 04 "$hit_name"
expect 0 '' hits list --state reopened
grep -q "$hit_name" "$dir/out" || fail 'the hit is not reopened'
act 4 'may not act' correct --field traveller.sex --is F "$record"
"$paxgate" replay -c "$dir/run.yaml" "$hit_name" >"$dir/out" 2>&1 ||
	fail "the corrected record's hit does not replay: $(cat "$dir/out")"

# restrict: nobody but the officer sees or uses it, direct SQL neither
rows_of() # ROLE: rows of the person that it sees, in table and partition
{
	part=$(echo "$day" | tr -d -)
	for t in traveller hit evidence addendum review; do
		for n in "$t" "${t}_$part"; do
			case $t in
			evidence | review) w="hit_id = $hit" ;;
			*) w="traveller_id = (SELECT traveller_id
				FROM public.whom)" ;;
			esac
			sql "SET ROLE $1; SELECT count(*) > 0 FROM pax.$n
				WHERE $w"
		done
	done | sort | uniq -c | tr -s ' ' | tr '\n' ' '
}
sql "CREATE TABLE public.whom AS SELECT traveller_id FROM pax.hit
	WHERE hit_id = $hit; GRANT SELECT ON public.whom TO PUBLIC"
for r in analyst reviewer auditor dpo supervisor engine; do
	[ "$(rows_of paxgate_$r)" = ' 10 t ' ] || fail "$r sees not all before"
done
as dan
act 0 '^restricted' restrict "$record"
act 4 'restricted already' restrict "$record"
for r in analyst reviewer auditor; do
	[ "$(rows_of paxgate_$r)" = ' 10 f ' ] ||
		fail "$r sees restricted rows:$(rows_of paxgate_$r)"
done
for r in dpo supervisor engine; do
	[ "$(rows_of paxgate_$r)" = ' 10 t ' ] || fail "$r does not see them"
done
as ann
expect 2 'no hit' hits show --purpose detection --offence 04 "$hit_name"
expect 4 'are restricted' hits take --purpose detection --offence 04 "$hit_name"
as eva
expect 3 'no record' replay "$hit_name"
expect 0 '' hits list --state all -n 1000
! grep -q "$hit_name" "$dir/out" || fail 'a restricted hit is listed'
as dan
act 0 ', restricted, corrected' find $who_is --given "$given"
# screened again: found, and told to nobody
other=$(sql "SELECT hit_id FROM pax.hit WHERE state = 'open'
	AND NOT suppressed AND traveller_id <> (SELECT traveller_id
		FROM public.whom) ORDER BY 1 LIMIT 1")
sql "DELETE FROM pax.hit WHERE hit_id IN ($hit, $other);
	CREATE TABLE public.told AS SELECT * FROM ops.outbox;
	CREATE FUNCTION public.note() RETURNS trigger LANGUAGE plpgsql
	SECURITY DEFINER AS 'BEGIN INSERT INTO public.told SELECT NEW.*;
	RETURN NEW; END';
	CREATE TRIGGER note BEFORE INSERT ON ops.outbox FOR EACH ROW
	EXECUTE FUNCTION public.note()"
as eng
"$paxgate" run -c "$dir/eng.yaml" --feed "$dir/day" --drain >/dev/null
[ "$(sql "SELECT count(*) FROM pax.hit WHERE hit_id = $hit")" -eq 1 ] ||
	fail 'it is not screened like others'
[ "$(sql "SELECT count(*) FROM told WHERE topic = ':hits'
	AND outbox_id = $other")" -eq 1 ] || fail 'hits are not told at all'
[ "$(sql "SELECT count(*) FROM told WHERE key = '$hit_name'")" -eq 0 ] ||
	fail 'a restricted hit is told'
# lifted, it counts again
as dan
act 0 'lifted' restrict --lift "$record"
act 4 'not restricted' restrict --lift "$record"
[ "$(rows_of paxgate_analyst)" != ' 10 f ' ] || fail 'still restricted'

# erase: not while messages are to come; others of the booking are asked for
act 4 'still to be expected' erase "$record"
sql "UPDATE pax.flight SET departs = departs - interval '10 days',
	arrives = arrives - interval '10 days'"
copies() # rows of the day that say anything of him
{
	sql "SELECT (SELECT count(*) FROM pax.traveller WHERE traveller_id = w)
		+ (SELECT count(*) FROM pax.hit WHERE traveller_id = w)
		+ (SELECT count(*) FROM pax.evidence WHERE hit_id = $hit)
		+ (SELECT count(*) FROM pax.review WHERE hit_id = $hit)
		+ (SELECT count(*) FROM pax.addendum WHERE traveller_id = w)
		+ (SELECT count(*) FROM pax.shadow WHERE traveller_id = w)
		FROM (SELECT traveller_id AS w FROM public.whom) x"
}
opened() # what all slices, records and bookings say, opened
{
	"$rows" slices "$conninfo" "$dir/keys/engine.key" "$dir/keys/days"
}
opened >"$dir/opened"
[ "$(grep -c "$number" "$dir/opened")" -gt 2 ] || fail 'he stands in few places'
as eva
act 4 'may not act' erase "$record"
as dan
act 0 'erased: the traveller, [0-9]+ hits, [1-9][0-9]* slices; 0 others' \
	erase "$record"
[ "$(copies)" -eq 0 ] || fail "$(copies) rows are left"
opened >"$dir/opened"
! grep -q "$number" "$dir/opened" || fail 'he is still in a slice'
act 2 'no such record' erase "$record"
act 0 '^0 records' find $who_is --given "$given"

name "$family"
[ "$number" ] || fail 'no document'
act 4 'others stand in the same booking' erase "$record"
act 0 'erased: .* [1-9][0-9]* others' erase --shared-too "$record"
opened >"$dir/opened"
! grep -q "$number" "$dir/opened" || fail 'he is still in a booking'

# an engine goes on with what is left: co-travellers lost a side, not their record
as eng
"$paxgate" run -c "$dir/eng.yaml" --feed "$dir/day" --drain >/dev/null ||
	fail 'the engine cannot read what is left'

# the register and the audit log: each act, no name
as dan
expect 0 '' subject list --json -n 1000
[ "$(jq -r .act "$dir/out" | sort -u | tr '\n' ' ')" = \
	'correct erase export find lift restrict ' ] || fail 'acts are missing'
sql "SELECT line FROM ops.audit WHERE line LIKE '%DPO-26-7%'" >"$dir/log"
for op in CONSULT EXPORT ALTER ERASE; do
	grep -q "\"operation\":\"$op\"" "$dir/log" || fail "no $op on record"
done
grep -q '"outcome":"refused","error":"flight-open"' "$dir/log" ||
	fail 'what was tried is not on record'
! grep -q "$surname" "$dir/log" || fail 'a name is in the audit log'
[ "$(sql "SELECT sum(n) FROM ops.statistic_year(
	extract(year FROM now())::integer)
	WHERE figure IN ('subject.done', 'subject.refused')")" -eq \
	"$(sql 'SELECT count(*) FROM ops.subject_act')" ] ||
	fail 'the figures of the year lack some'
for s in "DELETE FROM ops.subject_act" "UPDATE ops.subject_act SET reason = 'x'"; do
	! sql "$s" >/dev/null 2>&1 || fail "the register is not for good: $s"
done
"$paxgate" audit verify -c "$dir/run.yaml" >/dev/null 2>&1 || fail 'audit log'
