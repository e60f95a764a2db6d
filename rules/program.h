/*
 * program.h - all profiles of a set as one program
 *
 * The reference evaluator takes the profiles one by one. A program turns this
 * round. What a traveller is (values, numbers, a few shared predicates) is
 * looked up once; the answers mark the profiles one of whose clauses may be
 * true. Marks are counted, one bit a profile, since a hit takes at least two
 * clauses. Only profiles with marks enough and a scope that may hold are
 * evaluated, with predicates shared by all profiles and evaluated once.
 *
 * Marks never decide: a mark too many costs time, and one too few cannot be,
 * since a guard (guard.h) is necessary for its clause. Verdicts are those of
 * the reference, bit for bit. doc/hacking-profiles.md tells more.
 *
 * Lifetime: in the arena of the set. Threads: a program is shared and
 * read-only; a program_run belongs to one thread.
 */
#ifndef RULES_PROGRAM_H
#define RULES_PROGRAM_H

#include "rules/eval.h"
#include "rules/profile_set.h"

struct program;
struct rules_costs;

/* What one thread needs to run programs; a zeroed one is fine. */
struct program_run {
	struct arena arena;
	uint32_t nr_atoms, nr_slots, nr_ranges, nr_words; /* there is room */
	/* predicates: looked at, true, false; neither of them: unknown */
	uint64_t *done, *is_true, *is_false;
	uint64_t *has_value; /* values read so far */
	struct value *value; /* by slot */
	int64_t *probe;	     /* by range; see struct range */
	bool *has_probe;
	uint64_t *marks[4];	   /* bit p: profile p has more than k marks */
	uint64_t *may_run;	   /* bit p: its scope may hold */
	uint64_t nr_evaluated;	   /* profiles looked at, of all travellers */
	struct rules_costs *costs; /* borrowed; NULL: do not note any */
};

/* Compile the `nr` profiles of a set, in their order; borrowed. In the arena. */
struct program *program_compile(const struct profile *const *profile,
				uint32_t nr, struct arena *a);

/*
 * Evaluate all profiles for the traveller `v` was started with; as
 * profile_set_eval(). Allocates only when `run` meets a program larger than
 * those before. Without marks each profile is looked at: to the same result.
 */
uint32_t program_eval(const struct program *p, struct program_run *run,
		      struct eval *v, bool use_marks, struct verdict *out,
		      uint32_t cap);

/* Predicates in all conditions, or how many different ones there are. */
uint32_t program_predicates(const struct program *p, bool distinct);

/* A predicate, by its number. */
const struct expr *program_predicate(const struct program *p, uint32_t i);

/* Give back what a run holds. */
void program_run_release(struct program_run *run);

#endif
