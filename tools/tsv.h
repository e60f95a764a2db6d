/*
 * tsv.h - a table of tab-separated values under a line of column names
 *
 *	struct tsv t;
 *	rc = tsv_read(&t, "pairs.tsv", &e);
 *	at = tsv_column(&t, "name_a|name");
 *	while (tsv_next(&t))
 *		use(tsv_cell(&t, at));
 *	tsv_release(&t);
 *
 * No quotes: a cell is what stands between tabs. Cells that a line lacks are
 * absent. Empty lines are passed over.
 *
 * Lifetime: cells are views into the file, until tsv_release(). Threads: one.
 */
#ifndef TOOLS_TSV_H
#define TOOLS_TSV_H

#include "base/buf.h"
#include "base/err.h"

enum { TSV_COLUMNS = 64 };

struct tsv {
	struct buf bytes;
	struct str rest;
	struct str column[TSV_COLUMNS], cell[TSV_COLUMNS];
	int nr_columns;
	uint32_t line; /* of the row in hand, from 1 */
};

/*
 * Read the file and its line of columns. Returns 0, or ERR_IO, or ERR_SYNTAX
 * when it has no columns, or more than TSV_COLUMNS; release it either way.
 */
MUST_CHECK int tsv_read(struct tsv *t, const char *path, struct err *e);

/* Free it; a zeroed struct is fine. */
void tsv_release(struct tsv *t);

/* The column with one of these names, "name_a|name": the first that there is;
 * -1 when there is none. */
int tsv_column(const struct tsv *t, const char *names);

/* The next row; false at the end. */
bool tsv_next(struct tsv *t);

/* A cell of the row in hand, without blanks around it; absent for column -1. */
struct str tsv_cell(const struct tsv *t, int column);

#endif
