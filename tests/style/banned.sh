#!/bin/sh
# banned.sh - calls we do not make, // comments, names of our workplace
calls='strcpy|strcat|sprintf|vsprintf|strtok|atoi|atol|gmtime|localtime|ctime|asctime|gets|rand|srand'
tests/style/files.sh '*.[ch]' '*.def' | xargs grep -nE "\<($calls) ?\(" /dev/null
tests/style/files.sh '*.[ch]' '*.def' | xargs grep -nE '(^|[;{}, 	])//' /dev/null |
	grep -vE '"[^"]*//[^"]*"|^[^:]*:[0-9]*:[ 	]*(/?\*)'
grep -rnIE --exclude-dir=.git --exclude=.git --exclude-dir=build --exclude-dir=var \
	--exclude=banned.sh '/[w]ork/|[.][.]/[s]hared' .
exit 0
