#!/bin/sh
# format.sh - the code is as clang-format would write it
tests/style/files.sh '*.[ch]' | xargs clang-format --dry-run -Werror 2>&1 |
	grep -E '(error|warning):' | sort -u -t: -k1,1
exit 0
