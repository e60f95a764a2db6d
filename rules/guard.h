/*
 * guard.h - what surely holds of a traveller for whom a condition is true
 *
 *	booking.lead_time < 48h and any(booking.payments, form == CA)
 *
 * can be true only where a payment's form is CA: that is its guard, a list of
 * keys of which at least one is met. Keys are what an index answers: a value
 * that equals, a number below or above a bound, or a predicate as a whole. Of
 * the guards that a condition has, the one is taken that few will meet; the
 * guess rests on the kind of key and cannot change a result.
 *
 * Lifetime: keys live in the arena given, and point into the expression.
 */
#ifndef RULES_GUARD_H
#define RULES_GUARD_H

#include "base/arena.h"
#include "rules/expr.h"

enum key_kind {
	KEY_TEXT,   /* the value is `text` */
	KEY_NUMBER, /* the value is exactly `bound` (money: in `text`) */
	KEY_MOST,   /* surely at most `bound` (money: in `text`) */
	KEY_LEAST,  /* surely at least `bound` */
	KEY_PART,   /* the value has `text` in it; at most PART_MAX bytes */
	KEY_ATOM,   /* the whole predicate comes out as `outcome` */
};

enum { PART_MAX = 8 };

struct guard_key {
	enum key_kind kind;
	enum tri outcome;
	const struct expr *collection; /* NULL; else: of one of its elements */
	const struct expr *value;      /* what is read; KEY_ATOM: evaluated */
	struct str text;
	int64_t bound;
};

struct guard {
	const struct guard_key *key;
	uint32_t nr;   /* 0: nothing is known, it may hold for everybody */
	double weight; /* a guess at the share of travellers who meet it */
};

/* The guard of a checked condition's being true. */
struct guard guard_of(const struct expr *n, struct arena *a);

#endif
