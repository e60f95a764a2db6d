/*
 * build.h - compiles lists into the bytes of a snapshot
 *
 * Same lists in the same order, same bytes: nothing of the machine or the
 * clock goes in. Names' weights are worked out here, from how many names of
 * all lists have the word. Threads: none of its own.
 */
#ifndef WATCHLIST_BUILD_H
#define WATCHLIST_BUILD_H

#include "base/buf.h"
#include "watchlist/list.h"

/*
 * Append the snapshot of `nr` lists to the empty buffer `out`; fills the
 * weights of the entries' names. Lists are stored by the order of their ids;
 * `list` is sorted so. Returns 0, ERR_VALUE for two lists of one id,
 * ERR_LIMIT when they are too large for the format, ERR_NOMEM.
 */
MUST_CHECK int watchlist_build(struct buf *out, struct watch_list *list,
			       uint32_t nr, struct err *e);

/* Told, now and then, how many of how many steps are done. */
struct build_progress {
	void (*tell)(void *ctx, uint64_t done, uint64_t all);
	void *ctx;
};

/* The same, telling `p` (NULL: nobody) how far it is. */
MUST_CHECK int watchlist_build_told(struct buf *out, struct watch_list *list,
				    uint32_t nr, const struct build_progress *p,
				    struct err *e);

#endif
