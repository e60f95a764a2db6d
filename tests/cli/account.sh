#!/bin/sh
# account.sh - paxgate account and authority: registered, ended, listed, and on
# record; what is wrong is refused and changes nothing
set -eu
paxgate=${PAXGATE:-build/paxgate}
pg_sh=${PAXGATE_PG_SH:-tools/dev/pg.sh}
dir=$(mktemp -d)
trap '$pg_sh "$dir/pg" wipe >/dev/null 2>&1 || true; rm -rf "$dir"' EXIT
failed=0

# expect CODE PATTERN ARGS...: `paxgate ARGS`
expect()
{
	code=$1 pattern=$2
	shift 2
	rc=0
	"$paxgate" "$@" >"$dir/out" 2>&1 || rc=$?
	if [ "$rc" -ne "$code" ] || { [ "$pattern" ] &&
		! grep -Eq -e "$pattern" "$dir/out"; }; then
		echo "$*: exit $rc, not $code, or no '$pattern' in:"
		cat "$dir/out"
		failed=1
	fi
}

PAXGATE_DATABASE=$($pg_sh "$dir/pg" start)
export PAXGATE_DATABASE
"$paxgate" db init >/dev/null
today=$(date -u +%F)
yesterday=$(date -u -d -1day +%F)

expect 0 '^1 added' authority add --kind piu --country BEL \
	--from 2020-01-01 BE-PIU
expect 0 '^4 added' authority add --file etc/authorities.yaml
expect 0 '^1 added' authority add --kind court --parent BE-PIU \
	--name 'Court of Utopia' --from 2026-01-01 --until 2026-06-30 UT-COURT
expect 2 "'BE-PIU': this authority is registered already" authority add BE-PIU
expect 2 "'AT-BK': this authority" authority add --file etc/authorities.yaml
expect 75 "'X': " authority add --parent NOWHERE X
expect 2 'is no kind' authority add --kind police X
expect 2 'is no date' authority add --from tomorrow X
expect 2 'name one id' authority add
expect 0 '^UT-COURT +court +BE-PIU +2026-01-01 +2026-06-30 +Court of Utopia' \
	authority list
expect 0 '"id":"AT-BK","kind":"competent",.*"until":null,"valid":true' \
	authority list --json
expect 0 '"id":"UT-COURT".*"valid":false' authority list --json

psql -q "$PAXGATE_DATABASE" -c 'CREATE ROLE "analyst-07" LOGIN IN ROLE
	paxgate_analyst' -c 'CREATE ROLE admin LOGIN IN ROLE paxgate_admin'
expect 0 '' account add --acting-as BE-PIU --home AT-BK \
	--role analyst,approver --from 2026-01-01 analyst-07
expect 0 '' account add -a BE-PIU -r administrator admin
expect 2 'registered already, or an authority' account add -a BE-PIU \
	-r analyst analyst-07
expect 2 'or an authority' account add -a NOWHERE -r analyst analyst-08
expect 2 'or an authority' account add -a UT-COURT -r judge judge-01
expect 0 '' account add -a UT-COURT -r judge --from 2026-06-30 judge-01
expect 2 "'king' is no role" account add -a BE-PIU -r analyst,king a
expect 2 'say --acting-as' account add analyst-09
expect 0 '^analyst-07 +BE-PIU +AT-BK +2026-01-01 +- +yes +analyst,approver' \
	account list
expect 0 '"account":"judge-01".*"roles":\["judge"\].*"login":false' \
	account list --json

# who may: the administrator, by name; not an analyst
as="${PAXGATE_DATABASE%user=*}dbname=postgres user="
expect 4 "Art. 13\(5\)\(a\): 'analyst-07' may not" account end \
	-d "${as}analyst-07" analyst-07
expect 0 '' account end -d "${as}admin" analyst-07 --on "$yesterday"
expect 2 'none of this name' account end -d "${as}admin" analyst-07
expect 2 'none of this name' account end nobody
expect 0 '^analyst-07 .* 2026-01-01 +'"$yesterday" account list
expect 0 '' authority end AT-DSN --on "$today"
expect 2 'none of this name' authority end AT-DSN --on 2000-01-01

psql -qAt "$PAXGATE_DATABASE" -c "SELECT line::jsonb ->> 'actor',
	line::jsonb ->> 'subject', line::jsonb ->> 'reason' FROM ops.audit
	WHERE operation = 'ACCESS_CHANGE' ORDER BY at, chain, seq" >"$dir/log"
cat >"$dir/want" <<'W'
paxgate|authority:BE-PIU|added
paxgate|authority:AT-BK|added
paxgate|authority:AT-DSN|added
paxgate|authority:SIS|added
paxgate|authority:INTERPOL|added
paxgate|authority:UT-COURT|added
paxgate|account:analyst-07|added
paxgate|account:admin|added
paxgate|account:judge-01|added
admin|account:analyst-07|ended
paxgate|authority:AT-DSN|ended
W
cmp -s "$dir/log" "$dir/want" || {
	diff "$dir/want" "$dir/log"
	failed=1
}
exit $failed
