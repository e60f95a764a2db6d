/*
 * verify.h - is what the index finds what brute force finds?
 *
 *	rc = verify_new(&v, wl, sig_filter_best(), &e);
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

struct verify;

/*
 * Ready to compare on `wl` with a filter; the dice start at `seed`. Returns 0,
 * or ERR_NOMEM.
 */
MUST_CHECK int verify_new(struct verify **out, const struct watchlist *wl,
			  sig_filter_fn *filter, uint64_t seed, struct err *e);

/* Free it; NULL is fine. */
void verify_free(struct verify *v);

/* Throw a query; its texts are in the arena, or in the snapshot. */
void verify_query(struct watch_query *q, struct verify *v, struct arena *a);

/*
 * Search and brute force for `q`. Returns how many matches both have, or
 * ERR_INTEGRITY: which entry differs and how, without names.
 */
MUST_CHECK int verify_compare(struct verify *v, const struct watch_query *q,
			      struct err *e);

#endif
