#!/bin/sh
# files.sh - lists our files of the given patterns, for the checks beside it
for pattern; do
	find base parsers law watchlist rules db engine web tools tests \
		-name "$pattern" 2>/dev/null
done | sort
