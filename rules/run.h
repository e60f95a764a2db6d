/*
 * run.h - a program while it runs
 *
 * For run*.c.
 */
#ifndef RULES_RUN_H
#define RULES_RUN_H

#include "rules/program_parts.h"

/* One traveller's run; borrowed from the caller of program_eval(). */
struct running {
	const struct program *program;
	struct program_run *run;
	struct eval *eval;
	int64_t day;		   /* of screening */
	struct rules_costs *costs; /* NULL: not noted */
	bool timed;		   /* times are noted, too */
};

/* Forget the traveller before; makes room when the program is a larger one. */
void run_clear(struct running *r);

/*
 * Look up what the traveller is, and mark profiles. False: there is none whose
 * scope may hold.
 */
bool run_marks(struct running *r);

/* A value, read when first asked for. */
const struct value *run_value(struct running *r, uint32_t slot);

/* A predicate, evaluated when first asked for. */
enum tri run_atom(struct running *r, uint32_t number);

#endif
