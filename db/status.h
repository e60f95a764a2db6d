/*
 * status.h - the state of the database, for operators
 *
 * Lifetime: results live in the arena given.
 */
#ifndef DB_STATUS_H
#define DB_STATUS_H

#include "db/migrate.h"

/* A setting of the server that is not as it has to be. */
struct setting_warning {
	struct str name, is, wanted;
};

struct db_status {
	struct str version, role, database;
	struct migration_status *step;
	uint32_t nr_step;
	struct setting_warning *warning;
	uint32_t nr_warning;
	/* only when the schema is there */
	bool has_schema;
	int64_t days;		/* with partitions */
	struct str first, last; /* of these days, YYYYMMDD */
	int64_t quarantined;
	int64_t partitions; /* of Kafka, whose offsets are known */
};

/*
 * Ask for all of it. Returns 0 or as pg_run(). Warnings are settings under
 * which PostgreSQL's own log would hold values of rows (invariant 3), or a
 * query over many days would run out of locks.
 */
MUST_CHECK int status_read(struct db_status *out, struct pg *pg,
			   struct arena *a, struct err *e);

#endif
