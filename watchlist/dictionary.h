/*
 * dictionary.h - distinct texts with numbers, for the build
 *
 * A zeroed struct is empty. Numbers count from 0 in the order of arrival.
 * Texts are copied. Threads: one.
 */
#ifndef WATCHLIST_DICTIONARY_H
#define WATCHLIST_DICTIONARY_H

#include "base/buf.h"

struct dictionary_word {
	uint32_t pos, len; /* in `bytes` */
	uint32_t count;	   /* free for the user */
	uint32_t mark;	   /* free for the user */
};

struct dictionary {
	struct buf bytes;
	struct buf words; /* struct dictionary_word */
	uint32_t *slot;	  /* number + 1, or 0 */
	uint32_t nr, nr_slots;
	bool failed; /* out of memory; sticks */
};

/* The number of `text`, new or not. UINT32_MAX after a failure. */
uint32_t dictionary_add(struct dictionary *d, struct str text);

/* Word `nr`; valid until the next one is added. */
struct dictionary_word *dictionary_word(const struct dictionary *d,
					uint32_t nr);

/* Its text; valid until the next one is added. */
struct str dictionary_text(const struct dictionary *d, uint32_t nr);

/* Free all; it is empty again. */
void dictionary_release(struct dictionary *d);

#endif
