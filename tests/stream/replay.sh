#!/bin/sh
# replay.sh - every hit of a generated day is worked out again and is the same;
# what somebody tampers with is seen: rows, profiles, settings
. tests/stream/lib.sh
tamper=${BUILD:-build}/tests/tamper
lists=etc/watchlists

sql()
{
	psql -qtAX "$conninfo" -c "$1"
}

# expect CODE PATTERN... -- ARGUMENTS: replay ends so, and says each of these
expect()
{
	code=$1
	shift
	: >"$dir/patterns"
	while [ "$1" != -- ]; do
		printf '%s\n' "$1" >>"$dir/patterns"
		shift
	done
	shift
	rc=0
	"$paxgate" replay -c "$dir/run.yaml" "$@" >"$dir/out" 2>&1 || rc=$?
	[ $rc -eq "$code" ] || {
		cat "$dir/out"
		fail "replay $*: exit $rc, not $code"
	}
	while read -r pattern; do
		grep -q -- "$pattern" "$dir/out" || {
			cat "$dir/out"
			fail "replay $*: does not say '$pattern'"
		}
	done <"$dir/patterns"
}

all='--from 2020-01-01'

# One hit of a kind, as people name it.
hit_of()
{
	"$paxgate" hits list -c "$dir/run.yaml" --json -n 1000 |
		jq -r "select(.kind == \"$1\") | .hit" | sort | head -n 1
}

# put TABLE FROM TO: tamper behind a valid seal, with hit $hit's evidence or
# the slice of hash $slice
put()
{
	case $1 in
	evidence) key=${hit#*-} ;;
	slice) key=$slice ;;
	esac
	"$tamper" "$conninfo" "$dir/keys/engine.key" "$dir/keys/days" "$1" \
		"$day" "$key" "$2" "$3" || fail "cannot tamper with $1"
}

"$paxgate" gen --out "$dir/day" --seed 11 >/dev/null
settings 2
fresh
"$paxgate" run -c "$dir/run.yaml" --feed "$dir/day" --drain >/dev/null
nr=$(sql 'SELECT count(*) FROM pax.hit')
[ "$nr" -ge 25 ] || fail "only $nr hits"

# the whole day, in parts of time, and one by name
expect 0 "^$nr replayed, $nr identical, 0 differ\$" -- $all
expect 0 '^0 replayed' -- $all --to 2020-01-02
middle=$(sql "SELECT to_char(percentile_disc(0.5) WITHIN GROUP
	(ORDER BY screened_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS')
	FROM pax.hit")
expect 0 -- $all --to "$middle"
before=$(sed -n 's/ replayed.*//p' "$dir/out")
expect 0 -- --from "$middle"
after=$(sed -n 's/ replayed.*//p' "$dir/out")
[ $((before + after)) -eq "$nr" ] || fail "$before and $after are not $nr"
hit=$(hit_of list)
day=${hit%%-*}
expect 0 "^$hit .*identical\$" '^1 replayed' -- "$hit"
expect 3 'no record' '1 without a record' -- "$day-1"
[ "$("$paxgate" replay -c "$dir/run.yaml" $all -j 2>/dev/null |
	jq -s 'map(select(.identical)) | length')" -eq "$nr" ] ||
	fail "JSON says otherwise"

# every input is recorded with the hit
[ "$(sql "SELECT count(*) FROM pax.hit WHERE semantics IS NULL
	OR country IS NULL OR screened_at IS NULL
	OR (pnr_slice IS NULL AND api_slice IS NULL)")" -eq 0 ] ||
	fail "a hit lacks inputs"
[ "$(sql "SELECT count(*) FROM pax.hit WHERE pnr_slice IS NOT NULL
	AND api_slice IS NOT NULL")" -gt 0 ] || fail "no hit has both sides"

# other watchlists, and none: list hits are replayed on the recorded entry
nr_list=$(sql 'SELECT count(*) FROM pax.hit WHERE kind = 1')
[ "$nr_list" -gt 5 ] || fail "only $nr_list list hits"
head -n 3 $lists/demo-wanted.csv >"$dir/few.csv"
sed 's/file: .*/file: few.csv/; s/^id: .*/id: few/' \
	$lists/demo-wanted.list.yaml >"$dir/few.list.yaml"
mv "$dir/list.snap" "$dir/first.snap"
"$paxgate" watchlist build -o "$dir/list.snap" "$dir/few.list.yaml" >/dev/null
expect 0 "^$nr replayed, $nr identical.*, $nr_list on the recorded" -- $all
cp "$dir/run.yaml" "$dir/first.yaml"
sed -i 's/watchlist: [^,]*/watchlist: ""/' "$dir/run.yaml"
expect 0 "^$nr replayed, $nr identical.*, $nr_list on the recorded" -- $all
cp "$dir/first.yaml" "$dir/run.yaml"
mv "$dir/first.snap" "$dir/list.snap"

# a profile with other points
profile_hit=$(hit_of profile)
name=$(sql "SELECT source FROM pax.hit WHERE hit_id =
	('x' || '${profile_hit#*-}')::bit(64)::bigint")
cp "$dir/profiles/$name.yaml" "$dir/kept"
sed -i 's/points: \([0-9]\)[0-9]/points: \19/' "$dir/profiles/$name.yaml"
cmp -s "$dir/kept" "$dir/profiles/$name.yaml" && fail "no points in $name"
expect 5 'profile_set_hash: differs; recorded [0-9a-f]\{64\}, replayed' \
	'  score: differs; recorded [0-9]*, replayed [0-9]*$' \
	'evidence.verdict.score: differs$' -- --current "$profile_hit"
expect 5 "^$nr replayed, 0 identical, $nr differ\$" -- --current $all
rm "$dir/profiles/$name.yaml"
expect 5 'result: differs; recorded hit, replayed no hit' -- --current "$profile_hit"
cp "$dir/kept" "$dir/profiles/$name.yaml"
expect 0 -- --current $all

# another list, which a profile names
cp "$dir/lists/transit_hubs.yaml" "$dir/kept"
sed -i 's/values: \[ADD, /values: [/' "$dir/lists/transit_hubs.yaml"
cmp -s "$dir/kept" "$dir/lists/transit_hubs.yaml" && fail "no ADD in the list"
expect 5 'profile_set_hash: differs; recorded [0-9a-f]\{64\}, replayed' \
	-- --current "$profile_hit"
cp "$dir/kept" "$dir/lists/transit_hubs.yaml"
expect 0 -- --current $all

# another State
sed -i 's/piu: {/&country: FRA, /' "$dir/run.yaml"
expect 5 'country: differs; recorded [A-Z]*, replayed FRA' \
	'profile_set_hash' -- "$hit"
cp "$dir/first.yaml" "$dir/run.yaml"

# other reference tables
mkdir "$dir/reference"
cp etc/airports.csv etc/zones.csv "$dir/reference"
tail -n 1 etc/airports.csv | sed 's/^.../ZZZ/' >>"$dir/reference/airports.csv"
sed -i "s|screen: {|screen: {reference: $dir/reference, |" "$dir/run.yaml"
expect 5 'reference_hash: differs' -- "$hit"
cp "$dir/first.yaml" "$dir/run.yaml"

# bundles: hits in files, worked out again where there is no database, no
# profile and no key
some=$("$paxgate" hits list -c "$dir/run.yaml" --json -n 1000 |
	jq -rs 'group_by(.kind) | map(.[:4]) | add | map(.hit) | .[]')
for one in $some $hit $profile_hit; do
	[ ! -e "$dir/$one.bundle" ] || continue
	"$paxgate" audit export -c "$dir/run.yaml" --purpose oversight \
		--offence 04 --recipient UT-COURT -o "$dir/$one.bundle" "$one" ||
		fail "no bundle of $one"
	(cd / && PAXGATE_DATABASE=host=/nowhere "$(cd "$OLDPWD" && realpath \
		"$paxgate")" replay --key "$dir/keys/audit.pub" \
		"$dir/$one.bundle" >"$dir/out" 2>&1) ||
		fail "bundle of $one: $(cat "$dir/out")"
	grep -q "^$one .*identical" "$dir/out" || fail "$(cat "$dir/out")"
	grep -q ', [1-9][0-9]* events of the audit log' "$dir/out" ||
		fail "bundle of $one without a log: $(cat "$dir/out")"
done
[ "$(stat -c %a "$dir/$hit.bundle")" = 600 ] || fail 'a bundle is for all'
[ "$(sql "SELECT count(*) FROM ops.audit WHERE operation = 'EXPORT'
	AND strpos(line, '\"recipient\":\"UT-COURT\"') > 0")" -eq "$(ls "$dir"/*.bundle | wc -l)" ] ||
	fail 'a bundle is not on record'
! "$paxgate" audit export -c "$dir/run.yaml" -o "$dir/none" "$hit" \
	2>/dev/null || fail 'a bundle without a purpose'
[ ! -e "$dir/none" ] || fail 'a bundle without a purpose'

# explained to the byte: clauses as they are stored, and each value that decided
# stands where it is said to, in the slices that the bundle has
: >"$dir/sides"
for one in $some; do
	case $(sql "SELECT kind FROM pax.hit WHERE hit_id =
		('x' || '${one#*-}')::bit(64)::bigint") in 1) continue ;; esac
	"$paxgate" hits explain -c "$dir/run.yaml" --json --purpose detection \
		--offence 04 "$one" >"$dir/why" 2>"$dir/record" ||
		fail "explain $one: $(cat "$dir/record")"
	sed 1d "$dir/$one.bundle" >"$dir/whole"
	"$paxgate" hits show -c "$dir/run.yaml" --json --purpose detection \
		--offence 04 "$one" >"$dir/shown" 2>"$dir/record" ||
		fail "show $one: $(cat "$dir/record")"
	jq -e --arg one "$one" --slurpfile b "$dir/whole" \
		--slurpfile s "$dir/shown" '
		def hex: [explode[] | . / 16, . % 16 | floor |
			"0123456789abcdef"[.:. + 1]] | join("");
		$s[0].evidence.verdict as $v |
		.identical and .hit and .of == $one and .score == $v.score
		and .threshold == $v.threshold
		and ([.clauses[] | [.id, .points, .outcome]] ==
			[$v | .incriminating + .exonerating | .[] | [.id, .points,
			(.outcome | sub("not evaluable"; "unknown"))]])
		and all(.clauses[].decided_by[].bytes[];
			. as $at | $b[0][({booking: "pnr", api: "api"}[.of]) + "_" +
				({header: "header", body: "slice"}[.slice])]
			| .[2 * $at.byte:2 * ($at.byte + $at.length)] ==
				($at.text | hex))
		and any(.clauses[] | select(.outcome == "true") | .decided_by[];
			.bytes | length > 0)' "$dir/why" >/dev/null ||
		fail "explain $one: $(cat "$dir/why")"
	jq -r '.clauses[].decided_by[].bytes[].of' "$dir/why" >>"$dir/sides"
done
[ "$(sort -u "$dir/sides" | grep -c .)" -ge 1 ] || fail 'nothing is explained'
[ "$(sql "SELECT count(*) FROM ops.audit WHERE operation = 'CONSULT'")" -gt 0 ] ||
	fail 'explaining is not on record'
! "$paxgate" hits explain -c "$dir/run.yaml" "$profile_hit" 2>/dev/null ||
	fail 'explained without a purpose'
! "$paxgate" hits explain -c "$dir/run.yaml" --purpose detection --offence 04 \
	"$hit" 2>"$dir/record" && grep -q 'of a list' "$dir/record" ||
	fail "a list's hit explained: $(cat "$dir/record")"

# bundle CODE PATTERN: replay $dir/x
bundle()
{
	rc=0
	"$paxgate" replay -c "$dir/run.yaml" "$dir/x" >"$dir/out" 2>&1 || rc=$?
	[ $rc -eq "$1" ] && grep -q "$2" "$dir/out" ||
		fail "bundle: exit $rc, not $1, or no '$2': $(cat "$dir/out")"
}
cp "$dir/$profile_hit.bundle" "$dir/x"
bundle 0 identical
sed 's/"score":\([0-9]\)/"score":9\1/' "$dir/$profile_hit.bundle" >"$dir/x"
bundle 5 'bundle: was changed'
grep -q '  score: differs' "$dir/out" || fail 'another score is not seen'
sed '2s/points: \([0-9]\)[0-9]/points: \19/g' "$dir/$profile_hit.bundle" >"$dir/x"
bundle 5 'evidence.verdict.score: differs'
sed '2s/"line":"{\\"at\\":\\"2/"line":"{\\"at\\":\\"3/' \
	"$dir/$profile_hit.bundle" >"$dir/x"
bundle 5 'log [^ ]* [0-9]*: does not have its hash'
head -c -100 "$dir/$hit.bundle" >"$dir/x"
bundle 3 "'$dir/x'"
cp "$dir/$hit.bundle" "$dir/x"
"$paxgate" keys create -c /dev/stdin <<-K >/dev/null
	keys: {engine: $dir/o/e.key, engine_public: $dir/o/e.pub, folder: $dir/o/d}
K
rc=0
"$paxgate" replay --key "$dir/o/audit.pub" "$dir/x" >"$dir/out" || rc=$?
[ $rc -eq 5 ] && grep -q 'a key that is not trusted' "$dir/out" ||
	fail "a stranger's bundle: $(cat "$dir/out")"

# evidence: another text behind a valid seal; values only for a purpose
sealed=$(sql "SELECT encode(sealed, 'hex') FROM pax.evidence WHERE hit_id =
	('x' || '${hit#*-}')::bit(64)::bigint")
old=$("$paxgate" hits show -c "$dir/run.yaml" --json --purpose oversight \
	--offence 04 "$hit" 2>/dev/null | jq -r .evidence.traveller.surname)
new=$(echo "$old" | sed 's/^Q/Y/; t; s/^./Q/')
put evidence "\"surname\":\"$old\"" "\"surname\":\"$new\""
expect 5 'evidence: does not have its recorded hash' \
	'evidence.traveller.surname: differs$' '^1 replayed, 0 identical' \
	'--purpose' -- "$hit"
grep -q "$old" "$dir/out" && fail "a name without a purpose"
expect 5 "surname: differs; recorded \"$new\", replayed \"$old\"" \
	-- --purpose oversight --offence 04 "$hit"
"$paxgate" replay -c "$dir/run.yaml" "$hit" -j 2>/dev/null |
	jq -e '.differences | map(has("recorded")) | any | not' >/dev/null ||
	fail "values in JSON without a purpose"
expect 5 "^$nr replayed, $((nr - 1)) identical, 1 differ\$" -- $all

# a byte of it flipped: no watchlist can help then
sql "UPDATE pax.evidence SET sealed = set_byte(sealed, 60,
	get_byte(sealed, 60) # 1) WHERE hit_id =
	('x' || '${hit#*-}')::bit(64)::bigint"
expect 5 'evidence: does not open' -- "$hit"
sed -i 's/watchlist: [^,]*/watchlist: ""/' "$dir/run.yaml"
expect 5 'record: is not there' -- "$hit"
cp "$dir/first.yaml" "$dir/run.yaml"
sql "DELETE FROM pax.evidence WHERE hit_id =
	('x' || '${hit#*-}')::bit(64)::bigint"
expect 5 'evidence: is not stored' -- "$hit"
sql "INSERT INTO pax.evidence SELECT clock_day, flight_id, hit_id,
	decode('$sealed', 'hex'), mask_on, delete_on FROM pax.hit WHERE hit_id =
	('x' || '${hit#*-}')::bit(64)::bigint"
expect 0 -- "$hit"

# the hit's row itself
for change in "score = score + 1|score: differs" \
	"class = translate(class, 'ABCD', 'BCDA')|class: differs" \
	"screened_at = screened_at - interval '1 s'|input_hash: differs" \
	"country = 'FRA'|country: differs" \
	"input_hash = evidence_hash|input_hash: differs" \
	"semantics = semantics + 1|semantics: differs" \
	"semantics = NULL|inputs: were not recorded" \
	"watchlist_hash = evidence_hash|input_hash: differs" \
	"draft = NOT draft|draft: differs"; do
	sql "CREATE TABLE pax.kept AS SELECT * FROM pax.hit;
		UPDATE pax.hit SET ${change%|*} WHERE hit_id =
		('x' || '${hit#*-}')::bit(64)::bigint"
	[ "$(sql 'SELECT count(*) FROM (SELECT * FROM pax.hit
		EXCEPT SELECT * FROM pax.kept) changed')" -eq 1 ] ||
		fail "'${change%|*}' changes nothing"
	expect 5 "${change#*|}" -- "$hit"
	sql 'TRUNCATE pax.hit; INSERT INTO pax.hit SELECT * FROM pax.kept;
		DROP TABLE pax.kept'
done
expect 0 -- $all

# a slice: the seal, the bytes behind it, the row gone
slice=$(sql "SELECT encode(coalesce(pnr_slice, api_slice), 'hex') FROM pax.hit
	WHERE hit_id = ('x' || '${hit#*-}')::bit(64)::bigint")
of="WHERE slice_hash = decode('$slice', 'hex')"
sql "CREATE TABLE pax.kept AS SELECT * FROM pax.slice $of"
sql "UPDATE pax.slice SET sealed = set_byte(sealed, 60,
	get_byte(sealed, 60) # 1) $of"
expect 5 '_slice: does not open: its seal is broken' -- "$hit"
sql "UPDATE pax.slice s SET sealed = k.sealed FROM pax.kept k
	WHERE s.slice_hash = k.slice_hash"
expect 0 -- "$hit"
put slice '+' ':'
expect 5 '_slice: does not have its recorded hash' -- "$hit"
sql "DELETE FROM pax.slice $of"
expect 5 '_slice: is not stored' -- "$hit"
sql 'INSERT INTO pax.slice SELECT * FROM pax.kept'
expect 0 "^$nr replayed, $nr identical" -- $all

# many pages of them: copies that are hits of nobody
sql "CREATE TABLE pax.copies AS SELECT * FROM pax.hit;
	UPDATE pax.copies SET source = source || '-' || hit_id;
	INSERT INTO pax.hit SELECT (jsonb_populate_record(h, jsonb_build_object(
		'hit_id', hit_id # n, 'source', source || n))).*
	FROM pax.copies h, generate_series(1, 20) n"
expect 5 "^$((21 * nr)) replayed, $nr identical, $((20 * nr)) differ\$" -- $all

# a masked day
iso=$(echo "$day" | sed 's/\(....\)\(..\)\(..\)/\1-\2-\3/')
rm "$dir/keys/days/$iso.key"
expect 5 'key' -- "$hit"
: >"$dir/keys/days/$iso.masked"
expect 4 'masked' '1 masked' -- "$hit"
expect 4 'masked$' -- $all
