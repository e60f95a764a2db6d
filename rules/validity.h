/*
 * validity.h - from which day to which day criteria hold
 *
 * Criteria are reviewed regularly (C-817/19, 201): a profile, and a list that
 * profiles name, say when, and beyond the review period they are refused.
 * Compared with the moment of screening, never with the machine's clock.
 */
#ifndef RULES_VALIDITY_H
#define RULES_VALIDITY_H

#include "rules/read.h"

enum { VALIDITY_MAX_MONTHS = 6 }; /* the review period */

struct validity {
	struct date from, until; /* both days included, UTC */
};

/* Read `valid: {from, until}` of a map; what is wrong becomes a fault. */
void validity_read(struct validity *out, struct faults *f,
		   const struct yaml_node *map);

/* Both days known? */
bool validity_is_set(const struct validity *v);

/* Does it hold on all days of `other`? Both are set. */
bool validity_covers(const struct validity *v, const struct validity *other);

/* Does it hold at `at`? An unset moment: no. */
bool validity_holds(const struct validity *v, struct moment at);

#endif
