/*
 * literal.h - a literal takes the type of the other side
 *
 * `trip.direction == inbound`: what `inbound` is follows from the field it is
 * compared with, and so does what would be a mistake.
 */
#ifndef RULES_LITERAL_H
#define RULES_LITERAL_H

#include "rules/expr.h"

/* The type a literal has by itself: 48h is a duration, LHR has none. */
enum type literal_own_type(const struct expr *n);

/*
 * Give literal `n` the type `want` and its value. `field` is the field it is
 * compared with, where there is one, else NULL: closed vocabularies and
 * service codes are checked against it. Returns 0, ERR_VALUE, or ERR_LEGAL.
 */
MUST_CHECK int literal_set(struct expr *n, enum type want,
			   const struct field *field, struct arena *a,
			   struct err *e);

#endif
