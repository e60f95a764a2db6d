/*
 * self_test.h - does a snapshot that was just opened answer as it must
 *
 * The checksum says that the file is as it was written, this that searching it
 * finds what is in it: some of its own entries, spread over all of it, are
 * asked for by each of name, birth date and document, and have to come out
 * whenever the plain twin (pair.h) says that they match. Takes milliseconds,
 * whatever the size. Threads: a scratch of its own.
 */
#ifndef WATCHLIST_SELF_TEST_H
#define WATCHLIST_SELF_TEST_H

#include "watchlist/snapshot.h"

enum { SELF_TEST_ENTRIES = 64 };

/*
 * Returns 0; ERR_INTEGRITY naming list and id of an entry that is not found;
 * ERR_NOMEM.
 */
MUST_CHECK int watchlist_self_test(const struct watchlist *wl, struct err *e);

#endif
