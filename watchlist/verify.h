/*
 * verify.h - is what the index finds what brute force finds?
 *
 *	rc = verify_new(&v, wl, sig_filter_best(), &e);
 *	rc = verify_add(v, wl_at_800, &e);	if others are to be compared, too
 *	verify_query(&q, v, &arena);		a hostile query, by its dice
 *	rc = verify_compare(v, &q, &e);		0, or ERR_INTEGRITY
 *	verify_free(v);
 *
 * Queries are made of the snapshot's own entries: names with slips, joined,
 * split, exchanged, cut, of other letters; birth dates with slips or none. Brute
 * force is watch_pair() with every entry but those that the birth date rules
 * out by the definition, their names normalised anew from the text of the list.
 *
 * Threads: a struct verify belongs to one. Allocates, for tests and tools.
 */
#ifndef WATCHLIST_VERIFY_H
#define WATCHLIST_VERIFY_H

#include "base/arena.h"
#include "watchlist/match.h"

enum { VERIFY_SIDES = 8 };

struct verify;

/*
 * Ready to compare on `wl` with a filter; the dice start at `seed`. Returns 0,
 * or ERR_NOMEM.
 */
MUST_CHECK int verify_new(struct verify **out, const struct watchlist *wl,
			  sig_filter_fn *filter, uint64_t seed, struct err *e);

/*
 * Compare another snapshot, too, of the same lists with higher thresholds: brute
 * force scores each pair once for all. VERIFY_SIDES at most, the first
 * included. Returns 0, or ERR_NOMEM.
 */
MUST_CHECK int verify_add(struct verify *v, const struct watchlist *wl,
			  struct err *e);

/* Free it; NULL is fine. */
void verify_free(struct verify *v);

/* Throw a query; its texts are in the arena, or in the snapshot. */
void verify_query(struct watch_query *q, struct verify *v, struct arena *a);

/*
 * Search and brute force for `q`. Returns how many matches both have, of all
 * snapshots together, or
 * ERR_INTEGRITY: which entry differs and how, without names.
 */
MUST_CHECK int verify_compare(struct verify *v, const struct watch_query *q,
			      struct err *e);

#endif
