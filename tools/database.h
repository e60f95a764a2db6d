/*
 * database.h - which database a command talks to
 */
#ifndef TOOLS_DATABASE_H
#define TOOLS_DATABASE_H

#include "db/pg.h"
#include "engine/config.h"

/*
 * The settings of `file` (-c; NULL: presets), with `conninfo` (--database) in
 * place of theirs when it is given. Texts live in the arena or are borrowed.
 */
MUST_CHECK int tool_settings(struct config *out, const char *file,
			     const char *conninfo, struct arena *a,
			     struct err *e);

/* Connect. Returns 0 or as pg_open(); close *out with pg_close(). */
MUST_CHECK int database_open(struct pg **out, const struct config *c,
			     struct err *e);

/* As above, and the schema has to be the one this program knows. */
MUST_CHECK int database_open_checked(struct pg **out, const struct config *c,
				     struct err *e);

/* Print an error on standard error; returns the exit code for it. */
int tool_fail(const char *command, const struct err *e);

#endif
