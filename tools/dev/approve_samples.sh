#!/bin/sh
# approve_samples.sh PAXGATE DIR [CONFIG] - copies the sample profiles to DIR
# and approves them with the key of an approver who is made up for trying out
#
# The key lies beside the register that CONFIG names (keys.approvers).
set -eu
paxgate=$1
dir=$2
config=${3:+-c $3}

mkdir -p "$dir"
rm -rf "$dir"/*.yaml "$dir"/*.sig "$dir/tests"
cp -r etc/profiles/* "$dir"
key=$dir/../keys/tryout.key
$paxgate keys create $config --if-missing --approver tryout --key "$key"
$paxgate profile approve $config -a tryout -k "$key" "$dir" >/dev/null
