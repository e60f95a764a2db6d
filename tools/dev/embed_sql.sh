#!/bin/sh
# embed_sql.sh FILE.sql... - prints C: `const char sql_NAME[]` for each file,
# and the table of migrations (files named NNNN_*.sql) in their order.
echo '#include "db/sql.h"'
echo
for f in "$@"; do
	name=$(basename "$f" .sql)
	echo "const char sql_$name[] ="
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/	"/' -e 's/$/\\n"/' "$f"
	echo '	;'
done
echo 'const struct migration migrations[] = {'
for f in "$@"; do
	name=$(basename "$f" .sql)
	case $name in
	[0-9][0-9][0-9][0-9]_*) echo "	{ \"$name\", sql_$name }," ;;
	esac
done
echo '	{ 0, 0 },'
echo '};'
