/*
 * trip.h - what the itinerary as a whole looks like
 *
 * Legs that are surface (ARNK) or cancelled do not count. A *stop* lies
 * between two legs; it is long when it lasts 24 hours or more. The turning
 * point is where the longest stop is. doc/profiles.md has the definitions.
 */
#ifndef RULES_TRIP_H
#define RULES_TRIP_H

#include "rules/derived.h"

enum { TRIP_MAX_LEGS = 64 };

struct trip {
	bool known; /* the booking's itinerary is there */
	const struct leg *leg[TRIP_MAX_LEGS];
	uint32_t nr; /* of legs; more than TRIP_MAX_LEGS: unknown */
	enum tri is_oneway, is_return;
	const struct leg *last_out; /* it lands at the turning point, or NULL */
	struct value stay;	    /* there */
};

/* Work out the trip of a booking (NULL: not known). No allocation. */
void trip_read(struct trip *t, const struct rules_context *c,
	       const struct booking *b);

/* From the arrival of `a` to the departure of `b`. */
struct value trip_stop(const struct rules_context *c, const struct leg *a,
		       const struct leg *b);

#endif
