/*
 * derived.h - fields that no message states: lead time, trip type, age, ...
 *
 * Each DERIVED row of parsers/record.def has a row here with its function.
 * Their definitions stand in doc/profiles.md. What a function cannot know it
 * leaves unknown. Pure functions of subject and context; no allocation.
 */
#ifndef RULES_DERIVED_H
#define RULES_DERIVED_H

#include "parsers/record.h"
#include "rules/reference.h"
#include "rules/value.h"

/* What stays the same for all travellers. Borrowed. */
struct rules_context {
	struct str home; /* the PIU's country, alpha-3 */
	const struct reference *reference;
};

struct trip;

struct derived_input {
	const struct rules_context *context;
	const struct subject *subject;
	const void *self;  /* whose field: a traveller, a flight, a stop ... */
	struct trip *trip; /* the subject's, worked out when first asked for */
};

struct derived {
	const char *record, *name; /* of the row in record.def */
	/* Sets *out, which comes unknown and with its type. */
	void (*compute)(struct value *out, const struct derived_input *in);
};

extern const struct derived derived_table[];
extern const size_t derived_table_nr;

/* The row for a derived field, or NULL. */
const struct derived *derived_find(const struct field *f);

/*
 * A local time at an airport, in UTC with its clock; unknown where time or
 * airport are not stated or the airport not in the reference tables.
 */
struct value local_time(const struct rules_context *c, struct str airport,
			struct moment local);

#endif
