/*
 * profile_scope.h - which flights a profile looks at
 *
 *	scope: {direction: inbound, carriers: [X9], origins: [CMN]}
 *
 * Each key is a list, one value, or the name of a list; all keys must hold. What is not known
 * does not match. No key at all: every flight.
 */
#ifndef RULES_PROFILE_SCOPE_H
#define RULES_PROFILE_SCOPE_H

#include "rules/check.h"
#include "rules/eval.h"
#include "rules/read.h"

enum profile_scope_kind {
	SCOPE_DIRECTION,	     /* trip.direction */
	SCOPE_CARRIERS,		     /* flight.carrier */
	SCOPE_ORIGINS,		     /* flight.origin */
	SCOPE_DESTINATIONS,	     /* flight.destination */
	SCOPE_ORIGIN_COUNTRIES,	     /* country(flight.origin) */
	SCOPE_DESTINATION_COUNTRIES, /* country(flight.destination) */
	NR_SCOPES,
};

struct profile_scope {
	struct expr *when; /* checked; NULL: every flight */
	struct str *words[NR_SCOPES];
	uint32_t nr[NR_SCOPES];
};

/*
 * Read the map; faults are noted. The keys become one expression, so that
 * a compiler sees scopes and clauses alike. `rules` has the lists that keys
 * may name. Everything in the faults' arena.
 */
void profile_scope_read(struct profile_scope *out, struct faults *f,
			const struct yaml_node *n,
			const struct check_rules *rules);

/* The word for a kind: "direction", ... */
const char *profile_scope_name(enum profile_scope_kind k);

#endif
