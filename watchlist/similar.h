/*
 * similar.h - the texts of a snapshot that are like a key of the query
 *
 * All of them with their similarity, as text_similarity() has it: lengths that
 * the budget allows, there the letter counts (sig_filter.h), and of what is
 * left the distance. What was found for a key is kept for the next traveller,
 * whose names are often the same: exact, since a key's texts depend on nothing
 * else.
 *
 * Threads: a cache belongs to one, and to one snapshot. No allocation in
 * similar_find().
 */
#ifndef WATCHLIST_SIMILAR_H
#define WATCHLIST_SIMILAR_H

#include "watchlist/similar_scan.h"

struct similar_cache;

enum {
	SIMILAR_KEPT = 1 << 22, /* what a search keeps: 32 MB */
	SIMILAR_MANY = 127,	/* names: so many or more */
};

/*
 * A text, how alike it is, and what a search asks of it (struct snap_text): in
 * one word, so that none of the dictionary need be read.
 */
struct similar_text {
	uint64_t text : 24;
	uint64_t sim : 10; /* 1 to SCORE_MAX */
	uint64_t most : 10, least : 6;
	uint64_t posts : 7, undated : 7; /* at most SIMILAR_MANY */
};

/* Some of a key's texts; one may come more than once. */
typedef void similar_fn(void *ctx, const struct similar_text *t, uint32_t nr);

/* A cache for `wl` that uses `filter` and keeps `kept` texts (at least 1) for
 * all keys together; NULL when out of memory. */
struct similar_cache *similar_cache_new(sig_filter_fn *filter,
					const struct watchlist *wl,
					uint32_t kept);

/* Forget all, to measure without. */
void similar_cache_clear(struct similar_cache *c);

/* Free it; NULL is fine. */
void similar_cache_free(struct similar_cache *c);

/*
 * Give `take` all texts of the snapshot that are like `key`, costs not taken
 * off. `stub` as in text_similarity(); a `joined` key meets tokens alone. A
 * key of one letter gives itself only: whoever asks knows that it is like
 * every text that begins with it.
 */
void similar_find(struct similar_cache *c, const struct watchlist *wl,
		  const struct name_key *key, bool stub, bool joined,
		  similar_fn *take, void *ctx);

#endif
