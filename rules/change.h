/*
 * change.h - the smallest change of values that turns a verdict round
 *
 * Of the values that a profile's tests read (reasons.h), each taken by
 * itself: fewest first, and of those the nearest. Tried are values at the
 * edges of what the tests ask: the bound and its neighbours, each word that
 * is named and one that is not, true and false; a value that no literal is
 * compared with has its test come out otherwise. Between two edges nothing
 * changes, so nothing is missed up to CHANGE_MAX values.
 *
 * A collection without elements is one test: whether it would be met.
 */
#ifndef RULES_CHANGE_H
#define RULES_CHANGE_H

#include "rules/reasons.h"

enum {
	CHANGE_MAX = 4,	       /* values at once */
	CHANGE_TRIES = 400000, /* verdicts worked out, at most */
};

struct change {
	uint32_t value; /* number in reasons.value */
	struct value instead;
	bool other; /* `instead` stands for any text that no test names */
};

struct change_set {
	bool hit; /* the verdict as it is */
	int32_t score;
	uint32_t nr_incriminating;
	bool found;
	bool ended; /* not found, and tries left over: none is that small */
	struct change change[CHANGE_MAX];
	uint32_t nr;
};

/* Work out the verdict of `r`, and what would turn it round. In the arena. */
void change_find(struct change_set *out, const struct reasons *r,
		 struct arena *a);

/* What a part comes out as with the changes made. */
enum tri change_outcome(const struct change_set *c, const struct reasons *r,
			const struct reason *part);

#endif
