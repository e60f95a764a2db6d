/*
 * series.h - messages that come in parts
 *
 * UNH S010 numbers the parts; sender, common access reference, type and
 * function tie them. References come again with the next push, so parts of one
 * reference fall into groups: in the order of their preparation a new one
 * begins where a number comes again, or after a pause. All is told from the
 * set of parts that a flight's state keeps, never from the order they came in.
 *
 * The parts' travellers are linked and screened as each part comes. A group
 * that is complete says one thing more: a push of all bookings is whole.
 */
#ifndef ENGINE_SERIES_H
#define ENGINE_SERIES_H

#include "engine/link.h"

enum {
	SERIES_PAUSE_S = 300,	 /* between two parts of one group, at most */
	SERIES_NUMBER_MAX = 999, /* of a part */
	SERIES_PARTS_MAX = 1024, /* a flight keeps the newest */
};

/* The newest group of a series. */
struct series {
	int64_t id;		     /* of the series, hashed with the flight */
	struct moment first, latest; /* times of preparation */
	struct str seen;	     /* "1-3,5", in the arena */
	int32_t last;		     /* number of the last part; 0: unknown */
	bool complete;
};

/* Is the message one of several parts? */
bool series_is_part(const struct message *m);

/* Remember a part; no part, nothing happens. */
void series_note(struct flight_state *s, const struct message *m);

/*
 * Sort the parts, drop repeats, keep the newest. Returns when the newest
 * complete push of all bookings began to be prepared, or NO_MOMENT.
 */
struct moment series_settle(struct flight_state *s);

/* What is known of the series that a part belongs to; after series_settle(). */
void series_of(struct series *out, const struct flight_state *s,
	       const struct message *m, struct arena *a);

#endif
