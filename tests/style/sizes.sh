#!/bin/sh
# sizes.sh - a file has at most 400 lines, a function at most 70
#
# Data tables (*.def, *_table.c) and tests are exempt.
files=$(tests/style/files.sh '*.[ch]' | grep -vE '^tests/|_table\.c$')
for f in $files; do
	wc -l "$f"
done | awk '$1 > 400 { print $2 ": " $1 " lines" }'
ctags -x --c-kinds=f --_xformat='%F %n %e %N' $files |
	awk '$3 - $2 + 1 > 70 {
		print $1 ":" $2 ": " $4 "() has " $3 - $2 + 1 " lines" }'
