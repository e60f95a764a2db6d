#!/bin/sh
# unmask.sh - records kept masked are seen again: asked, approved and signed by a
# court, released by custodians who work without a database, shown for a while;
# nothing opens before, after, to others, or beyond what was asked
. tests/stream/lib.sh

sql()
{
	psql -qtAX "$conninfo" -c "$1"
}

as_sql()
{
	psql -qtAX -v ON_ERROR_STOP=1 -v VERBOSITY=verbose \
		"$(echo "$conninfo" | sed "s/user=[a-z0-9_]*/user=$1/")" -c "$2"
}

as()
{
	sed "s/user=[a-z0-9_]*/user=$1/" "$dir/run.yaml" >"$dir/$1.yaml"
	who=$1
}

said='--purpose investigation --offence 04 --case 26-114'

# expect CODE PATTERN VERB ARGUMENTS...: `paxgate unmask VERB ...` as $who
expect()
{
	code=$1 pattern=$2 verb=$3
	shift 3
	[ "$verb" = release ] || set -- -c "$dir/$who.yaml" "$@"
	rc=0
	"$paxgate" unmask "$verb" "$@" >"$dir/out" 2>&1 || rc=$?
	[ $rc -eq "$code" ] && { [ ! "$pattern" ] ||
		grep -Eq -e "$pattern" "$dir/out"; } ||
		fail "$who: unmask $verb $*: exit $rc, not $code, or no \
'$pattern': $(cat "$dir/out")"
}

# ask NAME RECORDS [SED...]: the form NAME.yaml, and as ann NAME.unmask of it
ask()
{
	name=$1 records=$2
	shift 2
	rm -f "$dir/$name".*
	(umask 077 && cat >"$dir/$name.yaml") <<-F
		case: 26-114
		offence: "04"
		authority: UT-POL
		persons: one
		grounds: "SECRETWORDS a second parcel was found last week"
		new: "it was found after the records had been masked"
		fields: [traveller.surname, traveller.documents]
		records: [$records]
	F
	for s; do
		sed -i "$s" "$dir/$name.yaml"
	done
	as ann
	expect 0 'open$' request --form "$dir/$name.yaml" \
		--out "$dir/$name.unmask"
	r=$(sed -n '1s/ .*//p' "$dir/out")
}

# release CODE PATTERN KEY OUT ARGUMENTS...
release()
{
	code=$1 pattern=$2 key=$3 out=$4
	shift 4
	rm -f "$dir/$out"
	expect "$code" "$pattern" release --key "$dir/$key.key" \
		--judges "$dir/far/judges.yaml" --out "$dir/$out" "$@"
}

settings 1
fresh
for c in deputy 'dpo --with deputy' registry stranger; do
	"$paxgate" keys create -c "$dir/run.yaml" --custodian $c \
		--key "$dir/${c%% *}.key" >/dev/null
done
# one who has a key, and no box: he was never entered; neither of a pair opens
# alone
sed -i '/stranger/d; /name: deputy/s/}/, with: dpo}/' "$dir/keys/custodians.yaml"
for j in jud other; do
	"$paxgate" keys create -c "$dir/run.yaml" --judge $j \
		--key "$dir/$j.key" >/dev/null
done
day=2026-02-14
masked=${BUILD:-build}/tests/masked
"$masked" "$conninfo" "$dir/keys/days" "$dir/keys/custodians.yaml" $day 2 \
	>"$dir/records"
printf 'HIDDENA\nHIDDENB\nX1234560\nAB12CD\n' >"$dir/names"

sql "INSERT INTO ops.authority (authority, kind, name, valid_from) VALUES
	('UT-PIU', 'piu', 'x', '2020-01-01'),
	('UT-POL', 'competent', 'x', '2020-01-01'),
	('UT-COURT', 'court', 'x', '2020-01-01')"
while read -r account role for; do
	sql "CREATE ROLE $account LOGIN IN ROLE paxgate_$role"
	sql "INSERT INTO ops.account (account, acting_as, home_authority, roles,
		valid_from) VALUES ('$account', '$for', '$for', '{$role}',
		'2020-01-01')"
done <<-A
	ann officer UT-PIU
	amy officer UT-PIU
	jud judge UT-COURT
	eva analyst UT-PIU
	rev reviewer UT-PIU
	dan dpo UT-PIU
A

# the masked view: no name, no number of persons; who has it
as ann
expect 0 "^$(echo "$day" | tr -d -)-[0-9a-f]{16}  " list --from "$day"
[ "$(wc -l <"$dir/out")" -eq 2 ] || fail "$(cat "$dir/out")"
! grep -qwFf "$dir/names" "$dir/out" || fail 'a name in the masked view'
one=$(sed -n 1p "$dir/records") two=$(sed -n 2p "$dir/records")
grep -q "^$one" "$dir/out" && grep -q "^$two" "$dir/out" || fail "not listed"
expect 0 '"record":' list --from "$day" --json --until 2026-02-15 --carrier X9
expect 0 '' list --from 2026-02-15 --until 2026-03-01
[ ! -s "$dir/out" ] || fail 'records of other days'
expect 2 'say --from' list
for u in ann amy jud eva rev; do
	! as_sql $u 'SELECT sealed FROM pax.masked_record' >"$dir/out" 2>&1 &&
		grep -q 42501 "$dir/out" || fail "$u reads what is masked"
done

# what is not asked for in the right way
ask bad "$one"
b=$r
rm "$dir/bad.unmask" "$dir/bad.unmask.key"
for change in 's/^records:.*/records: [20200101-0000000000000001]/' \
	"s/^records:.*/records: [$one, $two]/"; do
	sed "$change" "$dir/bad.yaml" >"$dir/worse.yaml"
	chmod 600 "$dir/worse.yaml"
	rc=0
	"$paxgate" unmask request -c "$dir/ann.yaml" --form "$dir/worse.yaml" \
		--out "$dir/worse" >"$dir/out" 2>&1 || rc=$?
	case $change in
	*2020*) [ $rc -eq 2 ] && grep -q 'no key any more' "$dir/out" ;;
	*) [ $rc -eq 4 ] && grep -q 'more than one for one' "$dir/out" ;;
	esac || fail "$change: $rc: $(cat "$dir/out")"
	[ ! -e "$dir/worse" ] && [ ! -e "$dir/worse.key" ] ||
		fail 'files without an entry'
done
as eva
expect 4 'no role for this' request --form "$dir/bad.yaml" --out "$dir/worse"

# before approval nothing opens: not at a custodian's, not here
ask ask "$one"
grep -qF SECRETWORDS "$dir/ask.unmask" && fail 'grounds in the file'
grep -qwFf "$dir/names" "$dir/ask.unmask" && fail 'a name in the file'
[ "$(stat -c %a "$dir/ask.unmask.key")" = 600 ] || fail 'a key for all'
mkdir "$dir/far"
cp "$dir/keys/judges.yaml" "$dir/far/"
release 4 'no approval of a court' registry rel "$dir/ask.unmask"
[ ! -e "$dir/rel" ] || fail 'released without an approval'
as jud
expect 4 'signature|no judge|not over|no role|Art' approve --decision 1/26 \
	--file "$dir/ask.unmask" --key "$dir/other.key" "$r"
[ ! -e "$dir/ask.unmask.sig" ] || fail "another judge's key signs"
expect 5 'is not the file of request' approve --decision 1/26 \
	--file "$dir/ask.unmask" --key "$dir/jud.key" "$b"
as ann
expect 4 'no judge of the register|no role' approve --decision 1/26 \
	--file "$dir/ask.unmask" --key "$dir/jud.key" "$r"
[ ! -e "$dir/ask.unmask.sig" ] || fail 'who asked signs'
[ "$(as_sql ann "SELECT count(*) FROM ops.unmask_rows(('x' || '$r')::bit(64)::bigint)")" \
	-eq 0 ] || fail 'rows before the approval'
[ "$(as_sql ann "SELECT ops.unmask_view(('x' || '$r')::bit(64)::bigint,
	(SELECT file_hash FROM ops.request WHERE request_id =
	('x' || '$r')::bit(64)::bigint))")" = is-open ] || fail 'seen before'

# approved and signed; released by one alone, or by two in turn
as jud
expect 0 'approved$' approve --decision 1/26 --file "$dir/ask.unmask" \
	--key "$dir/jud.key" "$r"
release 4 'none of its boxes is for this key' stranger rel "$dir/ask.unmask"
release 0 'for dpo to open' deputy rel0 "$dir/ask.unmask"
release 4 'none of its boxes' deputy rel --after "$dir/rel0" "$dir/ask.unmask"
[ ! -e "$dir/rel" ] || fail 'released to a wrong key'
sed 's/^case .*/case 26-115/' "$dir/ask.unmask" >"$dir/forged"
release 4 'not over this file' registry rel --approval "$dir/ask.unmask.sig" \
	"$dir/forged"
sed "s/^box \([^ ]*\) [0-9a-f]*/box \1 0000000000000001/" "$dir/ask.unmask" \
	>"$dir/forged"
release 4 'not over this file' registry rel --approval "$dir/ask.unmask.sig" \
	"$dir/forged"
echo '[]' >"$dir/far/none.yaml"
rc=0
"$paxgate" unmask release --key "$dir/registry.key" --judges \
	"$dir/far/none.yaml" --out "$dir/rel" "$dir/ask.unmask" >"$dir/out" 2>&1 ||
	rc=$?
[ $rc -eq 4 ] && grep -q 'no judge of the register' "$dir/out" ||
	fail "an unknown judge: $rc"
# no database, no settings: from an empty folder, with nothing but the files
(cd "$dir/far" && unset PAXGATE_DATABASE &&
	"$(realpath "$OLDPWD/$paxgate" 2>/dev/null || realpath "$paxgate")" \
	unmask release --key "$dir/registry.key" --judges judges.yaml \
	--out "$dir/rel" "$dir/ask.unmask" >"$dir/out" 2>&1) ||
	fail "$(cat "$dir/out")"
grep -q 'for who asked: ann' "$dir/out" || fail "$(cat "$dir/out")"
release 0 'for deputy to open' dpo rel1 "$dir/ask.unmask"
release 4 'none of its boxes' registry rel2 --after "$dir/rel1" "$dir/ask.unmask"
release 0 'for who asked: ann' deputy rel2 --after "$dir/rel1" "$dir/ask.unmask"

# shown to who asked, for the fields that were asked for, and while it lasts
show="show $said --key $dir/ask.unmask.key"
as ann
expect 4 'for a purpose' show --key "$dir/ask.unmask.key" "$dir/rel"
expect 4 'not those of the request' show --purpose investigation --offence 04 \
	--case 26-1 --key "$dir/ask.unmask.key" "$dir/rel"
as amy
expect 4 'only who asked' $show "$dir/rel"
as ann
# nothing is seen of a look that can be taken back
id="('x' || '$r')::bit(64)::bigint"
[ "$(as_sql ann "BEGIN; SELECT ops.unmask_view($id, (SELECT file_hash
	FROM ops.request WHERE request_id = $id));
	SELECT 'rows ' || count(*) FROM ops.unmask_rows($id); ROLLBACK" |
	grep rows)" = 'rows 0' ] || fail 'seen, and nobody is told'
expect 4 'was not released to yours' $show "$dir/rel1"
sql "UPDATE ref.request_limit SET value = 3 WHERE name = 'view_minutes'"
for f in rel rel2; do
	expect 0 "^-- request $r, case 26-114, for UT-POL, shown to ann at 20" \
		$show "$dir/$f"
	grep -q 'traveller.surname: "' "$dir/out" &&
		[ "$(grep -c traveller "$dir/out")" -eq 2 ] ||
		fail "not the fields asked for: $(cat "$dir/out")"
done
grep -qwFf "$dir/names" "$dir/out" || fail 'no name is shown'
expect 0 "^\{\"record\":\"$one\"" $show --json "$dir/rel"
! grep -qF "$two" "$dir/out" || fail 'another record is shown'
sql "UPDATE ref.request_limit SET value = 0 WHERE name = 'view_minutes'"
expect 4 'time to look is over' $show "$dir/rel"
[ "$(as_sql ann "SELECT ops.unmask_view(('x' || '$r')::bit(64)::bigint,
	(SELECT file_hash FROM ops.request WHERE request_id =
	('x' || '$r')::bit(64)::bigint))")" = view-over ] ||
	fail 'the clock is not the server'"'"'s'
sql "UPDATE ref.request_limit SET value = 60 WHERE name = 'view_minutes'"

# two records of a group; a release of another request does not fit
ask two "$one, $two" \
	's/^persons:.*/persons: group\ngroup: "they travelled on one booking"/' \
	's/^fields:.*/fields: [hits.evidence, booking.locator]/'
as jud
expect 0 'approved$' approve --decision 2/26 --file "$dir/two.unmask" \
	--key "$dir/jud.key" "$r"
release 4 'of another request' deputy rel3 --after "$dir/rel1" "$dir/two.unmask"
release 0 '2 opened' registry rel3 "$dir/two.unmask"
as ann
expect 4 'was not released to yours' show $said --key "$dir/ask.unmask.key" \
	"$dir/rel3"
expect 0 '' show $said --json --key "$dir/two.unmask.key" "$dir/rel3"
[ "$(wc -l <"$dir/out")" -eq 2 ] && jq -e '(.hits | type == "array") and
	(.traveller | length == 0)' "$dir/out" >/dev/null || fail "$(cat "$dir/out")"

# of whom data are restricted nothing is seen
sql "INSERT INTO ops.restriction (act_id, clock_day, record_id) VALUES
	(1, '$day', ('x' || '${one#*-}')::bit(64)::bigint)"
expect 0 "$two" show $said --json --key "$dir/two.unmask.key" "$dir/rel3"
[ "$(wc -l <"$dir/out")" -eq 1 ] || fail 'a restricted record is shown'

# refused; and closed
as jud
expect 0 'refused$' refuse --decision 3/26 --reason not-necessary "$b"

# the data protection officer is told, once each, and says what he found
as dan
expect 0 'to do$' task
[ "$(wc -l <"$dir/out")" -eq 2 ] || fail "$(cat "$dir/out")"
expect 4 'the finding is' task --finding good "$r"
expect 0 '' task --finding lawful "$r"
expect 4 'no such task' task --finding lawful "$r"
expect 0 '"finding":"lawful"' task --json
as ann
expect 4 'no role for this' task --finding lawful "$r"

# on record, without a person
"$paxgate" audit verify -c "$dir/run.yaml" >"$dir/out" 2>&1 ||
	fail "$(cat "$dir/out")"
[ "$(sql "SELECT count(*) FROM ops.audit WHERE operation = 'UNMASK'
	AND line::jsonb ->> 'outcome' = 'done'
	AND line::jsonb ->> 'review_authority' = 'UT-COURT'")" -ge 4 ] &&
	[ "$(sql "SELECT count(*) FROM ops.audit WHERE operation = 'UNMASK'
	AND line::jsonb ->> 'second_person' = 'dpo deputy'")" -ge 1 ] &&
	[ "$(sql "SELECT count(*) FROM ops.audit WHERE operation = 'UNMASK'
	AND line::jsonb ->> 'error' = 'view-over'")" -eq 1 ] ||
	fail 'looks are not on record'
pg_dump -a "$conninfo" 2>/dev/null >"$dir/dump"
! grep -qF SECRETWORDS "$dir/dump" || fail 'grounds stand in clear'
! grep -qwFf "$dir/names" "$dir/dump" || fail 'a name in the dump'
exit 0
