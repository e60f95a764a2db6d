/*
 * live_lists.h - watchlists are swapped while everybody works
 *
 * One thread looks several times a second whether another snapshot or delta
 * stands at its path; it loads and tests it beside the old one and publishes
 * it. Workers ask between batches, by one atomic read, and take the new one
 * over; the last to let go of the old one unmaps it. What cannot be used is
 * said in the log once, and the old one stays.
 *
 * Threads: init and release by one, when no other is left; the rest by any.
 */
#ifndef ENGINE_LIVE_LISTS_H
#define ENGINE_LIVE_LISTS_H

#include "engine/list_set.h"
#include "engine/screen.h"

#include <pthread.h>

/* What a worker needs no more. Unmapping and freeing take milliseconds. */
struct worn {
	struct worn *next;
	struct watchlist_scratch *scratch[2];
	struct list_set *lists;
};

struct live_lists {
	pthread_mutex_t lock;	     /* of `now`: held for a few instructions */
	struct worn *worn;	     /* to be freed by who sweeps */
	struct list_set *now;	     /* NULL: no lists are configured */
	_Atomic uint64_t generation; /* of `now`, from 1 */
};

/* What a worker screens with: a set's profiles, with the lists it holds. */
struct held_lists {
	struct screen_set set;
	struct list_set *lists; /* a reference; NULL: none yet */
	uint64_t seen;		/* their generation */
};

struct engine;

/* Begin with `first`, whose reference is taken over; NULL: none. */
void live_lists_init(struct live_lists *l, struct list_set *first);
/* Let go of it. A zeroed struct is fine. */
void live_lists_release(struct live_lists *l);

/*
 * The lists that are live, when `*seen` (0 at first) is not their generation:
 * a reference for the caller, and *seen is set. Else NULL.
 */
struct list_set *live_lists_take(struct live_lists *l, uint64_t *seen);

/* Free what workers have left. */
void live_lists_sweep(struct live_lists *l);

/* Make `s` live; the caller's reference is taken over. */
void live_lists_put(struct live_lists *l, struct list_set *s);

/*
 * Between batches: when others are live, hold them, and make set and scratch
 * work with them. Returns 0, or ERR_NOMEM: then screen no more.
 */
MUST_CHECK int held_lists_renew(struct held_lists *h, struct live_lists *l,
				struct screen_scratch *tmp, struct err *e);
/* Between batches: the profiles of another set, beside the lists held. */
void held_lists_use(struct held_lists *h, const struct screen_set *set);
/* Let go; a zeroed struct is fine. Free the scratch before. */
void held_lists_release(struct held_lists *h);

/* Watch the files until the engine stops: a thread's function. */
void live_lists_run(struct engine *en);

#endif
