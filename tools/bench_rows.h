/*
 * bench_rows.h - the day's travellers as rows, in batches for the database
 *
 * Flights, slices, bookings and travellers as the engine makes them; no hits.
 * Lifetime: in the arena, borrowing from the day. Threads: one.
 */
#ifndef TOOLS_BENCH_ROWS_H
#define TOOLS_BENCH_ROWS_H

#include "db/store.h"
#include "tools/bench_day.h"

struct bench_batch {
	struct store_batch rows; /* of the arrays below */
	struct offset_claim *offset;
	struct flight_claim *flight;
	struct slice_row *slice;
	struct booking_row *booking;
	struct traveller_row *traveller;
	struct traveller_key *screened;
};

struct bench_rows {
	struct bench_batch *batch;
	uint32_t nr;
	int64_t rows; /* of the four tables together */
};

/* Make the rows of all persons of a linked day. */
void bench_rows_make(struct bench_rows *out, const struct bench_day *day,
		     struct arena *a);

/*
 * Turn them into those of another clock_day (days since 1970-01-01) and of
 * partition 0 of another cluster, whose offsets begin at 0.
 */
void bench_rows_set(struct bench_rows *r, int32_t day, struct str cluster);

#endif
