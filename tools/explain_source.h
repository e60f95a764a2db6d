/*
 * explain_source.h - which bytes of the message a profile's values came from
 *
 * Nothing is written down while a message is parsed; so it is tried: each
 * letter and digit of header and slice is changed in turn, the message parsed
 * again, and what the profile reads compared. Where a change changes a value,
 * there it came from, also one that is worked out of several (a lead time: of
 * two moments). The span is the run of letters and digits around.
 *
 * Threads: one.
 */
#ifndef TOOLS_EXPLAIN_SOURCE_H
#define TOOLS_EXPLAIN_SOURCE_H

#include "engine/subject.h"
#include "rules/reasons.h"

enum { SOURCE_MAX = 8 }; /* of one value; more are not told */

/* A place that a value came from. */
struct source_span {
	struct span at; /* bytes of header and slice joined */
	bool api;	/* of the API data's, not the booking's */
};

/* Where a value came from. */
struct value_source {
	struct source_span span[SOURCE_MAX];
	uint32_t nr;
};

/* What is screened, and how. */
struct source_input {
	struct subject_side pnr, api; /* one of them, or both */
	struct moment screened_at;
	const struct past *past; /* NULL: not known */
	const struct rules_context *context;
	struct regex_scratch *regex;
	const struct profile *profile;
};

/* As engine/subject.h, and takes the profile apart. 0 or ERR_INTEGRITY. */
MUST_CHECK int source_reasons(struct reasons *out,
			      const struct source_input *in, struct eval *v,
			      struct arena *a, struct err *e);

/* Header and slice joined, in the arena: what spans count. Absent: no side. */
struct str source_bytes(const struct subject_side *side, struct arena *a);

/* One for each of r->value, in the arena. */
void source_find(struct value_source **out, const struct reasons *r,
		 const struct source_input *in, struct arena *a);

#endif
