/*
 * migrate.h - bringing the database to the schema this program knows
 *
 * Each file db/sql/NNNN_name.sql is one step, run in a transaction of its own
 * and recorded in ops.migration with a hash of its text. A step is never
 * edited once released: a change is a new file.
 */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include "db/pg.h"

enum migration_state {
	MIGRATION_APPLIED,
	MIGRATION_PENDING,
	MIGRATION_CHANGED, /* applied, but with another text */
	MIGRATION_UNKNOWN, /* applied by a newer program */
};

struct migration_status {
	struct str name;
	enum migration_state state;
	struct moment applied_at; /* UTC; absent while pending */
};

/*
 * Apply what is pending, in order. Engines that start at once wait for each
 * other. Returns how many were applied; ERR_INTEGRITY when the database was
 * made by a newer program, or an applied step has another text here;
 * ERR_LEGAL when roles are missing that the session user may not make; or as
 * pg_run().
 */
MUST_CHECK int migrate(struct pg *pg, struct err *e);

/*
 * The steps known here and in the database, sorted by name, in the arena.
 * Returns 0 or as pg_run(); changes nothing.
 */
MUST_CHECK int migrate_status(struct migration_status **out, uint32_t *nr,
			      struct pg *pg, struct arena *a, struct err *e);

/*
 * 0 when the schema is the one this program knows, or ERR_INTEGRITY with a
 * sentence that says what to do.
 */
MUST_CHECK int migrate_check(struct pg *pg, struct err *e);

#endif
