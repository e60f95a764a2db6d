/*
 * match.h - one traveller against all lists of a snapshot
 *
 *	struct watchlist_scratch *tmp;
 *	rc = watchlist_scratch_new(&tmp, wl, &e);
 *	nr = watchlist_match(wl, tmp, &query, match, ARRAY_SIZE(match));
 *	watchlist_scratch_free(tmp);
 *
 * Gives exactly what watch_pair() gives for every entry, which tests hold
 * equal: the index of the snapshot gives the names that may reach the
 * threshold (search.h), these are scored as watch_pair() scores them. Documents
 * are found by a hash.
 *
 * Threads: the snapshot is shared, a scratch belongs to one thread. No
 * allocation but in watchlist_scratch_new().
 */
#ifndef WATCHLIST_MATCH_H
#define WATCHLIST_MATCH_H

#include "watchlist/pair.h"
#include "watchlist/sig_filter.h"
#include "watchlist/snapshot.h"

struct watchlist_scratch;

/* Working memory for searches in `wl`. Returns 0, or ERR_NOMEM. */
MUST_CHECK int watchlist_scratch_new(struct watchlist_scratch **out,
				     const struct watchlist *wl, struct err *e);

/* The same with the signatures' filter of a level (sig_filter.h), for tests. */
MUST_CHECK int watchlist_scratch_with(struct watchlist_scratch **out,
				      const struct watchlist *wl,
				      sig_filter_fn *filter, struct err *e);

/*
 * Forget the answers of before (memo.h), with `all` also the texts found for
 * parts of names (similar.h): to measure without.
 */
void watchlist_scratch_clear(struct watchlist_scratch *tmp, bool all);

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
