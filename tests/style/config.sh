#!/bin/sh
# config.sh - every setting is in etc/paxgate.yaml and doc/config.md
bad=0
for name in $(grep -oE '^	\{ "[a-z_]+\.[a-z_]+"' engine/config.c | grep -oE '[a-z_]+\.[a-z_]+'); do
	key=${name#*.}
	grep -qF "\`$name\`" doc/config.md || { echo "doc/config.md lacks $name"; bad=1; }
	grep -qE "^  $key:" etc/paxgate.yaml || { echo "etc/paxgate.yaml lacks $name"; bad=1; }
done
exit $bad
