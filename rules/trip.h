/*
 * trip.h - what the itinerary as a whole looks like
 *
 * Legs that are surface (ARNK) or cancelled do not count. A *stop* lies
 * between two legs; it is long when it lasts 24 hours or more. The turning
 * point is where the longest stop is. A *passage* is what lies between two
 * long stops, the turning point and the ends. doc/profiles.md has the
 * definitions.
 */
#ifndef RULES_TRIP_H
#define RULES_TRIP_H

#include "rules/derived.h"

enum {
	TRIP_MAX_LEGS = 64,
	TRIP_MAX_ROUTE = TRIP_MAX_LEGS * 9, /* a leg: "LGW-LHR//" */
};

/* An element of trip.stops. */
struct trip_stop {
	const struct leg *in, *out; /* lands with it, goes on with it */
	struct value length;	    /* a duration */
	enum tri is_long;
	enum tri via; /* not the turning point; of a one-way all are */
};

struct trip {
	bool read;  /* trip_read() has been here */
	bool known; /* the itinerary is there, each leg with both airports */
	const struct leg *leg[TRIP_MAX_LEGS];
	uint32_t nr; /* of legs; more than TRIP_MAX_LEGS: unknown */
	struct trip_stop stop[TRIP_MAX_LEGS - 1];
	uint32_t nr_stops;
	enum tri is_oneway, is_return;
	const struct trip_stop *turn; /* the longest; NULL when not certain */
	struct value stay;	      /* how long that is */
	char route[TRIP_MAX_ROUTE];   /* once written */
};

/* Work out the trip of a booking (NULL: not known). No allocation. */
void trip_read(struct trip *t, const struct rules_context *c,
	       const struct booking *b);

/* The same unless it has been done (t->read); returns t. */
const struct trip *trip_once(struct trip *t, const struct rules_context *c,
			     const struct booking *b);

/*
 * The airports of a known trip in their order, "GRU-LGW//LHR-VIE", written
 * into t->route; absent when one of them is no code of three letters.
 */
struct str trip_write_route(struct trip *t);

/* From the arrival of `a` to the departure of `b`. */
struct value trip_stop_length(const struct rules_context *c,
			      const struct leg *a, const struct leg *b);

/*
 * Does the leg after stop `s`, one of t->stop, lead back: to a city where
 * this passage has been, or over the border into a country where it has been?
 */
enum tri trip_turns_back(const struct trip *t, const struct rules_context *c,
			 const struct trip_stop *s);

#endif
