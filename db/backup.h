/*
 * backup.h - what a backup of the database needs to know of it
 *
 * pg_dump and psql do the work (tools/db_backup.c); they find the server by
 * libpq's environment, so that nothing of the connection stands in their
 * arguments.
 *
 * Threads: as the connection.
 */
#ifndef DB_BACKUP_H
#define DB_BACKUP_H

#include "db/pg.h"

/*
 * Set libpq's environment variables (PGHOST, PGSERVICE, ...) of this process as
 * a conninfo says, for children; passwords stay where libpq finds them (a
 * password file). Returns 0; ERR_USAGE when it is not well formed, or says what
 * has no variable.
 */
MUST_CHECK int backup_environment(const char *conninfo, struct err *e);

/* What a manifest says of a database. In the arena. */
struct backup_state {
	int64_t steps;	      /* of the schema */
	struct str last_step; /* name of the last */
	int64_t active, done; /* clock_days: active, masked or deleted */
	int64_t records;      /* kept masked */
	int64_t offsets;      /* of partitions of Kafka */
};

/* Ask for it. Returns 0 or as pg_run(). */
MUST_CHECK int backup_state(struct backup_state *out, struct pg *pg,
			    struct arena *a, struct err *e);

/*
 * A statement that makes the roles of schema steps where they are missing, as a
 * backup's grants name them. In the arena.
 */
const char *backup_roles(struct arena *a);

/* Does it have a schema of ours? Returns 0 or as pg_run(). */
MUST_CHECK int backup_is_empty(bool *empty, struct pg *pg, struct err *e);

/*
 * Is the database as a backup left it, with work to be done? *what: the
 * backup's hash, or absent. In the arena. Returns 0 or as pg_run().
 */
MUST_CHECK int backup_unsettled(struct str *what, struct pg *pg,
				struct arena *a, struct err *e);

/* All was done again: the engine may start. Returns 0 or as pg_run(). */
MUST_CHECK int backup_settle(struct pg *pg, struct err *e);

/* An offset as it is stored. */
struct backup_offset {
	struct str topic, group;
	int64_t parts, next; /* how many, and the sum of the next offsets */
};

/* By topic and group, in the arena. Returns 0 or as pg_run(). */
MUST_CHECK int backup_offsets(struct backup_offset **out, uint32_t *nr,
			      struct pg *pg, struct arena *a, struct err *e);

#endif
