/*
 * pg.h - one connection to PostgreSQL
 *
 *	rc = pg_open(&pg, &(struct pg_settings){ .conninfo = "..." }, &e);
 *	args_put(&args, COL_I64, &id);
 *	rc = pg_run(pg, "reading a flight", sql, &args, &result, &e);
 *
 * libpq's and the server's error texts hold values, so none of them gets into
 * a struct err: an error is what we were doing, our own words for its kind,
 * and the SQLSTATE. Notices are dropped.
 *
 * Statements sent through pg_pipe_*() are prepared once on each connection
 * and travel together in libpq's pipeline mode. A `:day` in the text becomes
 * the day's digits: "pax.hit_:day" is pax.hit_20261122, so that a plan looks
 * at one partition and locks no other.
 *
 * Threads: a connection belongs to one.
 */
#ifndef DB_PG_H
#define DB_PG_H

#include "db/row.h"

struct pg;
struct pg_result; /* libpq's PGresult */

struct pg_settings {
	const char *conninfo;	 /* libpq keywords or URI; NULL: environment */
	const char *application; /* shown in pg_stat_activity; may be NULL */
	/*
	 * 0: no limit. Below the consumer group's session time-out, so that
	 * neither a sleeping owner nor its waiting successor holds up the other.
	 */
	int idle_in_transaction_ms, lock_ms;
	/*
	 * Always use indexes: a partition that is minutes old has no
	 * statistics to plan by.
	 */
	bool plan_by_index;
};

/* What a failure means for who has to decide what to do next. */
enum pg_fault {
	PG_FINE,
	PG_LOST,    /* no connection any more: open another */
	PG_RETRY,   /* another transaction was in the way: do it again */
	PG_THERE,   /* a row with this key exists (unique_violation) */
	PG_ROW,	    /* a value or row is not acceptable */
	PG_WAIT,    /* the server cannot now: disk, memory, read-only, ... */
	PG_MASKED,  /* the day is closed for good */
	PG_REFUSED, /* not permitted, or the schema is another */
};

/*
 * Open a connection. Returns 0; ERR_USAGE when conninfo is not well formed or
 * holds a password, when the server refuses ours, or we its certificate; or
 * ERR_IO when there is no connection: the text says where and why. Close it
 * with pg_close().
 */
MUST_CHECK int pg_open(struct pg **out, const struct pg_settings *s,
		       struct err *e);
void pg_close(struct pg *pg);

/* Is the connection usable, as far as libpq knows without asking? */
bool pg_is_alive(const struct pg *pg);

/* The kind of the last failure. */
enum pg_fault pg_last_fault(const struct pg *pg);

/* The role we are connected as. */
const char *pg_role(const struct pg *pg);

/* Process id of the server's side; for tests. */
int pg_backend_pid(const struct pg *pg);

/* The arguments of a statement, in binary. A zeroed struct is empty. */
enum { PG_ARGS = 16 };

struct pg_args {
	struct buf data;
	struct {
		size_t at;
		int len;      /* -1: null */
		uint32_t oid; /* 0: the server infers it */
	} arg[PG_ARGS];
	int nr;
	const char *bad; /* column whose value did not fit; sticks */
};

/* Empty it, keep the memory. */
void args_clear(struct pg_args *a);
/* Free the memory; the struct is empty again. */
void args_release(struct pg_args *a);

/* Append one argument: a pointer to what row.h's type says. */
void args_put(struct pg_args *a, enum row_type type, const void *value);

/*
 * Append an array of rows, as `$n::pax.slice[]` of the statement: those of
 * the `nr` rows whose first column is `day`, or all with day 0. Returns how
 * many that are. The connection knows the server's number for the type, but
 * only between pg_pipe_begin() and pg_pipe_end().
 */
uint32_t args_put_rows(struct pg_args *a, const struct pg *pg, enum row_id id,
		       const void *rows, uint32_t nr, int32_t day);

/*
 * Run one statement and wait. `what` is for the error: "reading a flight".
 * `args` may be NULL. The result, in binary, goes to *out (free it with
 * pg_result_free()), or is dropped when `out` is NULL. Returns 0 or ERR_DB,
 * ERR_IO (connection lost), ERR_VALUE (an argument did not fit).
 */
MUST_CHECK int pg_run(struct pg *pg, const char *what, const char *sql,
		      const struct pg_args *args, struct pg_result **out,
		      struct err *e);

/* Run a text of several statements without arguments. As pg_run(). */
MUST_CHECK int pg_script(struct pg *pg, const char *what, const char *sql,
			 struct err *e);

/*
 * COMMIT. Returns 0 when it is certain; any other result with PG_LOST means
 * that nobody knows, otherwise the transaction was rolled back.
 */
MUST_CHECK int pg_commit(struct pg *pg, struct err *e);

/* ROLLBACK, if there is a connection to do it on. */
void pg_rollback(struct pg *pg);

/*
 * A series of statements in one round trip. pg_pipe_begin(); pg_pipe_send()
 * each; pg_pipe_sync() waits for all sent so far and may be called again
 * after more; results stay until pg_pipe_end(), numbered from 0. After the
 * first statement that fails the server skips the others; pg_pipe_sync()
 * returns that failure. pg_pipe_end() is always safe.
 */
MUST_CHECK int pg_pipe_begin(struct pg *pg, struct err *e);
MUST_CHECK int pg_pipe_send(struct pg *pg, const char *what, const char *sql,
			    int32_t day, const struct pg_args *args,
			    struct err *e);
MUST_CHECK int pg_pipe_sync(struct pg *pg, struct err *e);
uint32_t pg_pipe_sent(const struct pg *pg);
const struct pg_result *pg_pipe_result(const struct pg *pg, uint32_t i);
void pg_pipe_end(struct pg *pg);

/* Rows that a statement inserted, updated, deleted or returned. */
int64_t pg_result_rows(const struct pg_result *r);
void pg_result_free(struct pg_result *r);

/*
 * Read row `i` of a result, from its column `first` on, into the row struct
 * of table `id`, copied to the arena. Returns 0, or ERR_INTEGRITY when the
 * columns are not those of row.def.
 */
MUST_CHECK int pg_read_row(void *row, enum row_id id, const struct pg_result *r,
			   int64_t i, int first, struct arena *a,
			   struct err *e);

/*
 * Read all rows of a result, from its first column on: *out, a
 * pointer to the table's row struct, gets an array in the arena. As
 * pg_read_row().
 */
MUST_CHECK int pg_read_rows(void *out, uint32_t *nr, enum row_id id,
			    const struct pg_result *r, struct arena *a,
			    struct err *e);

/* Read one field; *to is untouched when it is null. As pg_read_row(). */
MUST_CHECK int pg_read_field(void *to, enum row_type type,
			     const struct pg_result *r, int64_t i, int column,
			     struct arena *a, struct err *e);

/*
 * Make the partitions of a day, unless they are there; the connection
 * remembers the days it has seen. Call it outside a transaction. Any number
 * of sessions may do so at once. Returns 0, ERR_LEGAL when the day is masked
 * (fault PG_MASKED), or as pg_run().
 */
MUST_CHECK int partition_ensure(struct pg *pg, int32_t clock_day,
				struct err *e);

/* The same for the facts of the day's month, db/fact.h. */
MUST_CHECK int partition_of_facts(struct pg *pg, int32_t clock_day,
				  struct err *e);

/* "20261122" of days since 1970-01-01, ended by a NUL. */
struct day_digits {
	char text[16];
};
struct day_digits day_digits_of(int32_t day);

#endif
