/*
 * reasons.h - why a profile hits a traveller, or does not
 *
 * A profile's conditions taken apart for one traveller: what stands between
 * `and`, `or` and `not` is a test, a collection's body is one for each
 * element, and each test has the value that it read. What is true of the
 * parts is what the reference evaluator says of the whole.
 *
 *	eval_start(v, &context, &subject, regex);
 *	reasons_make(&r, profile, v, &arena);
 *
 * Lifetime: in the arena; values borrow from the traveller and the profile.
 * Threads: one. Holds values of masked fields.
 */
#ifndef RULES_REASONS_H
#define RULES_REASONS_H

#include "rules/eval.h"
#include "rules/intern.h"
#include "rules/profile.h"

enum {
	REASONS_MAX = 20000, /* parts; what goes beyond is not taken apart */
	REASONS_MAX_CLAUSES = 2 * PROFILE_MAX_CLAUSES,
};

enum reason_kind {
	REASON_TEST, /* of one value */
	REASON_ALL,  /* the `and` of the children */
	REASON_ANY,  /* the `or` of them */
	REASON_NOT,  /* of the one child */
};

struct reason {
	enum reason_kind kind;
	enum tri outcome;
	const struct expr *expr; /* what of the condition it is */
	struct reason *child, *next;
	uint32_t value; /* REASON_TEST: number of what it reads */
};

/* What a test reads; the same for all tests of one value. */
struct reason_value {
	const struct expr *expr;
	bool is_test;	 /* it is the outcome of a test that has no literal */
	struct str key;	 /* the same bytes: the same value */
	struct str path; /* "booking.payments[1].form", "count(booking.legs)" */
	struct value value;
};

struct clause_reason {
	const struct clause *clause;
	struct reason *reason;
};

struct reasons {
	const struct profile *profile;
	bool valid;	      /* at the moment of screening */
	struct reason *scope; /* NULL: none is asked for */
	struct clause_reason clause[REASONS_MAX_CLAUSES];
	uint32_t nr_clauses; /* incriminating ones first */
	struct reason_value *value;
	uint32_t nr_values;
	uint32_t nr; /* parts */
};

/* Take the profile apart for the traveller that `v` was started with. */
void reasons_make(struct reasons *out, const struct profile *p, struct eval *v,
		  struct arena *a);

/*
 * Call `each` for the tests that decide an outcome: of an `or` that is true
 * the first true side, of an `and` that is false the first false one, else all
 * sides that are as the whole is.
 */
void reason_each_deciding(const struct reason *r,
			  void (*each)(const struct reason *test, void *arg),
			  void *arg);

#endif
