/*
 * access.h - who may do what with the database, as its grants are now
 *
 * Lifetime: results live in the arena given. Threads: as the connection.
 */
#ifndef DB_ACCESS_H
#define DB_ACCESS_H

#include "db/pg.h"

/* What one role may do with one table or function. */
struct access_row {
	struct str object; /* "pax.hit", "ops.audit_open()" */
	struct str role;   /* without "paxgate_" */
	struct str may;	   /* letters of SIUDT, or X; "" nothing */
};

/*
 * All of them, by object and role. A partition stands there only where it
 * differs from its table, which it should not. Returns 0 or as pg_run().
 */
MUST_CHECK int access_read(struct access_row **out, uint32_t *nr, struct pg *pg,
			   struct arena *a, struct err *e);

/*
 * Are the roles there that schema steps ask for, or may the session user make
 * them? Returns 0; ERR_LEGAL: the sentence says which are missing and what to
 * do; or as pg_run().
 */
MUST_CHECK int access_check_roles(struct pg *pg, struct err *e);

#endif
