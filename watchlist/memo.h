/*
 * memo.h - what was answered about a traveller, for the next message of him
 *
 * Most messages repeat a person: schedule after schedule, PNR after PNR. The
 * answer depends on the query and the snapshot alone, so the same query,
 * compared byte by byte, has the same answer. Long queries and long answers
 * are not kept.
 *
 * Threads: a memo belongs to one, and to one snapshot. No allocation but in
 * memo_new().
 */
#ifndef WATCHLIST_MEMO_H
#define WATCHLIST_MEMO_H

#include "watchlist/pair.h"

enum {
	MEMO_BYTES = 256, /* longest query */
	MEMO_MATCHES = 8, /* longest answer */
};

/* A query as bytes: equal when nothing differs that a search looks at. */
struct memo_key {
	uint32_t len; /* 0: too long to be kept */
	uint32_t hash;
	uint8_t bytes[MEMO_BYTES];
};

struct memo;

/* An empty memo; NULL when out of memory. */
struct memo *memo_new(void);

/* Free it; NULL is fine. */
void memo_free(struct memo *m);

/* Forget all. */
void memo_clear(struct memo *m);

/* Write `q` as bytes. */
void memo_key_make(struct memo_key *k, const struct watch_query *q);

/*
 * The answer to `k`, if it is there and has at most `cap` matches: true, with
 * the matches in `out` and their number in *nr.
 */
bool memo_get(const struct memo *m, const struct memo_key *k,
	      struct watch_match *out, uint32_t cap, uint32_t *nr);

/* Keep an answer of `nr` matches, all of which are in `match`. */
void memo_put(struct memo *m, const struct memo_key *k,
	      const struct watch_match *match, uint32_t nr);

#endif
