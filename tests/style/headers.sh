#!/bin/sh
# headers.sh - a header begins with a comment, each prototype has one above it
#
# Prototypes that follow each other without a blank line share one comment.
tests/style/files.sh '*.h' | xargs awk '
FNR == 1 && !/^\/\*/	{ print FILENAME ":1: does not begin with a comment" }
FNR == 1		{ covered = 0; depth = 0; open = 0 }
in_comment		{ if (/\*\//) { in_comment = 0; covered = 1 } next }
/^[ \t]*\/\*/		{ if (!/\*\//) in_comment = 1; covered = 1; next }
/^$/			{ if (!open) covered = 0; next }
/^[A-Za-z].*\(/ && !/^(typedef|static inline|#)/ && !/=/ && !/\{/ && !open {
	if (!covered)
		print FILENAME ":" FNR ": prototype without a comment"
	open = !/;/
	next
}
open && /;/		{ open = 0 }
'
