/*
 * compile.h - a program in the making
 *
 * For compile*.c. Tables grow in `temp` and are copied into the set's arena
 * when their size is known.
 */
#ifndef RULES_COMPILE_H
#define RULES_COMPILE_H

#include "rules/guard.h"
#include "rules/program_parts.h"

/* Profiles that get a mark together, and for which path (keys only). */
struct growing {
	uint32_t *profile;
	uint32_t nr, path;
};

struct bound {
	int64_t bound;
	uint32_t profile;
};

/* Bounds on one path. A profile is in a range once: twice, in the next. */
struct growing_range {
	uint32_t path;
	bool most;
	struct str currency;
	struct bound *bound;
	uint32_t nr;
};

struct growing_eager {
	uint32_t atom;
	enum tri outcome;
	bool scope;
	struct growing to;
};

struct compile {
	struct arena *arena; /* of the set */
	struct arena temp;
	struct buf key;
	struct program *program;
	struct intern atoms, slots, paths, ranges, eagers;
	uint32_t nr_code, nr_clauses;
	struct growing *posting;
	uint32_t nr_postings;
	struct growing_range *range;
	uint32_t nr_ranges;
	struct growing_eager *eager;
	uint32_t nr_eager;
	int8_t *need; /* marks that a hit of each profile takes */
};

/* The number of a predicate. */
uint32_t compile_atom(struct compile *c, const struct expr *n);

/* The number of a value that is read once for a traveller. */
uint32_t compile_slot(struct compile *c, const struct expr *n);

/* Append the code of a condition; returns where it begins. */
uint32_t compile_code(struct compile *c, const struct expr *n);

/* A clause (or the scope) of a profile gives a mark where its guard is met. */
void compile_guard(struct compile *c, uint32_t profile, bool scope,
		   const struct guard *g);

/* The same without a mark: it may hold for everybody. */
void compile_always(struct compile *c, uint32_t profile, bool scope);

/* All guards are there: sort them, turn them into bits where they are many. */
void compile_marks(struct compile *c);

/* A copy in the set's arena of what grew in `temp`. */
void *compile_keep(struct compile *c, const void *from, size_t size);

#endif
