/*
 * verify_dice.h - hostile queries about the entries of a snapshot
 *
 * Same seed and snapshot, same queries. Threads: a struct belongs to one.
 */
#ifndef WATCHLIST_VERIFY_DICE_H
#define WATCHLIST_VERIFY_DICE_H

#include "watchlist/query.h"
#include "watchlist/snapshot.h"

struct verify_dice {
	uint64_t state;
};

/* Start the series of `seed`. */
void verify_dice_seed(struct verify_dice *d, uint64_t seed);

/*
 * Fill the empty query with an entry of `wl`, which has at least one, as no
 * carrier ever sent it. Texts are in the arena or in the snapshot.
 */
void verify_dice_query(struct verify_dice *d, struct watch_query *q,
		       const struct watchlist *wl, struct arena *a);

#endif
