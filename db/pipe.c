/*
 * pipe.c - prepared statements, many in one round trip
 *
 * libpq's pipeline mode is used on a blocking connection: while it cannot
 * write, libpq reads what the server answers, so neither side waits for the
 * other (fe-misc.c, pqSendSome).
 */
#include "db/pg_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Ask for the server's numbers of the tables' row types, once. */
static int learn_types(struct pg *pg, struct err *e)
{
	struct pg_args args = { 0 };
	struct arena none = { 0 };
	int rc = 0;

	for (int id = 0; id < ROW_TABLES && rc == 0; id++) {
		struct str name = str_of(row_tables[id].name);
		struct pg_result *r = NULL;
		int64_t oid = 0;

		if (pg->row_oid[id])
			continue;
		args_clear(&args);
		args_put(&args, COL_TEXT, &name);
		rc = pg_run(pg, "asking for the tables' types",
			    "SELECT $1::regtype::oid::int8", &args, &r, e);
		if (rc == 0)
			rc = pg_read_field(&oid, COL_I64, r, 0, 0, &none, e);
		pg->row_oid[id] = (uint32_t)oid;
		pg_result_free(r);
	}
	args_release(&args);
	return rc;
}

/* After a failure, or when the table is nearly full: start over. */
static int forget_statements(struct pg *pg, struct err *e)
{
	if (!pg->stale && pg->nr_statement < PG_STATEMENTS * 3 / 4)
		return 0;
	pg->nr_statement = 0;
	pg->stale = false;
	return pg_script(pg, "forgetting statements", "DEALLOCATE ALL", e);
}

int pg_pipe_begin(struct pg *pg, struct err *e)
{
	int rc;

	pg_pipe_end(pg);
	rc = learn_types(pg, e);
	if (rc == 0)
		rc = forget_statements(pg, e);
	if (rc < 0)
		return rc;
	if (!PQenterPipelineMode(pg->conn))
		return pg_fail(pg, "starting a series", NULL, e);
	pg->piping = true;
	return 0;
}

static int push(struct pg *pg, const char *what, bool is_prepare, struct err *e)
{
	if (pg->nr_pipe == pg->cap_pipe) {
		uint32_t cap = pg->cap_pipe ? 2 * pg->cap_pipe : 64;
		struct pipe_entry *p = realloc(pg->pipe, cap * sizeof(*p));

		if (!p)
			return err_at(e, ERR_NOMEM, 0, "out of memory");
		pg->pipe = p;
		pg->cap_pipe = cap;
	}
	pg->pipe[pg->nr_pipe++] = (struct pipe_entry){ what, NULL, is_prepare };
	return 0;
}

/* The statement's text with the day's digits in it; free it. */
static char *text_for_day(const char *sql, int32_t day)
{
	struct day_digits digits = day_digits_of(day);
	struct str rest = str_of(sql);
	struct buf b = { 0 };
	ptrdiff_t at;

	while ((at = str_find(rest, STR("_:day"))) >= 0) {
		buf_add(&b, rest.ptr, (size_t)at + 1);
		buf_z(&b, digits.text);
		rest = str_slice(rest, (size_t)at + 5, rest.len);
	}
	buf_str(&b, rest);
	buf_byte(&b, '\0');
	if (b.failed)
		buf_release(&b);
	return b.data;
}

/* Prepare the statement unless it is; writes its name on the server. */
static int prepare(char name[16], struct pg *pg, const char *what,
		   const char *sql, int32_t day, const struct pg_args *args,
		   struct err *e)
{
	Oid type[PG_ARGS];
	uint32_t i = 0;
	char *text;
	int rc;

	while (i < pg->nr_statement &&
	       (pg->statement[i].sql != sql || pg->statement[i].day != day))
		i++;
	snprintf(name, 16, "p%u", i);
	if (i < pg->nr_statement)
		return 0;
	if (i == PG_STATEMENTS)
		return err_at(e, ERR_LIMIT, 0, "%s: too many days in one batch",
			      what);
	for (int k = 0; args && k < args->nr; k++)
		type[k] = args->arg[k].oid;
	text = text_for_day(sql, day);
	if (!text)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	rc = push(pg, what, true, e);
	if (rc == 0 &&
	    !PQsendPrepare(pg->conn, name, text, args ? args->nr : 0, type))
		rc = pg_fail(pg, what, NULL, e);
	free(text);
	if (rc < 0)
		return rc;
	pg->statement[i].sql = sql;
	pg->statement[i].day = day;
	pg->nr_statement++;
	return 0;
}

int pg_pipe_send(struct pg *pg, const char *what, const char *sql, int32_t day,
		 const struct pg_args *args, struct err *e)
{
	const char *value[PG_ARGS];
	int len[PG_ARGS], format[PG_ARGS], nr = args ? args->nr : 0, rc;
	char name[16];

	if (args && (args->bad || args->data.failed)) {
		pg->fault = PG_ROW;
		return err_at(e, ERR_VALUE, 0, "%s: '%s' does not fit", what,
			      args->bad ? args->bad : "it");
	}
	rc = prepare(name, pg, what, sql, day, args, e);
	if (rc == 0)
		rc = push(pg, what, false, e);
	if (rc < 0)
		return rc;
	for (int i = 0; i < nr; i++) {
		bool null = args->arg[i].len < 0;

		value[i] = null ? NULL : args->data.data + args->arg[i].at;
		len[i] = args->arg[i].len;
		format[i] = 1;
	}
	if (!PQsendQueryPrepared(pg->conn, name, nr, value, len, format, 1))
		return pg_fail(pg, what, NULL, e);
	return 0;
}

/* Take the answer to one statement, and the NULL that libpq puts behind it. */
static void take(struct pg *pg, struct pipe_entry *p, int *rc, struct err *e)
{
	PGresult *more;

	p->result = PQgetResult(pg->conn);
	if (!pg_result_is_fine(p->result) && *rc == 0)
		*rc = pg_fail(pg, p->what, p->result, e);
	while (p->result && (more = PQgetResult(pg->conn)))
		PQclear(more);
}

int pg_pipe_sync(struct pg *pg, struct err *e)
{
	PGresult *r;
	int rc = 0;

	if (!PQpipelineSync(pg->conn))
		return pg_fail(pg, "sending", NULL, e);
	for (; pg->nr_done < pg->nr_pipe && pg_is_alive(pg); pg->nr_done++)
		take(pg, &pg->pipe[pg->nr_done], &rc, e);
	r = PQgetResult(pg->conn);
	if (rc == 0 && PQresultStatus(r) != PGRES_PIPELINE_SYNC)
		rc = pg_fail(pg, "waiting for answers", NULL, e);
	PQclear(r);
	return rc;
}

/* Entry of the i-th statement, prepares not counted. */
static const struct pipe_entry *entry(const struct pg *pg, uint32_t i)
{
	for (uint32_t k = 0; k < pg->nr_done; k++)
		if (!pg->pipe[k].is_prepare && !i--)
			return &pg->pipe[k];
	return NULL;
}

uint32_t pg_pipe_sent(const struct pg *pg)
{
	uint32_t nr = 0;

	for (uint32_t k = 0; k < pg->nr_pipe; k++)
		nr += !pg->pipe[k].is_prepare;
	return nr;
}

const struct pg_result *pg_pipe_result(const struct pg *pg, uint32_t i)
{
	const struct pipe_entry *p = entry(pg, i);

	return p ? p->result : NULL;
}

/* Answers that nobody waited for: read them, up to the sync behind them. */
static void drain(struct pg *pg)
{
	int nulls = 0;

	if (!PQpipelineSync(pg->conn))
		return;
	while (pg_is_alive(pg) && nulls < 2) {
		PGresult *r = PQgetResult(pg->conn);
		bool synced = r && PQresultStatus(r) == PGRES_PIPELINE_SYNC;

		nulls = r ? 0 : nulls + 1;
		PQclear(r);
		if (synced)
			return;
	}
}

void pg_pipe_end(struct pg *pg)
{
	if (!pg->piping)
		return;
	if (pg->nr_done < pg->nr_pipe) {
		pg->stale = true;
		drain(pg);
	}
	for (uint32_t i = 0; i < pg->nr_pipe; i++)
		PQclear(pg->pipe[i].result);
	pg->nr_pipe = pg->nr_done = 0;
	pg->piping = false;
	PQexitPipelineMode(pg->conn);
}
