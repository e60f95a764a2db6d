/*
 * statistics.h - what a year came to, without persons
 *
 * Lifetime: results live in the arena given. Threads: as the connection.
 */
#ifndef DB_STATISTICS_H
#define DB_STATISTICS_H

#include "db/pg.h"

/* One number; what figures there are: db/sql/0010_statistics.sql. */
struct statistic {
	struct str figure; /* "hit.found" */
	struct str source; /* "list demo-wanted", a reason; "" none */
	int64_t n;
};

/* A year's, sorted by figure and source. Returns 0 or as pg_run(). */
MUST_CHECK int statistics_read(struct statistic **out, uint32_t *nr,
			       struct pg *pg, int32_t year, struct arena *a,
			       struct err *e);

#endif
