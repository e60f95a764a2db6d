/*
 * name.h - what a name in an expression stands for
 *
 * Full paths begin at message, flight, booking, traveller, trip,
 * co_travellers or now. In the body of a collection a name is first looked
 * for among the element's members, innermost collection first. A word that is
 * none of them is not an error here: it may be a literal.
 */
#ifndef RULES_NAME_H
#define RULES_NAME_H

#include "rules/expr.h"

/* The collections around the place where a name stands. */
struct name_scope {
	const char *
		record[EXPR_MAX_NESTING]; /* of the elements, outermost first */
	uint8_t nr;
	uint8_t from; /* those before it are not seen: see `let:` */
};

/*
 * Turn an EXPR_NAME into EXPR_FIELD, EXPR_COLLECTION or EXPR_NOW. Returns 1
 * when it did, 0 when the word is no name, or ERR_VALUE: a path that goes
 * astray, with the nearest name, or ERR_LEGAL for a field that is closed to
 * profiles.
 */
MUST_CHECK int name_resolve(struct expr *n, const struct name_scope *scope,
			    struct err *e);

/* The names most like `word` among members and roots, or absent. */
struct str name_nearest(struct str word, const struct name_scope *scope);

/* Letters to change, put in or leave out to make `b` of `a`; at most 9. */
unsigned edit_distance(struct str a, struct str b);

/* A running search for the nearest of many words. */
struct nearest {
	struct str word, best;
	unsigned distance;
};

/* Is `candidate` nearer than what was seen so far? Starts with { .word }. */
void nearest_try(struct nearest *n, struct str candidate);

/* Name of a LOCAL field's airport in the same record, or NULL. */
const char *local_airport(const struct field *f);

#endif
