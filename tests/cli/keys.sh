#!/bin/sh
# keys.sh - paxgate keys: made once, closed to others, checked
set -eu
paxgate=${PAXGATE:-build/paxgate}
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
umask 022
bad=0
k=$t/new/folders/engine.key p=$t/new/public/engine.pub d=$t/new/days
echo "keys: {engine: $k, engine_public: $p, folder: $d}" >"$t/c.yaml"

# expect CODE PATTERN VERB ARGS...
expect()
{
	code=$1 pattern=$2
	shift 2
	rc=0
	"$paxgate" keys "$@" -c "$t/c.yaml" >"$t/out" 2>&1 || rc=$?
	if [ "$rc" -ne "$code" ] || { [ "$pattern" ] &&
		! grep -Eq -e "$pattern" "$t/out"; }; then
		echo "keys $*: exit $rc, not $code, or no '$pattern' in:"
		cat "$t/out"
		bad=1
	fi
}

# mode FILE WANTED
mode()
{
	[ "$(stat -c %a "$1")" = "$2" ] || {
		echo "$1 has mode $(stat -c %a "$1"), not $2"
		bad=1
	}
}

expect 2 "cannot open '$k': .*'paxgate keys create' makes it" check
expect 0 "^made $k \(secret\) and $p \(public\)" create
mode "$k" 600
mode "$p" 644
mode "$d" 700
mode "$t/new" 700
expect 0 'keys are in order' check
cp -p "$k" "$t/key1"
cp -p "$p" "$t/pub1"

# never replaced
expect 2 "'$k' is there already" create
"$paxgate" keys create --if-missing -c "$t/c.yaml" >"$t/out" || bad=1
[ ! -s "$t/out" ] || { echo "--if-missing: $(cat "$t/out")"; bad=1; }
cmp "$k" "$t/key1" && cmp "$p" "$t/pub1" || bad=1
rm "$k"
expect 2 "'$p' is there already" create
[ ! -e "$k" ] || { echo "a half pair is left"; bad=1; }
cp -p "$t/key1" "$k"
rm "$p"
expect 2 "'$k' is there already" create --if-missing
expect 2 "cannot open '$p'" check
cp -p "$t/pub1" "$p"

# modes
for m in 640 604 660 666 601; do
	chmod $m "$k"
	expect 2 "'$k' is open to others than its owner: chmod 600" check
done
chmod 400 "$k"
expect 0 'in order' check
chmod 600 "$k"
for m in 750 705 701 777; do
	chmod $m "$d"
	expect 2 "'$d' is open to others than its owner: chmod 700" check
done
chmod 700 "$d"
ln -s "$t/key1" "$t/link"
mv "$k" "$t/away"
ln -s "$t/away" "$k"
expect 2 "cannot open '$k'" check
rm "$k"
mkdir "$k"
chmod 700 "$k"
expect 2 "'$k' is not a regular file" check
rmdir "$k"
mv "$t/away" "$k"
mv "$d" "$d.x"
expect 2 "cannot open key folder '$d'" check
: >"$d"
expect 2 "cannot open key folder '$d'" check
rm "$d"
mv "$d.x" "$d"

# contents: the other's half, cut, longer, binary, the halves exchanged
sed 's/^keys: .*/keys: {engine: O.key, engine_public: O.pub, folder: O}/' \
	"$t/c.yaml" | sed "s|O|$t/o|g" >"$t/o.yaml"
"$paxgate" keys create -c "$t/o.yaml" >/dev/null
cp "$t/o.pub" "$p"
expect 5 "'$p' is not the public half of '$k'" check
cp "$t/pub1" "$p"
for what in cut long binary empty public; do
	case $what in
	cut) head -c 60 "$t/key1" ;;
	long) cat "$t/key1" "$t/key1" ;;
	binary) head -c 86 /dev/urandom ;;
	empty) ;;
	public) cat "$t/pub1" ;;
	esac >"$k"
	expect 3 "'$k' is not a key file: one line" check
	grep -q "$(tail -c 40 "$t/key1" | head -c 20)" "$t/out" && {
		echo "a key is printed"
		bad=1
	}
done
cat "$t/key1" >"$k"
cat "$t/key1" >"$p"
expect 3 "'$p' is not a key file" check
cat "$t/pub1" >"$p"
expect 0 'in order' check

# a custodian's key, off the command line; his words from a file
(umask 077 && echo 'secret words' >"$t/words")
PAXGATE_DATABASE=host=/nowhere
export PAXGATE_DATABASE
expect 0 "^made $t/dpo.key \(secret, for dpo alone" create --custodian dpo \
	--key "$t/dpo.key" --passphrase-file "$t/words"
mode "$t/dpo.key" 600
grep -q '^paxgate-custodian-locked-1 ' "$t/dpo.key" || {
	echo "the custodian's key is not locked"
	bad=1
}
expect 0 'for deputy alone' create --custodian deputy --with dpo
expect 2 'stands in register' create --custodian dpo --key "$t/x.key"
expect 2 'make his key first' create --custodian x --with y --key "$t/x.key"
[ ! -e "$t/x.key" ] || { echo "a refused key is left"; bad=1; }
grep -q 'name: deputy.*with: dpo' "$t/new/folders/custodians.yaml" || {
	echo "the register: $(cat "$t/new/folders/custodians.yaml")"
	bad=1
}

# rotated: the old one opens until it is retired; the audit log's has both
expect 2 'no .*engine.key.old. to retire' rotate --retire
expect 0 '0 days wrapped.* 0 wraps' rotate
grep -q 'not on record' "$t/out" || { echo "rotate: silent"; bad=1; }
mode "$k" 600
mode "$k.old" 600
cmp -s "$k" "$t/key1" && { echo "rotate: the same key"; bad=1; }
cmp -s "$k.old" "$t/key1" || { echo "rotate: the old one is gone"; bad=1; }
expect 0 'in order' check
expect 2 'retire it first' rotate
expect 0 '' rotate --retire
[ ! -e "$k.old" ] || { echo "rotate --retire: it is still there"; bad=1; }
expect 0 'signed by a new key' rotate --audit
mode "$t/new/folders/audit.key" 600
[ "$(wc -l <"$t/new/public/audit.pub")" -eq 2 ] || {
	echo "audit.pub has not both"
	bad=1
}
expect 0 'in order' check
expect 2 'at a time' rotate --audit --retire
sed 1d "$t/new/public/audit.pub" | sed 's/[0-9a-f]$/x/' >"$t/x.pub"
cp "$t/new/public/audit.pub" "$t/audit.pub"
cp "$t/x.pub" "$t/new/public/audit.pub"
expect 3 'line 1 is not' check
head -n 1 "$t/audit.pub" >"$t/new/public/audit.pub"
expect 5 'is not the public half of' check
cp "$t/audit.pub" "$t/new/public/audit.pub"
chmod 640 "$t/new/folders/audit.key"
expect 2 'open to others' check
chmod 600 "$t/new/folders/audit.key"

# a folder that cannot be made, the command line
echo "keys: {engine: $k/x/e.key, engine_public: $p, folder: $d}" >"$t/c.yaml"
expect 2 "cannot make folder '$k/x': Not a directory" create
expect 2 "takes no 'x'" create x
expect 2 "takes no 'x'" check x
expect 2 "there is no option '--force'" create --force
expect 2 'there is no command' rotten
exit $bad
