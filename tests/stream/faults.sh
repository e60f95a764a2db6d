#!/bin/sh
# faults.sh - bad days of the stream: the database stops in the middle of the
# work, the engine is told to end, garbage and what is not for us arrives. Each
# ends as an undisturbed day does
. tests/stream/lib.sh
engine=
trap '[ -z "$engine" ] || kill -9 "$engine" 2>/dev/null
	tools/dev/pg.sh "$dir/pg" wipe >/dev/null 2>&1; rm -rf "$dir"' EXIT

sql()
{
	psql -qAt "$conninfo" -c "$1"
}

# until_true SECONDS WHAT COMMAND...: wait for it
until_true()
{
	tries=$(($1 * 10)) what=$2
	shift 2
	until "$@"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || fail "waited in vain: $what; $(cat "$dir/err")"
		sleep 0.1
	done
}

# start ARGS...: the engine in the background
start()
{
	"$paxgate" run -c "$dir/run.yaml" "$@" >"$dir/out" 2>"$dir/err" &
	engine=$!
}

# ends SECONDS CODE: it ends by itself within so many seconds
ends()
{
	tries=$(($1 * 10))
	while running && [ $tries -gt 0 ]; do
		tries=$((tries - 1))
		sleep 0.1
	done
	[ $tries -gt 0 ] || fail "the engine does not end; $(cat "$dir/err")"
	rc=0
	wait $engine || rc=$?
	engine=
	[ $rc -eq "$2" ] || fail "the engine ended with $rc, not $2; $(cat "$dir/err")"
}

has_rows()
{
	[ "$(sql 'SELECT count(*) FROM pax.traveller' 2>/dev/null || echo 0)" \
		-ge "$1" ]
}

running()
{
	kill -0 $engine 2>/dev/null
}

# Every row stands beside those it needs; nothing is in quarantine.
is_whole()
{
	[ "$(sql 'SELECT count(*) FROM ops.quarantine')" -eq 0 ] ||
		fail "$1: $(sql 'SELECT code, sentence FROM ops.quarantine')"
	sql '
	SELECT '\''hit without evidence'\'' FROM pax.hit h
	WHERE NOT EXISTS (SELECT FROM pax.evidence e
		WHERE e.hit_id = h.hit_id)
	UNION ALL SELECT '\''traveller without flight'\'' FROM pax.traveller t
	WHERE NOT EXISTS (SELECT FROM pax.flight f
		WHERE f.flight_id = t.flight_id AND f.clock_day = t.clock_day)
	UNION ALL SELECT '\''traveller without slice'\'' FROM pax.traveller t
	WHERE pnr_slice IS NOT NULL AND NOT EXISTS (SELECT FROM pax.slice s
		WHERE s.flight_id = t.flight_id AND s.slice_hash = pnr_slice)
	UNION ALL SELECT '\''hit without traveller'\'' FROM pax.hit h
	WHERE state = '\''open'\'' AND NOT EXISTS (SELECT FROM pax.traveller t
		WHERE t.traveller_id = h.traveller_id)' >"$dir/torn"
	[ ! -s "$dir/torn" ] || fail "$1: $(sort "$dir/torn" | uniq -c)"
}

# as_before NAME: whole, and the rows of the undisturbed day
as_before()
{
	is_whole "$1"
	db_rows | cmp - "$dir/first" || fail "$1: other rows"
}

"$paxgate" gen --out "$dir/day" --date 2026-11-23 --seed 3 --flights 9 \
	--travellers 360 >/dev/null
settings 2 "batch_messages: 1" # a day that lasts
sed -i 's/^run:.*/run: {workers: 2, batch_messages: 1}/' "$dir/run.yaml"
fresh
start --feed "$dir/day" --drain
ends 120 0
db_rows >"$dir/first"
[ "$(grep -c '^traveller ' "$dir/first")" -ge 100 ] || fail "too few rows"
[ "$(grep -c '^hit ' "$dir/first")" -ge 3 ] || fail "too few hits"
is_whole "the undisturbed day"

# (a) PostgreSQL is stopped in the middle: fast (INT), and at once (QUIT)
for signal in INT QUIT; do
	fresh
	start --feed "$dir/day" --drain
	until_true 60 "first rows" has_rows 1
	running || fail "the day is over before the database stops"
	kill -$signal "$(head -n 1 "$dir/pg/data/postmaster.pid")"
	until_true 30 "the database to stop" \
		test ! -e "$dir/pg/data/postmaster.pid"
	sleep 1
	running || fail "SIG$signal to the database ended the engine: $(cat "$dir/err")"
	tools/dev/pg.sh "$dir/pg" start >/dev/null
	ends 120 0
	grep -q 'database-back' "$dir/err" || [ -s "$dir/err" ] ||
		fail "SIG$signal: nothing in the log"
	as_before "SIG$signal to the database"
done

# (b) SIGTERM in the middle; the day is fed again afterwards. Leaving a group
# that is sharing out anew may take as long as kafka.session_ms, 10 s
fresh
start --feed "$dir/day" --drain
until_true 60 "first rows" has_rows 1
running || fail "the day is over before SIGTERM"
kill -TERM $engine
ends 12 0
is_whole "after SIGTERM"
db_rows >"$dir/part"
! cmp -s "$dir/part" "$dir/first" || fail "SIGTERM came too late to show anything"
start --feed "$dir/day" --drain
ends 120 0
as_before "after SIGTERM and a second start"

# SIGTERM and SIGINT while the database is away
for signal in TERM INT; do
	fresh
	start --feed "$dir/day"
	until_true 60 "first rows" has_rows 1
	tools/dev/pg.sh "$dir/pg" stop
	sleep 1
	kill -$signal $engine
	ends 12 0
	tools/dev/pg.sh "$dir/pg" start >/dev/null
	is_whole "SIG$signal without a database"
done

# (c) garbage among the day's files
mkdir "$dir/bad"
cp "$dir"/day/*.edi "$dir/bad"
one=$(ls "$dir"/day/*BRU-5-*.edi | head -n 1)
head -c 4000 /dev/urandom | tr -d 'UX' >"$dir/bad/0-binary.edi"
: >"$dir/bad/0-empty.edi"
{ head -c 60 "$one"; echo "CANARY:CANARYTEST 777123"; } >"$dir/bad/1-cut.edi"
printf '%s' "UNB+UNOA:4+A+B+261123:0916+R'UNH+1+CUSRES:D:05B:UN'" \
	"FTX+AAI+++CANARYTEXT 777123'UNT+3+1'UNZ+1+R'" >"$dir/bad/2-cusres.edi"
sed 's/BRU/QQQ/g; s/TIF+[A-Z]*/TIF+CANARYTEST/g' "$one" >"$dir/bad/3-nowhere.edi"
printf 'CANARY %s\n' one two >"$dir/bad/4-mail.txt"
mkdir "$dir/bad/5-folder.edi"
ln -s "$dir/none" "$dir/bad/6-dangling.edi"
head -c 4194305 /dev/zero | tr '\0' A >"$dir/bad/7-long.edi"
fresh
start --feed "$dir/bad" --drain
ends 120 0
for name in 5-folder 6-dangling 7-long; do
	grep -q "file-refused .*$name.edi" "$dir/err" || fail "$name: no word"
done
sql "SELECT code, sentence, byte, payload_len, skeleton FROM ops.quarantine" \
	>"$dir/rows"
[ "$(sql "SELECT string_agg(code, ' ' ORDER BY code) FROM ops.quarantine")" = \
	"scope-unknown$(printf ' unreadable%.0s' 1 2 3 4 5)" ] ||
	fail "quarantine: $(cat "$dir/rows")"
[ "$(sql "SELECT count(*) FROM ops.quarantine WHERE sentence <> '' AND
	length(payload_hash) = 32 AND received_at > now() - interval '1 hour'
	AND part >= 0 AND \"offset\" >= 0")" -eq 6 ] || fail "$(cat "$dir/rows")"
grep -E 'CANARY|777' "$dir/rows" && fail "content is in quarantine"
sql "SELECT skeleton FROM ops.quarantine" | sed -E \
	's/^(UN[A-Z]|MSG|[A-Z]{3})//; s/(.)(UN[A-Z]|[A-Z]{3})([+:*'\''])/\1\3/g' |
	grep -E '[A-WYZa-wyz0-8]' && fail "a skeleton shows content"
sql 'DELETE FROM ops.quarantine'
as_before "garbage among the files"

# (e), (f) test messages, crew and flights inside the Union: counters alone
mkdir "$dir/out-of"
sed "s/PNRGOV'/PNRGOV++++1'/;s/PNRGOV\\*/PNRGOV++++1*/" "$one" \
	>"$dir/out-of/test.edi"
sed 's/NRT/AMS/g' "$(ls "$dir"/day/X9-*BRU-4-paxlst*.edi | head -n 1)" \
	>"$dir/out-of/union.edi"
cp "$(ls "$dir"/day/*-3-crew.edi | head -n 1)" "$dir/out-of/crew.edi"
fresh
start --feed "$dir/out-of" --drain
ends 60 0
for table in traveller booking hit evidence; do
	[ "$(sql "SELECT count(*) FROM pax.$table")" -eq 0 ] ||
		fail "pax.$table has rows of test, crew or the Union"
done
# of the crew's flight: its number and what stands before the first person
[ "$(sql 'SELECT count(*) FROM pax.flight')" -le 1 ] || fail "flights are kept"
[ "$(sql 'SELECT count(*) FROM pax.slice WHERE kind <> 0')" -eq 0 ] ||
	fail "a slice of a person is kept"
[ "$(sql "SELECT sum(n) FROM ops.counter WHERE code = 'test-message'")" = 1 ] ||
	fail "the test message is not counted"
[ "$(sql "SELECT sum(n) FROM ops.counter WHERE code = 'out-of-scope'")" = 1 ] ||
	fail "the flight inside the Union is not counted"
is_whole "nothing to keep"

# (g) a drop folder: what is renamed into it is fed, once
mkdir "$dir/drop"
fresh
start --feed "$dir/drop"
for name in "$dir"/day/X9-*.edi; do
	cp "$name" "$dir/drop/new.tmp"
	mv "$dir/drop/new.tmp" "$dir/drop/${name##*/}"
done
until_true 60 "rows of the dropped files" has_rows 10
mkdir "$dir/drop/folder.edi"
for name in "$dir"/day/[!X]*.edi; do
	cp "$name" "$dir/drop/new.tmp"
	mv "$dir/drop/new.tmp" "$dir/drop/${name##*/}"
done
all_there()
{
	db_rows | cmp -s - "$dir/first"
}
until_true 60 "the whole day by the drop folder" all_there
kill -TERM $engine
ends 12 0
[ "$(grep -c file-refused "$dir/err")" -eq 1 ] || fail "$(cat "$dir/err")"
grep -q "^$(ls "$dir"/day/*.edi | wc -l) messages " "$dir/out" ||
	fail "fed more or less than once: $(cat "$dir/out")"
as_before "the drop folder"

# (h) rows the database refuses, of one message in the middle of a batch: that
# one alone is set aside, the rest is as if it had never come
one=$(ls "$dir"/day/X9-*-5-pnrgov*.edi | head -n 1)
mkdir "$dir/lone" "$dir/without"
cp "$one" "$dir/lone"
cp "$dir"/day/*.edi "$dir/without"
rm "$dir/without/${one##*/}"
sed -i 's/^run:.*/run: {workers: 2, batch_messages: 8}/' "$dir/run.yaml"
fresh
start --feed "$dir/lone" --drain
ends 60 0
refused=$(sql 'SELECT DISTINCT pnr_message FROM pax.traveller')
case $refused in
\\x*) ;;
*) fail "no single message: $refused" ;;
esac
fresh
start --feed "$dir/without" --drain
ends 120 0
db_rows >"$dir/first"
fresh
psql -q "$conninfo" <<SQL
	CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
	\$\$BEGIN RAISE check_violation; END\$\$;
	CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON pax.traveller
	FOR EACH ROW WHEN (NEW.pnr_message = '$refused')
	EXECUTE FUNCTION refuse()
SQL
sed -i 's/^log:.*/log: {level: info}/' "$dir/run.yaml"
start --feed "$dir/day" --drain
ends 120 0
[ "$(sql 'SELECT code || length(payload_hash) FROM ops.quarantine')" = \
	refused32 ] || fail "refused: $(sql 'SELECT code FROM ops.quarantine')"
# other partitions' messages may use up the careful ones: once more then, but
# not once for each message that is well
[ "$(grep -c 'warning bad-row ' "$dir/err")" -le 3 ] ||
	fail "refused again and again: $(cat "$dir/err")"
[ "$(grep -c 'warning refused ' "$dir/err")" -eq 1 ] ||
	fail "no line for the operator: $(cat "$dir/err")"
sql 'DELETE FROM ops.quarantine'
as_before "a refused row"
