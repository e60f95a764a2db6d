/*
 * program_parts.h - what a program is made of
 *
 * For compile*.c, which make it, and run*.c, which run it.
 */
#ifndef RULES_PROGRAM_PARTS_H
#define RULES_PROGRAM_PARTS_H

#include "rules/intern.h"
#include "rules/program.h"

enum {
	NO_SLOT = 0xffffffffu,
	NO_CODE = 0xffffffffu,
	MARKS_MAX = 4, /* more are not told apart */
};

/* A predicate. With a slot: what is compared with literals. */
struct atom {
	const struct expr *expr;
	uint32_t slot;
};

/*
 * A condition as code: words of an op and its argument. The accumulator is
 * one truth, the stack holds left sides.
 */
enum op {
	OP_ATOM, /* accumulator = predicate `arg` */
	OP_NOT,
	OP_AND_ELSE, /* false: go to `arg`; else push */
	OP_AND,	     /* accumulator = pop and accumulator */
	OP_OR_ELSE,  /* true: go to `arg`; else push */
	OP_OR,
	OP_END,
	OP_BITS = 3,
};

struct code_clause {
	uint32_t code;
	int32_t points;
};

/* Incriminating clauses first, those of most points in front. */
struct code_profile {
	int64_t from, until; /* days; with the lists it names */
	uint32_t scope;	     /* code, or NO_CODE */
	uint32_t first;	     /* clause */
	uint8_t nr_incriminating, nr_exonerating;
	int32_t threshold, most; /* points that all incriminating ones give */
};

/* Profiles that get a mark together. */
struct posting {
	uint32_t *profile;
	uint32_t nr;
	uint64_t *dense; /* NULL, or more of them as bits */
};

/*
 * Bounds on one value, smallest first; those up to the probe are met. KEY_MOST
 * is turned round: ~bound and ~(upper end), KEY_LEAST takes the lower end.
 */
struct range {
	bool most;
	struct str currency; /* of money */
	int64_t *bound;
	uint32_t *profile; /* beside each bound */
	uint32_t nr, step;
	uint64_t *dense; /* [i]: the profiles of the first i * step bounds */
};

/* A value that is looked up. */
struct path {
	const struct expr *collection; /* NULL; else read in each element */
	const struct expr *value;
	uint32_t slot;	/* without a collection */
	uint32_t seed;	/* of its keys */
	bool dropped;	/* while compiling: costs more than it gives */
	bool scope;	/* marks scopes, not clauses */
	uint32_t parts; /* bit n: has keys of n bytes to look for in the text */
	bool equal;	/* has keys to look for */
	uint32_t first_range, nr_ranges;
};

/* A predicate that is evaluated for every traveller. */
struct eager {
	uint32_t atom;
	enum tri outcome;
	bool scope;
	struct posting posting;
};

struct program {
	const struct profile *const *source; /* by name */
	uint32_t nr_profiles, nr_words;	     /* of a bit for each */
	struct code_profile *profile;
	struct code_clause *clause;
	uint32_t *code;
	struct atom *atom;
	uint32_t nr_atoms, nr_uses; /* in all conditions */
	const struct expr **slot;
	uint32_t nr_slots;
	struct path *path;
	uint32_t nr_paths;
	struct intern keys; /* of values, seeded with the path: to postings */
	struct posting *posting;
	struct range *range;
	uint32_t nr_ranges;
	struct eager *eager;
	uint32_t nr_eager;
	/* bit p of [k]: a hit of profile p takes k marks; of 0: always look */
	uint64_t *need[MARKS_MAX + 1];
	uint64_t *unscoped; /* bit p: nothing is asked of its scope */
};

#endif
