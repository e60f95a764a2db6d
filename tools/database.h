/*
 * database.h - which database a command talks to
 */
#ifndef TOOLS_DATABASE_H
#define TOOLS_DATABASE_H

#include "db/pg.h"

/*
 * Connect to `option` (--database), else to what PAXGATE_DATABASE names.
 * Returns 0 or an error fit for tool_fail(); close *out with pg_close().
 */
MUST_CHECK int database_open(struct pg **out, const char *option,
			     struct err *e);

/* As above, and the schema has to be the one this program knows. */
MUST_CHECK int database_open_checked(struct pg **out, const char *option,
				     struct err *e);

/* Print an error on standard error; returns the exit code for it. */
int tool_fail(const char *command, const struct err *e);

#endif
