#!/bin/sh
# profile_approve.sh - a second person signs; what counts and what does not
set -eu
paxgate=${PAXGATE:-build/paxgate}
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
bad=0
printf 'keys: {approvers: %s/reg/approvers.yaml}\n' "$t" >"$t/c.yaml"
register="--approvers $t/reg/approvers.yaml"
p=$t/p/late-cash-one-way.yaml
mkdir "$t/p"
cp etc/profiles/late-cash-one-way.yaml etc/profiles/minor-through-hub.yaml "$t/p"

# expect CODE PATTERN COMMAND...
expect()
{
	code=$1 pattern=$2
	shift 2
	rc=0
	"$paxgate" "$@" >"$t/out" 2>&1 || rc=$?
	if [ "$rc" -ne "$code" ] || ! grep -Eq -e "$pattern" "$t/out"; then
		echo "$*: exit $rc, not $code, or no '$pattern' in:"
		cat "$t/out"
		bad=1
	fi
}

create="keys create -c $t/c.yaml --approver"
expect 0 "made $t/reg/approver-01.key .*; entered in" $create approver-01
[ "$(stat -c %a "$t/reg/approver-01.key")" = 600 ] || bad=1
expect 2 'stands in register' $create approver-01 --key "$t/x.key"
expect 0 made $create analyst-07 # an author who may approve others' profiles
expect 2 'no date' $create x --until 2027
expect 0 made $create over --key "$t/over.key"
sed -i '/name: over,/s/from: .*/from: 2026-01-01, until: 2026-01-31}/' \
	"$t/reg/approvers.yaml"
printf 'one two\n' >"$t/words"
expect 2 'open to others' $create locked --passphrase-file "$t/words"
chmod 600 "$t/words"
expect 0 made $create locked --passphrase-file "$t/words"

# nobody, the author, a key that is over, another's key, one that is locked
expect 0 'ok, a draft' profile check $register "$p"
approve="profile approve -c $t/c.yaml -a"
expect 2 'who approves' profile approve -c "$t/c.yaml" "$p"
expect 4 'Art. 6\(4\).*no registered approver' \
	$approve nobody -k "$t/reg/approver-01.key" "$p"
expect 4 'Art. 6\(4\).*his own profile; ask another' \
	$approve analyst-07 -k "$t/reg/analyst-07.key" "$p"
expect 4 'not valid on the day' $approve over -k "$t/over.key" "$p"
expect 4 'not over this text' $approve approver-01 -k "$t/over.key" "$p"
expect 2 'is locked' $approve locked -k "$t/reg/locked.key" "$p"
[ ! -e "$p.sig" ] || { echo "signed by somebody"; bad=1; }
expect 0 'approved by locked' $approve locked -k "$t/reg/locked.key" \
	--passphrase-file "$t/words" "$p"

# the folder: one live, one in shadow for what it reads of persons
expect 0 'minor-through-hub.yaml: approved by approver-01' \
	$approve approver-01 -k "$t/reg/approver-01.key" "$t/p"
expect 0 'ok, approved$' profile check $register "$p"
expect 0 'ok, approved; in shadow until' profile check $register "$t/p"
expect 0 'ok, a draft' profile check "$p" # by a register of nobody

# `screen` marks what is no hit; a byte more, and it is a draft again
m=etc/profiles/tests/late-cash.edi
expect 0 '"draft":false,' screen -c "$t/c.yaml" -p "$t/p" $m
echo '# a remark' >>"$p"
expect 0 'warning: not approved: .*yaml.sig: .*signature of .* is not over' \
	profile check $register "$p"
expect 0 'profile-not-approved profile=late-cash-one-way reason=' \
	screen -c "$t/c.yaml" -p "$t/p" $m
expect 0 '"draft":true,' screen -c "$t/c.yaml" -p "$t/p" $m
echo nonsense >"$p.sig"
expect 0 'not an approval: expected' profile check $register "$p"
# what has faults cannot be approved
sed -i 's/lead_time/lead_tme/' "$p"
expect 3 'did you mean' $approve approver-01 -k "$t/reg/approver-01.key" "$p"
exit $bad
