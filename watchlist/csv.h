/*
 * csv.h - rows of a CSV file, strictly
 *
 * RFC 4180, UTF-8 (a byte order mark is passed over), comma, header line with
 * the names of the columns in any order. Refused, with line and column name:
 * an unknown, repeated or missing column, a row with another number of
 * fields, bytes that are not UTF-8, NUL bytes, a field longer than its
 * column's limit, an empty field that must not be, a quote inside a field
 * without quotes, quotes open at the end. Values are not printed in errors:
 * they are about persons. libcsv is named in csv.c only.
 *
 * Threads: none of its own.
 */
#ifndef WATCHLIST_CSV_H
#define WATCHLIST_CSV_H

#include "base/arena.h"
#include "base/err.h"

enum { CSV_COLUMNS = 16, CSV_FIELD = 4096 };

struct csv_column {
	const char *name; /* NULL ends the table */
	bool required;	  /* never empty */
	uint16_t limit;	  /* bytes, at most CSV_FIELD */
};

struct csv_row_view {
	size_t line;		       /* its first, from 1 */
	struct str field[CSV_COLUMNS]; /* in the order of the table */
};

/*
 * Called for each row; fields are valid during the call. An error is passed
 * on with "line L: " before it.
 */
typedef int csv_handler(void *ctx, const struct csv_row_view *row,
			struct err *e);

/* Called for each row that is not one; the text of `e` begins "line L". */
typedef void csv_bad_row(void *ctx, size_t line, const struct err *e);

/*
 * Read `text` with the columns of `column`. Returns 0, or the error, whose
 * text begins "line L" and names the column. With `bad` (else NULL) only a
 * wrong header is an error: a row that is none goes there, and reading goes on
 * at the line behind it; when quotes were left open, behind the line in which
 * the row began.
 */
MUST_CHECK int csv_read_rows(struct str text, const struct csv_column *column,
			     csv_handler *handler, csv_bad_row *bad, void *ctx,
			     struct err *e);

/*
 * The same for a file without a header: fields stand in the order of the
 * table, each line is a row, so that one bad row cannot take others with it.
 * What csv_read_rows() refuses, and a row that `handler` fails on, goes to
 * `bad` and is passed over; so does nothing else. Empty lines are no rows.
 * Returns 0 or ERR_NOMEM.
 */
MUST_CHECK int csv_read_lines(struct str text, const struct csv_column *column,
			      csv_handler *handler, csv_bad_row *bad, void *ctx,
			      struct err *e);

#endif
