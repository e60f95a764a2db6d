/*
 * similar_scan.h - the texts of a snapshot that are like a key, by looking
 *
 * similar.h without what it keeps: texts by letter counts and distance, folds
 * likewise, and by halving.
 *
 * Threads: a scan belongs to one, and to one snapshot.
 */
#ifndef WATCHLIST_SIMILAR_SCAN_H
#define WATCHLIST_SIMILAR_SCAN_H

#include "watchlist/sig_scan.h"
#include "watchlist/snapshot.h"

struct similar_scan {
	struct sig_scan texts, folds;
};

/* A text with its similarity, 1 to SCORE_MAX; one may come more than once. */
typedef void similar_scan_fn(void *ctx, uint32_t text, unsigned int sim);

/* Ready for `wl`; false when out of memory, still to be released. */
bool similar_scan_init(struct similar_scan *s, sig_filter_fn *filter,
		       const struct watchlist *wl);

/* Free it; a zeroed one is fine. */
void similar_scan_release(struct similar_scan *s);

/* As similar_find() says. No allocation. */
void similar_scan(struct similar_scan *s, const struct watchlist *wl,
		  const struct name_key *key, bool stub, bool joined,
		  similar_scan_fn *take, void *ctx);

#endif
