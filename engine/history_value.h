/*
 * history_value.h - which values of a traveller are compared with earlier ones
 *
 * Numbers and addresses as docnumber_fold() has them. What would part nobody
 * from others is left out: an agency's own telephone, the last four digits of
 * a card without its holder, an address without its street.
 */
#ifndef ENGINE_HISTORY_VALUE_H
#define ENGINE_HISTORY_VALUE_H

#include "db/fact.h"
#include "parsers/record.h"

struct history_value {
	enum fact_kind kind;
	struct str text;
};

struct history_values {
	struct arena *arena;
	struct history_value *v;
	uint32_t nr;
};

/* All values of a subject. All in the arena of `out`, which is added to. */
void history_values_of(struct history_values *out, const struct subject *s);

/*
 * Of these, those that tell who somebody is: documents, and name with date of
 * birth. None: he cannot be told from others.
 */
void history_identity_of(struct history_values *out, const struct traveller *t);

/* The id of the trip: of a booking, else of the traveller on the flight. */
int64_t history_trip(const struct subject *s, int64_t flight_id,
		     int64_t traveller_id, struct arena *a);

#endif
