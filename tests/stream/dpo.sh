#!/bin/sh
# dpo.sh - the data protection officer's guide works when followed: each command
# of doc/dpo.md, as that role, in its order
. tests/stream/lib.sh

sql()
{
	psql -qtAX "$conninfo" -c "$1"
}

"$paxgate" gen --out "$dir/day" --seed 5 --flights 2 >/dev/null
settings 2
fresh
sql 'CREATE ROLE "analyst-07" LOGIN IN ROLE paxgate_analyst'
"$paxgate" authority add -c "$dir/run.yaml" --kind piu --name PIU AT-PIU
"$paxgate" authority add -c "$dir/run.yaml" --kind independent \
	--name 'supervisory authority' AT-DSB
"$paxgate" run -c "$dir/run.yaml" --feed "$dir/day" --drain >/dev/null
day=$(sql 'SELECT min(clock_day) FROM pax.flight')
[ "$day" = "$(sql 'SELECT max(clock_day) FROM pax.flight')" ] || exit 77
sql "UPDATE pax.flight SET departs = departs - interval '10 days',
	arrives = arrives - interval '10 days'"

# whom the guide is about: a traveller with a hit; another one; a third's hit
digits=$(echo "$day" | tr -d -)
people=$(sql "SELECT DISTINCT lpad(to_hex(traveller_id), 16, '0') FROM pax.hit
	WHERE state = 'open' ORDER BY 1")
number=
for who in $people; do
	record=$digits-$who
	"$paxgate" subject export -c "$dir/run.yaml" --purpose oversight \
		--case T-1 --reason 'for the test of the guide' "$record" \
		>"$dir/one"
	of()
	{
		jq -r --arg f "traveller.$1" '.records[0].values[] |
			select(.field == $f) | .value' "$dir/one"
	}
	surname=$(of surname) given=$(of given) born=$(of birth_date)
	number=$(of 'documents[0].number')
	[ ! "$number" ] || [ ! "$born" ] || [ ! "$given" ] || break
done
[ "$number" ] && [ "$born" ] || fail 'no traveller with name, birth and document'
other=$(sql "SELECT lpad(to_hex(min(traveller_id)), 16, '0') FROM pax.traveller
	WHERE lpad(to_hex(traveller_id), 16, '0') <> '$who'")
hit=$(sql "SELECT lpad(to_hex(min(hit_id)), 16, '0') FROM pax.hit
	WHERE state = 'open' AND lpad(to_hex(traveller_id), 16, '0') <> '$who'")

# something was unmasked, and is the officer's to look at
request=00000000000012ab
sql "SET session_replication_role = replica;
	INSERT INTO ops.dpo_task (kind, request_id, made_at, due_on)
	VALUES ('unmask', x'12ab'::bigint, now(), current_date + 14)"

# the officer's role and account, as the guide has them
sed -n 's/^    \(CREATE ROLE .*;\)$/\1/p' doc/dpo.md >"$dir/role.sql"
[ "$(wc -l <"$dir/role.sql")" -eq 1 ] || fail 'the guide makes no role'
psql -qX "$conninfo" -f "$dir/role.sql"
sed 's/user=[a-z0-9_]*/user=dpo-01/' "$dir/run.yaml" >"$dir/dpo.yaml"

# its commands: what stands behind two blanks and more is said about them
sed -n 's/^    \(paxgate .*\|grep .*\)/\1/p' doc/dpo.md |
	sed 's/   .*//' >"$dir/commands"
nr=$(wc -l <"$dir/commands")
[ "$nr" -ge 30 ] || fail "only $nr commands in the guide"
sed -i "s/SURNAME/$surname/; s/GIVEN/$given/; s/BORN/$born/
	s/NUMBER/$number/; s/RECORD/$record/; s/REQUEST/$request/; s/OTHER/$digits-$other/
	s/ HIT/ $digits-$hit/; s| etc/profiles| $dir/profiles|
	s|-o \([a-z]\)|-o $dir/\1|; s| hit.bundle\$| $dir/hit.bundle|
	s| log.txt\$| $dir/log.txt|; s/--year 2026/--year ${day%%-*}/" \
	"$dir/commands"
while read -r line; do
	as=$dir/dpo.yaml
	case $line in
	'paxgate account add'*) as=$dir/run.yaml ;;
	esac
	case $line in
	paxgate*) line="\"$paxgate\" ${line#paxgate } -c $as" ;;
	esac
	case $line in # these take no settings, or those of the file alone
	*'profile notice'*) line="${line% -c *}" ;;
	*'profile show'*) line="${line% -c *} --lists $dir/lists" ;;
	*'profile check'*) line="${line% -c *} --lists $dir/lists" ;;
	esac
	rc=0
	eval "$line" >"$dir/out" 2>&1 </dev/null || rc=$?
	case $line in grep*) [ $rc -eq 1 ] && rc=0 ;; esac # he saw nothing
	[ $rc -eq 0 ] || fail "the guide's '$line': exit $rc: $(head -5 "$dir/out")"
done <"$dir/commands"

# what they came to
[ "$(sql 'SELECT done_by FROM ops.dpo_task')" = dpo-01 ] ||
	fail 'the task is not done'
[ "$(sql "SELECT count(*) FROM pax.traveller
	WHERE lpad(to_hex(traveller_id), 16, '0') = '$who'")" -eq 0 ] ||
	fail 'the record is not erased'
grep -q "$surname" "$dir/given.json" || fail 'nothing was given'
[ "$(sql "SELECT string_agg(act || ' ' || outcome, ',' ORDER BY at)
	FROM ops.subject_act WHERE actor = 'dpo-01'")" = "find done,find done,\
export done,export done,restrict done,correct done,lift done,erase done,\
export refused" ] || fail 'the register has something else'
grep -q '"actor":"dpo-01"' "$dir/log.txt" || fail 'the officer is not on record'

# what is not his, the database refuses
for s in "SELECT pax.review_take('$day', 1, 1)" \
	"SELECT ops.link_end(1, '$day')" "DELETE FROM pax.traveller" \
	"UPDATE ops.account SET valid_until = '$day'" "DELETE FROM ops.audit" \
	"SELECT ops.retention_close('$day')"; do
	! psql -qX "$(echo "$conninfo" | sed 's/user=[a-z0-9_]*/user=dpo-01/')" \
		-c "$s" >/dev/null 2>&1 || fail "the officer may: $s"
done
