#!/bin/sh
# threads.sh - threads and sockets exist in engine/ and web/ only
tests/style/files.sh '*.[ch]' | grep -vE '^(engine|web|tests)/' |
	xargs grep -nE '\<(pthread_[a-z_]+|thrd_[a-z]+|socket|accept|listen|bind|recv|sendto) ?\(|<(pthread|threads|sys/socket)\.h>' /dev/null
exit 0
