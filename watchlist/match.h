/*
 * match.h - one traveller against all lists of a snapshot
 *
 *	struct watchlist_scratch *tmp;
 *	rc = watchlist_scratch_new(&tmp, wl, &e);
 *	nr = watchlist_match(wl, tmp, &query, match, ARRAY_SIZE(match));
 *	watchlist_scratch_free(tmp);
 *
 * Gives exactly what watch_pair() gives for every entry, which tests hold
 * equal: each key of the query is compared once with each distinct text of
 * the lists, and a name whose texts cannot reach the threshold is passed
 * over. Documents are found by a hash.
 *
 * Threads: the snapshot is shared, a scratch belongs to one thread. No
 * allocation but in watchlist_scratch_new().
 */
#ifndef WATCHLIST_MATCH_H
#define WATCHLIST_MATCH_H

#include "watchlist/pair.h"
#include "watchlist/snapshot.h"

struct watchlist_scratch;

/* Working memory for searches in `wl`. Returns 0, or ERR_NOMEM. */
MUST_CHECK int watchlist_scratch_new(struct watchlist_scratch **out,
				     const struct watchlist *wl, struct err *e);

/* Free it; NULL is fine. */
void watchlist_scratch_free(struct watchlist_scratch *tmp);

/*
 * All matches of `q`: the best `cap` (at least 1) are stored in `out`, by
 * class, falling name score, list and entry id. Returns how many there are,
 * which may be more than `cap`. `tmp` must be of this snapshot.
 */
uint32_t watchlist_match(const struct watchlist *wl,
			 struct watchlist_scratch *tmp,
			 const struct watch_query *q, struct watch_match *out,
			 uint32_t cap);

#endif
