/*
 * gen_plan.h - who and what is planted on which flight
 *
 * A plan is a list of plants by flight. A plant is a booking the truth file
 * speaks of: a pattern that a sample profile should hit or spare
 * (gen_recipe.def), or a person of the watchlist in some spelling
 * (gen_spell.c), or a namesake who must not be taken for one.
 *
 * Lifetime: in the arena given. Threads: read-only once made.
 */
#ifndef TOOLS_GEN_PLAN_H
#define TOOLS_GEN_PLAN_H

#include "tools/gen_flight.h"
#include "tools/gen_recipe.h"
#include "tools/gen_wanted.h"

struct gen_plant {
	const struct gen_recipe *recipe;
	const struct gen_identity *identity; /* NULL: the dice decide */
	const char *target; /* "profile:..." or "list:demo-wanted:DW-0001" */
	const char *how;    /* "pattern", "as listed", "one edit", ... */
	bool hits;
	int who;
	int flight;
	uint32_t order; /* in the plan */
};

struct gen_plan {
	struct gen_plant *plant; /* sorted by flight */
	uint32_t nr;
	int hits, decoys;
	int left_out; /* no flight for them in a day this small */
	const struct gen_wanted *wanted; /* NULL without a list */
};

/*
 * Plan `copies` sets of all patterns and of all ways to spell a person.
 * `wanted` may be NULL: then no persons are planted.
 */
void gen_plan_make(struct gen_plan *out, const struct gen_day *day,
		   const struct gen_flight *flights,
		   const struct gen_wanted *wanted, int copies,
		   struct arena *a);

/* The plants of one flight: the first of them, and how many. */
const struct gen_plant *gen_plan_of(const struct gen_plan *plan, int flight,
				    uint32_t *nr);

#endif
