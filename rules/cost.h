/*
 * cost.h - what each profile and each predicate costs
 *
 *	rules_costs_new(&c, set, clock, 64, &e);
 *	rules_scratch_measure(scratch, c);
 *	... profile_set_eval() as ever ...
 *
 * Counted for every traveller: profiles that had to be evaluated, and hits. Of
 * every n-th one times are taken, too: of each profile, and of each predicate
 * when it is first asked for (what several profiles share is paid for by the
 * first of them, as it is in truth). A look at the clock costs some 25 ns and
 * is part of the times. Results do not depend on any of it; the clock comes
 * from outside, since screening has none.
 *
 * Threads: one costs for each scratch; rules_costs_add() sums them up.
 */
#ifndef RULES_COST_H
#define RULES_COST_H

#include "rules/profile_set.h"

struct cost {
	uint64_t nr; /* times that were taken */
	uint64_t ns, worst_ns;
};

struct profile_cost {
	uint64_t evaluated, hits; /* of all travellers */
	struct cost time;
	struct cost alone; /* by the reference evaluator, where it was run */
};

struct predicate_cost { /* of the timed travellers */
	struct cost time;
	uint64_t nr_true, nr_unknown;
};

struct rules_costs {
	const struct profile_set *set; /* borrowed */
	int64_t (*now_ns)(void);
	uint32_t every;		      /* n */
	uint64_t travellers;	      /* all */
	uint32_t until_timed;	      /* travellers before the next timed one */
	struct cost whole;	      /* of a timed traveller, index and all */
	struct profile_cost *profile; /* as in the set */
	uint32_t nr_profiles;
	struct predicate_cost *predicate;
	uint32_t nr_predicates;
};

/* None yet, for a set; `every` is 1 or more. Returns 0 or ERR_NOMEM. */
MUST_CHECK int rules_costs_new(struct rules_costs **out,
			       const struct profile_set *set,
			       int64_t (*now_ns)(void), uint32_t every,
			       struct err *e);
/* Free it; NULL is fine. */
void rules_costs_free(struct rules_costs *c);

/* From now on note what this scratch's evaluations cost; NULL: no more. */
void rules_scratch_measure(struct rules_scratch *s, struct rules_costs *c);

/* Add what `from` has to `to` (of the same set), and forget it in `from`. */
void rules_costs_move(struct rules_costs *to, struct rules_costs *from);

/* One more time. */
void cost_note(struct cost *c, int64_t ns);

/*
 * One JSON object a line: {"set": ...}, then {"profile": ...} and
 * {"predicate": ...}, the dearest in sum first. Times are nanoseconds; null
 * where none was taken.
 */
void rules_costs_write(struct buf *out, const struct rules_costs *c);

#endif
