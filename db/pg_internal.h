/*
 * pg_internal.h - what the files of a connection share (pg.c, pipe.c, copy.c)
 */
#ifndef DB_PG_INTERNAL_H
#define DB_PG_INTERNAL_H

#include "db/pg.h"

#include <libpq-fe.h>

enum { PG_STATEMENTS = 256, PG_DAYS = 64, PG_MONTHS = 4 };

struct pg {
	PGconn *conn;
	enum pg_fault fault;
	bool lost;		      /* PG_LOST was seen */
	uint32_t row_oid[ROW_TABLES]; /* of composite types; 0: not asked yet */
	/* prepared statements: number i is called "p<i>" on the server */
	struct {
		const char *sql;
		int32_t day;
	} statement[PG_STATEMENTS];
	uint32_t nr_statement;
	bool stale; /* the server may know fewer than we think */
	/* days whose partitions were seen; the oldest is overwritten */
	int32_t day[PG_DAYS];
	uint32_t nr_day;
	int32_t month[PG_MONTHS]; /* whose facts have a partition */
	uint32_t nr_month;
	/* the pipeline: what was sent, and the results so far */
	struct pipe_entry {
		const char *what;
		PGresult *result;
		bool is_prepare;
	} * pipe;
	uint32_t nr_pipe, nr_done, cap_pipe;
	bool piping;
};

/*
 * Turn a result that is not a success (NULL: no connection) into the error
 * text and the connection's fault; returns the err_code.
 */
int pg_fail(struct pg *pg, const char *what, const PGresult *r, struct err *e);

/* Did the statement work? */
bool pg_result_is_fine(const PGresult *r);

/* The kind and our words for a SQLSTATE (sqlstate.c). */
enum pg_fault sqlstate_fault(const char *sqlstate, const char **words);

#endif
