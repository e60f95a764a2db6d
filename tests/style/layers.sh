#!/bin/sh
# layers.sh - each folder includes only what stands below it
may() { # folder, regex of what its files may include from the project
	for f in "$1"/*.[ch] "$1"/*.def; do
		[ -e "$f" ] && grep -nH '^#include "' "$f"
	done | grep -vE "#include \"($2)"
}

rec='parsers/(record\.h|field\.h|record\.def)'
may base	'base/'
may parsers	'base/|parsers/'
may law		"base/|law/|parsers/"
may rules	"base/|rules/|$rec"
may watchlist	"base/|watchlist/|$rec"
may db		"base/|db/|law/|rules/|watchlist/|$rec"
may engine	'base/|engine/|db/|law/|rules/|watchlist/|parsers/'
may web		'base/|web/|engine/|db/|law/|rules/|watchlist/|parsers/'
# tools/ is the top and may include anything
exit 0
