/*
 * copy.h - rows by COPY BINARY
 *
 *	struct copy c = { 0 };
 *	copy_begin(&c, ROW_ID_slice);
 *	for (...)
 *		copy_row(&c, &row[i]);
 *	rc = copy_end(&c, pg, "pax.slice_20261122", &e);
 *
 * Rows gather in memory; a failure sticks, and copy_end() is the one place
 * that can say no. For rows that are surely new: one key that is there fails
 * the whole. Not inside a pipeline.
 *
 * Lifetime: reuse it, copy_release() in the end. Threads: belongs to one.
 */
#ifndef DB_COPY_H
#define DB_COPY_H

#include "db/pg.h"

struct copy {
	struct buf data;
	const struct row_table *table;
	const char *bad; /* column whose value did not fit */
	uint32_t nr;
};

/* Start gathering rows of a table. */
void copy_begin(struct copy *c, enum row_id id);

/* Add a row: the table's struct of row.h. Borrows nothing. */
void copy_row(struct copy *c, const void *row);

/*
 * Send the rows to `target`, a table with the same columns; a constant or
 * made of day_digits_of(), never of data. Returns 0, ERR_VALUE when a number
 * did not fit, or as pg_run().
 */
MUST_CHECK int copy_end(struct copy *c, struct pg *pg, const char *target,
			struct err *e);

/* Free its memory. */
void copy_release(struct copy *c);

#endif
