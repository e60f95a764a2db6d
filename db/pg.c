#include "db/pg_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool pg_result_is_fine(const PGresult *r)
{
	ExecStatusType s = PQresultStatus(r);

	return s == PGRES_COMMAND_OK || s == PGRES_TUPLES_OK;
}

int pg_fail(struct pg *pg, const char *what, const PGresult *r, struct err *e)
{
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	const char *words;

	pg->stale = true;
	pg->fault = sqlstate_fault(state ? state : "08006", &words);
	if (PQstatus(pg->conn) != CONNECTION_OK)
		pg->fault = PG_LOST;
	/* libpq notices only when it reads again, what the server announced */
	pg->lost |= pg->fault == PG_LOST;
	return err_at(e, pg->fault == PG_LOST ? ERR_IO : ERR_DB, 0,
		      "%s: %s (SQLSTATE %s)", what, words,
		      state ? state : "08006");
}

static void drop_notice(void *arg, const PGresult *r)
{
	(void)arg;
	(void)r;
}

/* Why libpq got no connection, without quoting it; does trying again help? */
static const struct {
	const char *part;
	enum err_code code;
	const char *words;
} reasons[] = {
	{ "does not match host name", ERR_USAGE,
	  "its certificate is for another host name" },
	{ "certificate verify failed", ERR_USAGE,
	  "nobody in sslrootcert has signed its certificate" },
	{ "root certificate file", ERR_USAGE,
	  "sslrootcert names no file that can be read" },
	{ "certificate file", ERR_USAGE,
	  "sslcert names no file that can be read" },
	{ "private key file", ERR_USAGE,
	  "sslkey names no file of mode 0600 that can be read" },
	{ "does not support SSL", ERR_USAGE,
	  "sslmode asks for TLS, and the server speaks none there" },
	{ "No such file", ERR_IO, "no server listens there" },
	{ "Connection refused", ERR_IO, "no server listens there" },
	{ "starting up", ERR_IO, "the server is starting" },
	{ "shutting down", ERR_IO, "the server is stopping" },
	{ "recovery", ERR_IO, "the server recovers" },
	{ "too many", ERR_IO, "the server has no connection left" },
	{ "remaining connection slots", ERR_IO,
	  "the server has no connection left" },
	{ "timeout expired", ERR_IO, "no answer in time" },
	{ "translate host name", ERR_IO, "the host is not known" },
	{ "Permission denied", ERR_IO, "the socket may not be used" },
	{ "password", ERR_USAGE,
	  "the password was refused or is missing; passfile names a file of "
	  "mode 0600 that holds it" },
	{ "authentication", ERR_IO, "the role was refused" },
	{ "pg_hba", ERR_IO, "the server does not accept this role from here" },
	{ "database \"", ERR_IO, "there is no such database" },
	{ "role \"", ERR_IO, "there is no such role" },
	{ "certificate", ERR_USAGE, "the certificates do not match" },
	{ "SSL", ERR_IO, "TLS could not be agreed on" },
};

static int no_connection(const PGconn *conn, struct err *e)
{
	const char *host = PQhost(conn), *port = PQport(conn);
	const char *text = PQerrorMessage(conn), *words = "no connection";
	enum err_code code = ERR_IO;

	for (size_t i = ARRAY_SIZE(reasons); i-- > 0;) {
		if (!strstr(text, reasons[i].part))
			continue;
		code = reasons[i].code;
		words = reasons[i].words;
	}
	return err_at(e, code, 0, "no database at '%s' port %s: %s",
		      host ? host : "", port ? port : "", words);
}

static int check_conninfo(const char *conninfo, struct err *e)
{
	char *why = NULL;
	PQconninfoOption *o = PQconninfoParse(conninfo, &why);

	PQfreemem(why); /* may quote the string, and that a password */
	if (!o)
		return err_at(e, ERR_USAGE, 0,
			      "the database's connection string is not well "
			      "formed; it is 'host=... dbname=...' or a "
			      "postgresql:// URI");
	for (const PQconninfoOption *x = o; x->keyword; x++)
		if (x->val && (!strcmp(x->keyword, "password") ||
			       !strcmp(x->keyword, "sslpassword")))
			err_at(e, ERR_USAGE, 0,
			       "the database's connection string may not hold "
			       "a password: passfile=PATH names a file of mode "
			       "0600 that does, %s",
			       "one line HOST:PORT:DATABASE:USER:PASSWORD");
	PQconninfoFree(o);
	return e->code;
}

static int apply_settings(struct pg *pg, const struct pg_settings *s,
			  struct err *e)
{
	char sql[400];

	snprintf(sql, sizeof(sql),
		 "SET client_min_messages = error;"
		 "SET timezone = 'UTC';"
		 "SET search_path = pg_catalog;"
		 "SET idle_in_transaction_session_timeout = %d;"
		 "SET lock_timeout = %d;%s",
		 s->idle_in_transaction_ms, s->lock_ms,
		 s->plan_by_index ? "SET enable_seqscan = off;"
				    "SET enable_hashjoin = off;"
				    "SET enable_mergejoin = off;"
				    "SET plan_cache_mode = force_generic_plan;"
				  : "");
	return pg_script(pg, "connecting", sql, e);
}

int pg_open(struct pg **out, const struct pg_settings *s, struct err *e)
{
	/* what stands before dbname is a default for what conninfo leaves out */
	const char *key[] = { "connect_timeout",  "keepalives_idle",
			      "tcp_user_timeout", "fallback_application_name",
			      "dbname",		  NULL };
	const char *value[] = { "10",
				"10",
				"10000",
				s->application ? s->application : "paxgate",
				s->conninfo ? s->conninfo : "",
				NULL };
	struct pg *pg;
	int rc;

	rc = check_conninfo(value[4], e);
	if (rc < 0)
		return rc;
	pg = calloc(1, sizeof(*pg));
	if (!pg)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	pg->conn = PQconnectdbParams(key, value, 1);
	if (PQstatus(pg->conn) != CONNECTION_OK) {
		rc = no_connection(pg->conn, e);
		goto fail;
	}
	PQsetNoticeReceiver(pg->conn, drop_notice, NULL);
	rc = apply_settings(pg, s, e);
	if (rc < 0)
		goto fail;
	*out = pg;
	return 0;
fail:
	pg_close(pg);
	return rc;
}

void pg_close(struct pg *pg)
{
	if (!pg)
		return;
	for (uint32_t i = 0; i < pg->nr_pipe; i++)
		PQclear(pg->pipe[i].result);
	free(pg->pipe);
	PQfinish(pg->conn);
	free(pg);
}

bool pg_is_alive(const struct pg *pg)
{
	return !pg->lost && PQstatus(pg->conn) == CONNECTION_OK;
}

enum pg_fault pg_last_fault(const struct pg *pg)
{
	return pg->fault;
}

const char *pg_role(const struct pg *pg)
{
	return PQuser(pg->conn);
}

int pg_backend_pid(const struct pg *pg)
{
	return PQbackendPID(pg->conn);
}

int pg_run(struct pg *pg, const char *what, const char *sql,
	   const struct pg_args *args, struct pg_result **out, struct err *e)
{
	const char *value[PG_ARGS];
	int len[PG_ARGS], format[PG_ARGS], nr = args ? args->nr : 0;
	Oid type[PG_ARGS];
	PGresult *r;
	int rc;

	if (args && (args->bad || args->data.failed))
		return err_at(e, ERR_VALUE, 0, "%s: '%s' does not fit", what,
			      args->bad ? args->bad : "it");
	for (int i = 0; i < nr; i++) {
		value[i] = args->arg[i].len < 0
				   ? NULL
				   : args->data.data + args->arg[i].at;
		len[i] = args->arg[i].len;
		format[i] = 1;
		type[i] = args->arg[i].oid;
	}
	r = PQexecParams(pg->conn, sql, nr, type, value, len, format, 1);
	if (!pg_result_is_fine(r)) {
		rc = pg_fail(pg, what, r, e);
		PQclear(r);
		return rc;
	}
	if (out)
		*out = r;
	else
		PQclear(r);
	return 0;
}

int pg_script(struct pg *pg, const char *what, const char *sql, struct err *e)
{
	PGresult *r = PQexec(pg->conn, sql);
	int rc = 0;

	if (!pg_result_is_fine(r))
		rc = pg_fail(pg, what, r, e);
	PQclear(r);
	return rc;
}

int pg_commit(struct pg *pg, struct err *e)
{
	PGresult *r = PQexec(pg->conn, "COMMIT");
	int rc = 0;

	if (!pg_result_is_fine(r)) {
		rc = pg_fail(pg, "committing", r, e);
	} else if (strcmp(PQcmdStatus(r), "COMMIT")) {
		/* the server answers ROLLBACK when a statement had failed */
		pg->fault = PG_RETRY;
		rc = err_at(e, ERR_DB, 0,
			    "committing: the transaction was rolled back");
	}
	PQclear(r);
	return rc;
}

void pg_rollback(struct pg *pg)
{
	if (PQtransactionStatus(pg->conn) != PQTRANS_IDLE && pg_is_alive(pg))
		PQclear(PQexec(pg->conn, "ROLLBACK"));
}

int64_t pg_result_rows(const struct pg_result *r)
{
	/* PQcmdTuples() takes no const, and changes nothing */
	const char *n = PQcmdTuples((PGresult *)(uintptr_t)r);
	int64_t rows = 0;

	return str_to_i64(str_of(n), &rows) ? rows : 0;
}

void pg_result_free(struct pg_result *r)
{
	PQclear(r);
}

int pg_read_field(void *to, enum row_type type, const struct pg_result *r,
		  int64_t i, int column, struct arena *a, struct err *e)
{
	int len;

	if (i >= PQntuples(r) || column >= PQnfields(r) ||
	    PQftype(r, column) != row_type_oid(type))
		return err_at(e, ERR_INTEGRITY, 0,
			      "the database's answer has other columns than "
			      "expected");
	len = PQgetisnull(r, (int)i, column) ? -1
					     : PQgetlength(r, (int)i, column);
	if (!row_read(to, type, PQgetvalue(r, (int)i, column), len, a))
		return err_at(e, ERR_INTEGRITY, 0,
			      "the database's answer cannot be read: column "
			      "'%s'",
			      PQfname(r, column));
	return 0;
}

int pg_read_row(void *row, enum row_id id, const struct pg_result *r, int64_t i,
		int first, struct arena *a, struct err *e)
{
	const struct row_table *t = &row_tables[id];

	memset(row, 0, t->size);
	for (uint32_t c = 0; c < t->nr; c++) {
		int rc = pg_read_field((char *)row + t->column[c].offset,
				       t->column[c].type, r, i, first + (int)c,
				       a, e);

		if (rc < 0)
			return err_wrap(e, "%s.%s", t->name, t->column[c].name);
	}
	return 0;
}

int pg_read_rows(void *out, uint32_t *nr, enum row_id id,
		 const struct pg_result *r, struct arena *a, struct err *e)
{
	int64_t rows = pg_result_rows(r);
	size_t size = row_tables[id].size;
	char *v = arena_alloc(a, (size_t)(rows + 1) * size);
	int rc = 0;

	for (int64_t i = 0; i < rows && rc == 0; i++)
		rc = pg_read_row(v + (size_t)i * size, id, r, i, 0, a, e);
	memcpy(out, &v, sizeof(v));
	*nr = (uint32_t)rows;
	return rc;
}
