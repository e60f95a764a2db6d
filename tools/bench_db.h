/*
 * bench_db.h - a database for the length of a measurement
 *
 * Made beside the configured one on the same server, as paxgate_bench_PID, and
 * dropped afterwards: what is there is not touched. The role must be allowed to
 * create databases.
 */
#ifndef TOOLS_BENCH_DB_H
#define TOOLS_BENCH_DB_H

#include "db/pg.h"

struct bench_db {
	struct pg *admin; /* connected to the configured database */
	const char *name, *conninfo;
};

/*
 * Create it, with the schema in it. `conninfo` as in libpq; texts live in the
 * arena. Returns 0 or as pg_open(), pg_run(); bench_db_drop() in any case.
 */
MUST_CHECK int bench_db_create(struct bench_db *out, const char *conninfo,
			       struct arena *a, struct err *e);

/* Drop it, whoever is still connected; a zeroed struct is fine. */
void bench_db_drop(struct bench_db *db);

#endif
