/*
 * profile_clause.h - the clauses, constants and tests of a profile's file
 *
 * Used by profile.c only.
 */
#ifndef RULES_PROFILE_CLAUSE_H
#define RULES_PROFILE_CLAUSE_H

#include "rules/check.h"
#include "rules/profile.h"

struct profile_reader {
	struct profile *profile;
	struct faults *faults;
	struct regex **regexes;
	struct constant *constants;
	const struct named_lists *lists;
};

/* `constants:` (may be NULL) into r->constants. */
void read_constants(struct profile_reader *r, const struct yaml_node *n);

/* `let:` (may be NULL) into r->constants; after the constants. */
void read_definitions(struct profile_reader *r, const struct yaml_node *n);

/* A list of clauses; `sign` is 1 for incriminating, -1 for exonerating. */
void read_clauses(struct profile_reader *r, struct clause_list *out,
		  const struct yaml_node *n, int sign);

/* `tests:` (may be NULL). */
void read_tests(struct profile_reader *r, const struct yaml_node *n);

#endif
