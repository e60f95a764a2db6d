/*
 * shadow.h - what profiles in shadow said, for their authors
 *
 * Lifetime: results live in the arena. Threads: as the connection. Each
 * returns 0 or as pg_run().
 */
#ifndef DB_SHADOW_H
#define DB_SHADOW_H

#include "db/pg.h"

/* One revision on one day. */
struct shadow_day {
	int32_t revision, clock_day;
	int64_t n, travellers; /* of all travellers of the day */
};

/* From `first` on, by revision and day. */
MUST_CHECK int shadow_days(struct shadow_day **out, uint32_t *nr, struct pg *pg,
			   struct str profile, int32_t first, struct arena *a,
			   struct err *e);

/* A live profile, and how many of these travellers it hits, too. */
struct shadow_overlap {
	struct str source;
	int64_t n;
};

/* From `first` on, the most first. */
MUST_CHECK int shadow_overlaps(struct shadow_overlap **out, uint32_t *nr,
			       struct pg *pg, struct str profile, int32_t first,
			       struct arena *a, struct err *e);

/* One of them: the flight, the clauses under seal; no person. */
struct shadow_sample {
	int32_t clock_day;
	int64_t shadow_id;
	int32_t revision, score;
	struct str sealed, carrier, number, origin, destination;
};

/* From `first` on, the newest first, `limit` at most. */
MUST_CHECK int shadow_samples(struct shadow_sample **out, uint32_t *nr,
			      struct pg *pg, struct str profile, int32_t first,
			      int64_t limit, struct arena *a, struct err *e);

#endif
