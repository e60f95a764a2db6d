#!/bin/sh
# threads.sh - threads begin and sockets open in engine/ and web/ only
#
# A lock may stand wherever threads share something.
calls='pthread_create|thrd_create|fork|socket|socketpair|accept|listen|bind'
tests/style/files.sh '*.[ch]' | grep -vE '^(engine|web|tests)/' |
	xargs grep -nE "\<($calls) ?\(|<sys/socket\.h>" /dev/null
exit 0
