#!/bin/sh
# request.sh - requests of authorities on a generated day: each state and refusal,
# caps, spans, what a search finds and shows, urgent ones and their recall; who
# may do what, also by SQL; nothing of a person in registers and the audit log
. tests/stream/lib.sh

sql()
{
	psql -qtAX "$conninfo" -c "$1"
}

# The database as another user.
as_sql()
{
	psql -qtAX -v ON_ERROR_STOP=1 -v VERBOSITY=verbose \
		"$(echo "$conninfo" | sed "s/user=[a-z0-9_]*/user=$1/")" -c "$2"
}

# as USER: commands from here on are his
as()
{
	sed "s/user=[a-z0-9_]*/user=$1/" "$dir/run.yaml" >"$dir/$1.yaml"
	who=$1
}

said='--purpose investigation --offence 04 --case 26-114'

# expect CODE PATTERN VERB ARGUMENTS...: `paxgate request VERB ...` as $who
expect()
{
	code=$1 pattern=$2 verb=$3
	shift 3
	rc=0
	"$paxgate" request "$verb" -c "$dir/$who.yaml" "$@" >"$dir/out" 2>&1 ||
		rc=$?
	[ $rc -eq "$code" ] && { [ ! "$pattern" ] ||
		grep -Eq -e "$pattern" "$dir/out"; } ||
		fail "$who: request $verb $*: exit $rc, not $code, or no \
'$pattern': $(cat "$dir/out")"
}

# form NAME [SED...]: $dir/NAME.yaml, a good form with changes
form()
{
	name=$1
	shift
	rm -f "$dir/$name.yaml"
	(umask 077 && cat >"$dir/$name.yaml") <<-F
		case: 26-114
		offence: "04"
		authority: UT-POL
		persons: one
		grounds: "SECRETWORDS a witness saw him load the goods"
		new: "the witness came after the flight had landed"
		from: $day
		until: $day
		fields: [traveller.surname, traveller.documents, flight.number]
		rows: "3"
	F
	for s; do
		sed -i "$s" "$dir/$name.yaml"
	done
}

# query TEXT...: $dir/query.yaml, a line each
query()
{
	rm -f "$dir/query.yaml"
	(umask 077 && printf '%s\n' "$@" >"$dir/query.yaml")
}

# opened: the number of the request that was opened just now
opened()
{
	sed -n 's/^\([0-9a-f]\{16\}\) .*/\1/p' "$dir/out"
}

is()
{
	got=$(sql "SELECT (ops.request_last(request_id)).state FROM ops.request
		WHERE lpad(to_hex(request_id), 16, '0') = '$1'")
	[ "$got" = "$2" ] || fail "$1 is $got, not $2"
}

# number REQUEST: the database's form of it
number()
{
	echo "('x' || '$1')::bit(64)::bigint"
}

# limit NAME VALUE: the administrator's
limit()
{
	sql "UPDATE ref.request_limit SET value = $2 WHERE name = '$1'"
}

"$paxgate" gen --out "$dir/day" --seed 7 --flights 3 >/dev/null
settings 1
fresh
"$paxgate" run -c "$dir/run.yaml" --feed "$dir/day" --drain >/dev/null
day=$(sql 'SELECT min(clock_day) FROM pax.flight')
[ "$day" = "$(sql 'SELECT max(clock_day) FROM pax.flight')" ] || exit 77

sql "INSERT INTO ops.authority (authority, kind, name, valid_from, valid_until,
	parent) VALUES ('UT-PIU', 'piu', 'x', '2020-01-01', NULL, NULL),
	('UT-MIN', 'independent', 'x', '2020-01-01', NULL, NULL),
	('UT-POL', 'competent', 'x', '2020-01-01', NULL, 'UT-MIN'),
	('UT-OLD', 'competent', 'x', '2020-01-01', '2021-01-01', NULL),
	('UT-COURT', 'court', 'x', '2020-01-01', NULL, NULL),
	('UT-INNER', 'independent', 'x', '2020-01-01', NULL, 'UT-PIU')"
while read -r account role for home until; do
	sql "CREATE ROLE $account LOGIN IN ROLE paxgate_$role"
	[ "$for" = - ] || sql "INSERT INTO ops.account (account, acting_as,
		home_authority, roles, valid_from, valid_until) VALUES
		('$account', '$for', '$home', '{$role}', '2020-01-01', $until)"
done <<-A
	ann officer UT-PIU UT-PIU NULL
	old officer UT-PIU UT-PIU '2021-01-01'
	pol officer UT-POL UT-POL NULL
	nobody officer - - NULL
	jud judge UT-COURT UT-COURT NULL
	lent judge UT-COURT UT-POL NULL
	min judge UT-MIN UT-MIN NULL
	inner_ judge UT-INNER UT-INNER NULL
	cop judge UT-POL UT-POL NULL
	eva analyst UT-PIU UT-PIU NULL
	rev reviewer UT-PIU UT-PIU NULL
	dan dpo - - NULL
	eng engine - - NULL
A

# one traveller with a document, as the searches below know him
db_rows | sed -n 's/^traveller [^{]*//p' | jq -c 'select((.documents | length > 0)
	and .locator != null) | [.surname, .given, .documents[0].number,
	.locator, .birth_date]' | sort -u >"$dir/people"
value()
{
	sed -n 1p "$dir/people" | jq -r ".[$1]"
}
surname=$(value 0) given=$(value 1) document=$(value 2)
locator=$(value 3) birth=$(value 4)
[ "$document" ] || fail 'nobody has a document'

# a form that no request may be; and who may not ask
as ann
expect 2 'say --form' open
expect 0 '' open --empty "$dir/empty.yaml"
[ "$(stat -c %a "$dir/empty.yaml")" = 600 ] || fail 'a form for all'
expect 3 'line 1, .*missing' open --form "$dir/empty.yaml"
while read -r code pattern change; do
	form bad "$(printf '%s' "$change" | tr _ ' ')"
	expect "$code" "$pattern" open --form "$dir/bad.yaml"
done <<'F'
4 objective.material s/^grounds:.*/grounds:_"he.is.bad"/
4 came.up.after /^new:/d
4 no.member s/^fields:.*/fields:_[traveller.religion]/
4 no.member s/^fields:.*/fields:_[booking.travellers]/
4 first.and.a.last /^until:/d
3 before.'from s/^until:.*/until:_2020-01-01/
4 one.specific.case s/^persons:.*/persons:_group/
4 none.of.the.catalogue s/^offence:.*/offence:_"99"/
4 how.many s/^rows:.*/rows:_"0"/
4 duly.justified s/^rows:.*/rows:_"1"\nurgent:_"now"/
4 not.registered s/^authority:.*/authority:_UT-OLD/
4 not.registered s/^authority:.*/authority:_NOWHERE/
4 not.registered s/^authority:.*/authority:_UT-PIU/
4 row.cap s/^rows:.*/rows:_"201"/
4 span.days s/^from:.*/from:_2020-01-01/
F
form good
chmod 644 "$dir/good.yaml"
expect 2 'mode 0600|others' open --form "$dir/good.yaml"
chmod 600 "$dir/good.yaml"
for who in old pol nobody jud eva rev eng; do
	as $who
	expect 4 'no role for this|no account|does not act' open \
		--form "$dir/good.yaml"
done
[ "$(sql 'SELECT count(*) FROM ops.request')" -eq 0 ] || fail 'some are entered'

# asked, and not approved: nothing is found or given; who may decide
as ann
expect 0 'open$' open --form "$dir/good.yaml"
r=$(opened)
is "$r" open
query "surname: $surname" "document: $document"
search="search $said --for $dir/query.yaml"
expect 4 'no court or independent authority has approved' $search "$r"
expect 4 'no court or independent authority has approved' disclose $said \
	--out "$dir/answer" "$r"
[ ! -e "$dir/answer" ] || fail 'a file without an approval'
expect 4 'no role for this' approve --decision 1/26 "$r"
for who in lent cop; do
	as $who
	expect 4 'only accounts that act for a registered court' approve \
		--decision 1/26 "$r"
done
for who in min inner_; do
	as $who
	expect 4 'who decides may not belong' approve --decision 1/26 "$r"
done
as jud
expect 4 'number of the decision' approve --decision 'a b' "$r"
now=$(date -u +%s)
for t in -60 $((30 * 86400 + 60)); do
	expect 4 'ends at a time to come' approve --decision 1/26 \
		--until "$(date -u -d "@$((now + t))" +%FT%T)" "$r"
done
expect 4 'for a purpose' show --words "$r"
expect 0 'grounds: "SECRETWORDS' show --words $said "$r"
expect 4 'not those of the request' show --words --purpose investigation \
	--offence 04 --case 26-115 "$r"
! "$paxgate" request show -c "$dir/jud.yaml" "$r" | grep -q SECRET ||
	fail 'grounds without a purpose'
expect 0 'approved$' approve --decision 1/26 "$r"
is "$r" approved
expect 4 'it is approved already' approve --decision 1/26 "$r"
expect 4 'no role for this' $search "$r"

# searched: exactly whom it names, the fields asked for and no other
as ann
rc=0
"$paxgate" request search -c "$dir/ann.yaml" --for "$dir/query.yaml" "$r" \
	>/dev/null 2>&1 || rc=$?
[ $rc -eq 4 ] || fail "a search without a purpose: $rc"
expect 4 'not those of the request' search --purpose investigation --offence 02 \
	--case 26-114 --for "$dir/query.yaml" "$r"
expect 0 '^1 found' $search "$r"
grep -q "traveller.surname: \"$surname\"" "$dir/out" &&
	grep -q "$document" "$dir/out" && grep -q '^-- request .* shown to ann' \
	"$dir/out" || fail "$(cat "$dir/out")"
! grep -q "traveller.given\|flight.carrier\|booking" "$dir/out" ||
	fail "more than was asked for: $(cat "$dir/out")"
# the same again is no new row
expect 0 '^0 found' $search "$r"
query 'surname: NOBODYHERE'
expect 0 '^0 found' $search "$r"
query "surname: $surname" 'document: Z0000000'
expect 0 '^0 found' $search "$r"
for d in "until: $(date -u -d "$day +1 day" +%F)" \
	"from: $(date -u -d "$day -1 day" +%F)"; do
	query "surname: $surname" "$d"
	expect 4 'not in the span' $search "$r"
done
query "surname: $surname" 'religion: x'
expect 3 'religion' $search "$r"
query 'alike: true' "surname: $surname" 'carrier: X9'
expect 4 'does not ask for search by likeness' $search "$r"

# every way to name a traveller finds him: part of a name, locator, all of it
form wide 's/^rows:.*/rows: "20"/; s/^fields:.*/fields: [traveller.locator, booking.locator, booking.contacts]/' \
	's/^persons:.*/persons: group\ngroup: "all who travel on his booking"/'
expect 0 'open$' open --form "$dir/wide.yaml"
w=$(opened)
as jud
expect 0 'approved$' approve --decision 2/26 "$w"
as ann
query "locator: $(echo "$locator" | tr A-Z a-z)"
expect 0 '^[1-9][0-9]* found' $search "$w"
[ "$(grep -c "traveller.locator: \"$locator\"" "$dir/out")" -eq \
	"$(tail -n 1 "$dir/out" | cut -d ' ' -f 1)" ] || fail "$(cat "$dir/out")"
contact=$("$paxgate" request search $said -c "$dir/ann.yaml" --json \
	--for "$dir/query.yaml" "$w" >/dev/null; db_rows |
	sed -n 's/^booking [^{]*//p' | jq -r '.contacts[0].value // empty' |
	sed -n 1p)
query "contact: \"$contact\""
expect 0 '^[1-9][0-9]* found' $search "$w"

# the cap: below, at, above; over all searches together, and nothing above it
n=$(sql "SELECT count(*) FROM pax.traveller")
family=$(db_rows | sed -n 's/^traveller [^{]*//p' | jq -r .surname | sort |
	uniq -c | sort -rn | awk '$1 > 1 && $2 != "" && NF == 2 { print $1, $2; exit }')
many=${family% *} family=${family#* }
[ "$many" -ge 2 ] || fail "no family in the day: $n travellers"
for cap in $((many + 1)) $many $((many - 1)); do
	form cap "s/^rows:.*/rows: \"$cap\"/"
	as ann
	expect 0 'open$' open --form "$dir/cap.yaml"
	c=$(opened)
	as jud
	expect 0 'approved$' approve --decision 3/26 "$c"
	as ann
	query "surname: $family"
	if [ $cap -lt "$many" ]; then
		expect 4 'more travellers would be found' $search "$c"
		! grep -q "$family" "$dir/out" || fail 'shown beyond the cap'
		[ "$(sql "SELECT count(*) FROM ops.request_row WHERE
			lpad(to_hex(request_id), 16, '0') = '$c'")" -eq 0 ] ||
			fail 'rows beyond the cap'
	else
		expect 0 "^$many found" $search "$c"
		query "surname: $surname" "document: $document"
		if [ $cap -eq "$many" ] && [ "$surname" != "$family" ]; then
			expect 4 'more travellers would be' $search "$c"
		fi
	fi
done

# by likeness, on the flights of a carrier: bounded
carrier=$(sql "SELECT f.carrier FROM pax.flight f LIMIT 1")
form alike 's/^rows:/alike: true\nrows:/' 's/^rows:.*/rows: "50"/'
expect 0 'open$' open --form "$dir/alike.yaml"
a=$(opened)
as jud
expect 0 'approved$' approve --decision 4/26 "$a"
as ann
# by SQL nobody is opened whose scope is not on record for good, or taken
at="$(number "$a"), '$day'"
[ "$(as_sql ann "BEGIN; SELECT ops.scope_note($at, '$day', '$carrier', NULL);
	SELECT 'rows ' || count(*) FROM ops.scope_rows($at, '$carrier', NULL);
	ROLLBACK" | grep rows)" = 'rows 0' ] || fail 'opened, and not on record'
[ "$(as_sql ann "SELECT ops.search_take($at, ARRAY[$(sql "SELECT flight_id
	FROM pax.flight LIMIT 1")], ARRAY[1])")" = scope ] ||
	fail 'taken, and never compared'
typed=$(echo "$surname" | sed 's/\(..\)$/\1X/')
query 'alike: true' "surname: $typed" "given: $given"
expect 3 "takes a 'surname:' and a" $search "$a"
found=0
for carrier in $(sql 'SELECT DISTINCT carrier FROM pax.flight'); do
	query 'alike: true' "surname: $typed" "given: $given" \
		"carrier: $carrier" "birth_date: $birth"
	expect 0 'found$' $search "$a"
	found=$((found + $(grep -c "surname: \"$surname\"" "$dir/out" || true)))
	query 'alike: true' "surname: QQQQQQ" "carrier: $carrier"
	expect 0 '^0 found' $search "$a"
done
[ $found -ge 1 ] || fail "$typed $given is not found by likeness"
of=$(sql "SELECT count(*) FROM pax.flight f JOIN pax.traveller
	USING (clock_day, flight_id) WHERE carrier = '$carrier'")
limit scope_travellers "$of"
expect 0 'found$' $search "$a"
limit scope_travellers $((of - 1))
expect 4 'scope_travellers, allows' $search "$a"
limit scope_travellers 2000

# restricted at the person's request (rights.md): not found, not opened to be
# compared, not given, though it was found before; lifted, it is again
form other 's/^rows:/alike: true\nrows:/'
expect 0 'open$' open --form "$dir/other.yaml"
o=$(opened)
as jud
expect 0 'approved$' approve --decision 9/26 "$o"
record=$(sql "SELECT to_char(clock_day, 'YYYYMMDD-') || lpad(to_hex(
	traveller_id), 16, '0') FROM ops.request_row
	WHERE lpad(to_hex(request_id), 16, '0') = '$r' LIMIT 1")
as dan
restrict="subject restrict --purpose oversight --case DPO-26-7"
"$paxgate" $restrict -c "$dir/dan.yaml" --reason 'accuracy is contested' \
	"$record" >/dev/null || fail 'not restricted'
as ann
query "surname: $surname" "document: $document"
expect 0 '^0 found' $search "$o"
query 'alike: true' "surname: $surname" "given: $given" "carrier: $carrier"
expect 0 'found$' $search "$o"
! grep -q "$document" "$dir/out" || fail 'restricted, and found by likeness'
expect 4 '' disclose $said --out "$dir/answer" "$r"
[ ! -e "$dir/answer" ] || ! grep -q "$surname" "$dir/answer" ||
	fail 'a restricted record is given'
"$paxgate" $restrict -c "$dir/dan.yaml" --lift --reason 'it is settled now' \
	"$record" >/dev/null || fail 'not lifted'
query "surname: $surname" "document: $document"
expect 0 '^1 found' $search "$o"

# disclosed: a file for its recipient, in the register, its hash
expect 4 'nothing of this number' disclose $said --out "$dir/answer" \
	--rows 1,7 "$r"
expect 2 'takes numbers' disclose $said --out "$dir/answer" --rows x "$r"
expect 0 'disclosed to UT-POL: 1 travellers' disclose $said \
	--out "$dir/answer" "$r"
hash=$(sed 's/.* hash //' "$dir/out")
[ "$(stat -c %a "$dir/answer")" = 600 ] || fail 'an answer for all'
jq -e ".request == \"$r\" and .by == \"ann\" and .case == \"26-114\" and
	.reviewed and .court == \"UT-COURT\" and (.at | length == 20) and
	(.conditions | test(\"case above alone\")) and
	(.rows | length == 1) and .rows[0].traveller.surname == \"$surname\" and
	(.rows[0].traveller | keys == [\"documents\", \"surname\"])" \
	"$dir/answer" >/dev/null || fail "$(cat "$dir/answer")"
expect 2 'is there' disclose $said --out "$dir/answer" "$r"
[ "$(sql "SELECT encode(file_hash, 'hex') FROM ops.transfer")" = "$hash" ] ||
	fail 'another hash in the register'
expect 0 "\"recipient\":\"UT-POL\".*\"hash\":\"$hash\",\"travellers\":1" \
	list --transfers --json

# closed; an approval that is over
expect 4 'none of ref.request_reason' close --reason x "$r"
expect 0 'closed$' close --reason answered "$r"
expect 4 'it is closed' $search "$r"
as jud
expect 4 'it is closed' refuse --decision 9/26 --reason grounds "$r"
as ann
expect 0 'open$' open --form "$dir/good.yaml"
o=$(opened)
as jud
expect 0 'approved$' approve --decision 5/26 "$o"
# its time passes; nobody can do that but here
sql "ALTER TABLE ops.request_step DISABLE TRIGGER for_good;
	UPDATE ops.request_step SET until = now() WHERE decision = '5/26';
	ALTER TABLE ops.request_step ENABLE TRIGGER for_good"
as ann
query "surname: $surname" "document: $document"
expect 4 'approval does not hold any more' $search "$o"

# refused
expect 0 'open$' open --form "$dir/good.yaml"
n=$(opened)
as jud
expect 4 'none of ref.request_reason' refuse --decision 6/26 --reason x "$n"
expect 0 'refused$' refuse --decision 6/26 --reason no-new-facts "$n"
is "$n" refused
as ann
expect 4 'it was refused' $search "$n"
expect 4 'it was refused' close --reason withdrawn "$n"

# urgent: answered at once; refused, then recalled; or lapsed
urgent()
{
	form urgent 's/^rows:/urgent: "he boards within the hour, no judge is on duty"\nrows:/'
	as ann
	expect 0 'urgent$' open --form "$dir/urgent.yaml"
	u=$(opened)
	expect 0 '^1 found' $search "$u"
	rm -f "$dir/answer"
	expect 0 'disclosed to UT-POL' disclose $said --out "$dir/answer" "$u"
	jq -e '.reviewed == false' "$dir/answer" >/dev/null ||
		fail 'an urgent answer says it was reviewed'
	expect 4 'review has to come before it is closed' close \
		--reason answered "$u"
}
urgent
as jud
expect 0 '^RECALL to UT-POL' refuse --decision 7/26 --reason not-urgent "$u"
is "$u" refused
as ann
expect 4 'it was refused' $search "$u"
expect 0 'did not approve it' show "$u"
expect 0 '"recalled_at":"20.*"recalled_why":"refuse"' list --transfers --json
urgent
as jud
expect 0 'approved$' approve --decision 8/26 "$u"
as ann
expect 0 'found$' $search "$u"
limit urgent_hours 0
form urgent 's/^rows:/urgent: "he boards within the hour, no judge is on duty"\nrows:/'
expect 0 'urgent$' open --form "$dir/urgent.yaml"
u=$(opened)
expect 4 'did not come in time' $search "$u"
as jud
expect 4 'did not come in time' approve --decision 9/26 "$u"
limit urgent_hours 24
as eng
expect 0 "^$u lapsed" lapse
is "$u" lapsed
expect 0 '' lapse
[ ! -s "$dir/out" ] || fail 'it lapses twice'
[ "$(sql "SELECT count(*) FROM ops.dpo_task WHERE kind = 'recall'")" -eq 2 ] ||
	fail 'the data protection officer has nothing to do'
# PIU officers have no task to close, the officer for data protection has
task="(SELECT min(request_id) FROM ops.dpo_task), 'recall'"
! as_sql ann "SELECT ops.dpo_task_done($task, 'lawful')" >/dev/null 2>&1 ||
	fail 'an officer closes a task'
[ "$(as_sql dan "SELECT ops.dpo_task_done($task, 'x')")" = finding ] &&
	[ "$(as_sql dan "SELECT ops.dpo_task_done($task, 'lawful')")" = '' ] &&
	[ "$(as_sql dan "SELECT ops.dpo_task_done($task, 'lawful')")" = no-task ] ||
	fail 'a task is not closed once'

# registers: all of them, refusals included, no words
as jud
expect 0 'CASE' list
[ "$("$paxgate" request list -c "$dir/jud.yaml" --json | wc -l)" -eq \
	"$(sql 'SELECT count(*) FROM ops.request')" ] || fail 'not all are listed'
expect 0 '"state":"refused"' list --state refused --json
expect 2 'is no state' list --state x

# by SQL: no role reads travellers for a request or writes the registers; in one
# session, as each of them
sql "DO \$do\$
DECLARE
	u text;
	s text;
BEGIN
	FOREACH u IN ARRAY ARRAY['ann', 'jud', 'eva', 'rev', 'eng', 'dan'] LOOP
	FOREACH s IN ARRAY ARRAY[
		\$\$UPDATE ops.request_step SET state = 'approved'\$\$,
		'DELETE FROM ops.request', 'TRUNCATE ops.request_row',
		'INSERT INTO ops.request_step SELECT * FROM ops.request_step',
		'INSERT INTO ops.transfer SELECT * FROM ops.transfer',
		'UPDATE ref.request_limit SET value = 9',
		\$\$INSERT INTO ref.request_way VALUES ('search', 'search',
			'open', 'open')\$\$,
		'SELECT ops.request_add(NULL, NULL)',
		\$\$SELECT ops.request_recall(NULL, 'refuse')\$\$,
		'SELECT 1 FROM pax.traveller', 'SELECT 1 FROM pax.slice',
		'SELECT 1 FROM pax.hit', 'SELECT 1 FROM pax.masked_record',
		'SELECT 1 FROM pax.traveller_$(echo "$day" | tr -d -)']
	LOOP
		CONTINUE WHEN s LIKE 'SELECT 1%' AND u NOT IN ('ann', 'jud');
		BEGIN
			PERFORM set_config('role', u, true);
			EXECUTE s;
			RAISE 'permitted to %: %', u, s;
		EXCEPTION WHEN insufficient_privilege THEN
			NULL;
		END;
		PERFORM set_config('role', 'none', true);
	END LOOP;
	END LOOP;
END
\$do\$" >"$dir/out" 2>&1 || fail "$(cat "$dir/out")"
[ "$(as_sql ann "SELECT ops.search_find($(number "$n"), '$day', ARRAY[1], NULL,
	NULL)")" = is-refused ] || fail 'a refused request finds'
[ "$(as_sql ann "SELECT count(*) FROM ops.search_rows($(number "$n"), false)")" -eq \
	0 ] || fail 'a refused request gives rows'
# rows of a search that has no step are not given, nor kept from the registers
[ "$(sql "SELECT sum(travellers) FROM ops.request_scope")" -ge "$of" ] ||
	fail 'who was opened to be compared is not noted'
before=$(as_sql ann "SELECT count(*) FROM ops.search_rows($(number "$w"), false)")
[ "$before" -ge 1 ] || fail 'what was found is not there'
other=$(sql "SELECT tokens[1] FROM pax.traveller t WHERE NOT EXISTS (
	SELECT FROM ops.request_row x WHERE x.traveller_id = t.traveller_id)
	AND cardinality(tokens) > 0 LIMIT 1")
[ "$(as_sql ann "SELECT coalesce(ops.search_find($(number "$w"), '$day',
	ARRAY[$other], NULL, NULL), 'found')")" = found ] ||
	fail 'nobody is found by a token'
[ "$(as_sql ann "SELECT count(*) FROM ops.search_rows($(number "$w"), false)")" \
	-eq "$before" ] || fail 'rows of a search without a step'
# nor those of one that can be taken back
[ "$(as_sql ann "BEGIN; SELECT ops.search_done($(number "$w"), '\x00', '\x00');
	SELECT 'rows ' || count(*) FROM ops.search_rows($(number "$w"), true);
	ROLLBACK" | grep rows)" = 'rows 0' ] || fail 'rows before their step is kept'
[ "$(as_sql ann "SELECT count(*) FROM ops.scope_rows($(number "$w"), '$day',
	'$carrier', NULL)")" -eq 0 ] || fail 'a scope without likeness'
for t in "UPDATE ops.request SET row_cap = 9" 'DELETE FROM ops.request_step' \
	'DELETE FROM ops.transfer' 'UPDATE ops.transfer SET subjects = 0' \
	'UPDATE ops.request_row SET row_nr = 0'; do
	! sql "$t" >"$dir/out" 2>&1 && grep -q 'for good' "$dir/out" ||
		fail "the owner: $t"
done

# the year's figures, without persons
[ "$(sql "SELECT n FROM ops.statistic_year(extract(year FROM now())::int)
	WHERE figure = 'request.opened' AND source = 'search'")" -eq \
	"$(sql 'SELECT count(*) FROM ops.request')" ] &&
	[ "$(sql "SELECT n FROM ops.statistic_year(extract(year FROM now())::int)
	WHERE figure = 'request.recalled'")" -eq 1 ] || fail 'figures'

# the log has every step and refusal, and no person
"$paxgate" audit verify -c "$dir/run.yaml" >"$dir/out" 2>&1 ||
	fail "$(cat "$dir/out")"
for op in REQUEST APPROVE REFUSE COMBINE DISCLOSE RECALL CONSULT; do
	[ "$(sql "SELECT count(*) FROM ops.audit WHERE operation = '$op'
		AND line::jsonb ->> 'outcome' = 'done'
		AND line::jsonb ? 'request_id'")" -ge 1 ] ||
		fail "$op is not on record"
done
[ "$(sql "SELECT count(*) FROM ops.audit WHERE line::jsonb ->> 'outcome' =
	'refused' AND line::jsonb ->> 'mode' = 'case-request'")" -ge 40 ] ||
	fail 'refusals are not on record'
pg_dump -n ops -n ref -a "$conninfo" >"$dir/dump" 2>/dev/null
for t in SECRETWORDS "$document" "$surname	" "\"$surname\"" "$locator"; do
	! grep -qF -e "$t" "$dir/dump" || fail "'$t' stands in the registers"
done

# restricted: nobody finds him, and what was found is not given any more
sql "INSERT INTO ops.restriction (act_id, clock_day, flight_id, traveller_id)
	SELECT 1, clock_day, flight_id, traveller_id FROM ops.request_row
	WHERE request_id = $(number "$w") ORDER BY row_nr LIMIT 1"
[ "$(as_sql ann "SELECT count(*) FROM ops.search_rows($(number "$w"), false)")" \
	-eq $((before - 1)) ] || fail 'whose data are restricted is shown'

# erased: he is forgotten here, too
sql "DELETE FROM pax.traveller t USING ops.request_row x
	WHERE x.request_id = $(number "$a") AND t.clock_day = x.clock_day
		AND t.flight_id = x.flight_id AND t.traveller_id = x.traveller_id"
[ "$(as_sql eng 'SELECT ops.request_forget_gone()')" -ge 1 ] &&
	[ "$(sql "SELECT count(traveller_id) FROM ops.request_row
		WHERE request_id = $(number "$a")")" -eq 0 ] ||
	fail 'who was erased is remembered'

# masked: who was found is forgotten, that somebody was is not
found=$(sql "SELECT count(*) FROM ops.request_row")
sql "SELECT ops.retention_close('$day')" >/dev/null
[ "$(sql 'SELECT count(*) FROM ops.request_row')" -eq "$found" ] &&
	[ "$(sql 'SELECT count(traveller_id) FROM ops.request_row')" -eq 0 ] ||
	fail 'who was found is not forgotten'
as ann
expect 0 '^0 found' $search "$w"
expect 4 'masked by now' disclose $said --out "$dir/other" "$w"
exit 0
