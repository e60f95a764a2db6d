/*
 * intern.h - a number for each different piece of bytes
 *
 *	struct intern t = { .arena = &arena };
 *	n = intern_put(&t, 0, STR("VIE"));	0, and 0 again for the same
 *	n = intern_find(&t, 0, STR("XXX"));	INTERN_NONE
 *
 * `seed` tells apart families of keys in one table. Keys are copied into the
 * arena; numbers count from 0 in the order of their coming. Looking up does
 * not allocate. Threads: read-only once filled.
 */
#ifndef RULES_INTERN_H
#define RULES_INTERN_H

#include "base/arena.h"

enum { INTERN_NONE = 0xffffffffu };

struct intern_slot {
	uint64_t hash;
	struct str key; /* absent: the slot is free */
	uint32_t seed, number;
};

struct intern {
	struct arena *arena;
	struct intern_slot *slot;
	uint32_t cap, nr; /* cap is 0 or a power of two */
};

/* The number of a key, a new one (the old `nr`) when it was not there. */
uint32_t intern_put(struct intern *t, uint32_t seed, struct str key);

/* The number of a key, or INTERN_NONE. */
uint32_t intern_find(const struct intern *t, uint32_t seed, struct str key);

#endif
