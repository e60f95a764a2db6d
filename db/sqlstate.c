/*
 * sqlstate.c - what a SQLSTATE means to us, in our words
 *
 * Codes: PostgreSQL 15 documentation, appendix A.
 */
#include "db/pg_internal.h"

#include <string.h>

struct state_row {
	const char
		*prefix; /* whole code or its class; the first match counts */
	enum pg_fault fault;
	const char *words;
};

/* clang-format off */
static const struct state_row states[] = {
	{ "08",	   PG_LOST,    "the connection to the database was lost" },
	{ "25P03", PG_LOST,    "the session was ended: idle in a transaction for too long" },
	{ "57P01", PG_LOST,    "the server was told to end the session" },
	{ "57P02", PG_LOST,    "the server crashed and recovers" },
	{ "57P03", PG_LOST,    "the server is starting or stopping" },
	{ "57P05", PG_LOST,    "the session was ended: idle for too long" },
	{ "40",	   PG_RETRY,   "another transaction was in the way" },
	{ "55P03", PG_WAIT,    "a lock was not free in time" },
	{ "PXM01", PG_MASKED,  "the day is masked" },
	{ "57014", PG_RETRY,   "the statement was cancelled" },
	{ "23505", PG_THERE,   "a row with this key is already there" },
	{ "21",	   PG_ROW,     "a key stands twice in one statement" },
	{ "22",	   PG_ROW,     "a value is not acceptable" },
	{ "23",	   PG_ROW,     "a row breaks a rule of its table" },
	{ "54",	   PG_ROW,     "a row exceeds a limit of the server" },
	{ "25006", PG_WAIT,    "the server is read-only" },
	{ "53100", PG_WAIT,    "the server's disk is full" },
	{ "53",	   PG_WAIT,    "the server is short of disk, memory or connections" },
	{ "57",	   PG_WAIT,    "an operator stepped in" },
	{ "58",	   PG_WAIT,    "the server's system failed" },
	{ "42501", PG_REFUSED, "the role lacks a permission" },
	{ "28",	   PG_REFUSED, "the role may not connect" },
	{ "3D000", PG_REFUSED, "there is no such database" },
	{ "42",	   PG_REFUSED, "the schema is not the one this program knows; see 'paxgate db status'" },
	{ "3F000", PG_REFUSED, "the schema is not the one this program knows; see 'paxgate db status'" },
	{ "",	   PG_REFUSED, "the server refused" },
};
/* clang-format on */

enum pg_fault sqlstate_fault(const char *sqlstate, const char **words)
{
	const struct state_row *s = states;

	while (strncmp(sqlstate, s->prefix, strlen(s->prefix)))
		s++;
	*words = s->words;
	return s->fault;
}
