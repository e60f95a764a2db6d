/*
 * disparity.h - does a profile hit groups of people unlike others
 *
 * A profile that reads sex, age or origin may go live only when its hit rates
 * by group are on record (C-817/19, 197). Groups are made of the traits it
 * reads. Of a person nothing is kept but a count in one cell a trait.
 *
 *	disparity_init(&d, profile, &arena);
 *	for each traveller: disparity_add(&d, record, departs, hit, &e);
 *	disparity_finish(&d);
 *	... d.cell[i] ...
 *
 * Threads: plain data.
 */
#ifndef ENGINE_DISPARITY_H
#define ENGINE_DISPARITY_H

#include "base/arena.h"
#include "rules/profile.h"

enum {
	DISPARITY_TRAVELLERS = 1000, /* fewer say nothing */
	DISPARITY_SMALL = 10,	     /* travellers of a group: not told apart */
	DISPARITY_HITS = 5,	     /* of a group: fewer are chance */
	DISPARITY_PERCENT = 125, /* of the others' rate: above, it is unlike */
};

struct disparity_cell {
	enum trait trait;
	struct str group; /* "F", "18-29", "UTO", "not stated", "few" */
	int64_t travellers, hits;
	int64_t without; /* hits that stay when its traits are not read */
	bool unlike;
};

struct disparity {
	const struct profile *profile;
	struct arena *arena;
	struct disparity_cell *cell;
	uint32_t nr;
	int64_t travellers, hits, without;
};

/* Nobody counted yet. */
void disparity_init(struct disparity *d, const struct profile *p,
		    struct arena *a);

/*
 * Count one traveller: his record as JSON; when his flight departs; and, if
 * the profile hits him, its clauses with their outcomes as JSON (evidence, or
 * what a profile in shadow leaves), else absent. Returns 0 or ERR_SYNTAX.
 */
MUST_CHECK int disparity_add(struct disparity *d, struct str record,
			     struct moment departs, struct str hit,
			     struct err *e);

/* Put small groups together, sort, and say who is hit unlike the others. */
void disparity_finish(struct disparity *d);

/* Is any group hit unlike the others? */
bool disparity_is_unlike(const struct disparity *d);

/* The figures as one JSON object. */
void disparity_write(struct buf *out, const struct disparity *d);

/* "sex", "age", "origin". */
const char *disparity_trait(enum trait t);

#endif
