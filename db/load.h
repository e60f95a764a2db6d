/*
 * load.h - what the database knows, for the engine to go on from
 *
 * Lifetime: all in the arena given. Threads: as the connection.
 */
#ifndef DB_LOAD_H
#define DB_LOAD_H

#include "db/pg.h"

/*
 * A flight as it was last committed: its row (version 0: there is none yet),
 * its travellers by id, and every slice they are made of, by hash. Sealed
 * bytes are as they were stored.
 */
struct flight_rows {
	struct flight_row flight;
	struct traveller_row *traveller;
	uint32_t nr_traveller;
	struct slice_row *slice;
	uint32_t nr_slice;
};

/*
 * The clock_day of a flight: the UTC day of the first message received for
 * it. `today` becomes it at first sight, at once and for good. Returns 0 or
 * as pg_run().
 */
MUST_CHECK int load_clock_day(int32_t *out, struct pg *pg, int64_t flight_id,
			      int32_t today, struct err *e);

/*
 * A flight's rows, in one round trip. Makes the day's partitions if need be.
 * Returns 0, ERR_INTEGRITY when a slice is missing, or as pg_run().
 */
MUST_CHECK int load_flight(struct flight_rows *out, struct pg *pg,
			   int64_t flight_id, int32_t clock_day,
			   struct arena *a, struct err *e);

/*
 * The next offset to read of a partition. At first sight it becomes `first`,
 * the oldest that the broker has. Returns 0 or as pg_run().
 */
MUST_CHECK int load_offset(int64_t *out, struct pg *pg, struct str cluster,
			   struct str group, struct str topic, int32_t part,
			   int64_t first, struct err *e);

/* The same without leaving a trace: -1 when nobody has read it yet. */
MUST_CHECK int load_offset_seen(int64_t *out, struct pg *pg, struct str cluster,
				struct str group, struct str topic,
				int32_t part, struct err *e);

#endif
