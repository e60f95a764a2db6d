/*
 * trace.h - which values an evaluation read, for the evidence of a hit
 *
 * Runs after the verdict: a clause is evaluated again with a trace, so that
 * screening itself pays nothing. Values of masked fields may stand here;
 * evidence is sealed. Fixed room, no allocation; what does not fit is counted.
 */
#ifndef RULES_TRACE_H
#define RULES_TRACE_H

#include "rules/value.h"

enum {
	TRACE_MAX_SEEN = 768, /* 32 clauses of 24 */
	TRACE_MAX_TEXT = 768 * 240,
	TRACE_MAX_VALUE = 120, /* bytes of one value; the rest is cut off */
	TRACE_MAX_PATH = 120,
	TRACE_MAX_PER_CLAUSE = 24,
};

struct seen {
	struct str path;  /* "booking.payments[1].form" */
	struct str value; /* "CA" */
};

struct trace {
	struct seen seen[TRACE_MAX_SEEN];
	char text[TRACE_MAX_TEXT];
	uint32_t nr, nr_text, clause_first;
	uint32_t left_out; /* did not fit */
};

struct eval;
struct expr;

/* Forget everything; before the first verdict of a traveller. */
void trace_clear(struct trace *t);

/* A new clause begins; repeated reads in one are noted once. */
void trace_clause(struct trace *t);

/* The node `n` was read as `value`. */
void trace_add(struct trace *t, const struct eval *v, const struct expr *n,
	       const struct value *value);

/*
 * "booking.payments[1].form": the path of a field or collection, of at most
 * `cap` bytes in `to`; and that of the element that `v` is in.
 */
struct str trace_path(char *to, size_t cap, const struct eval *v,
		      const struct expr *n);
struct str trace_element(char *to, size_t cap, const struct eval *v);

#endif
