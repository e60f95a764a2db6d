#include "db/copy.h"

#include "db/pg_internal.h"

#include <stdio.h>

/* PostgreSQL 15 documentation, COPY, "Binary Format". */
static const char head[19] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0";

void copy_begin(struct copy *c, enum row_id id)
{
	buf_clear(&c->data);
	c->table = &row_tables[id];
	c->bad = NULL;
	c->nr = 0;
	buf_add(&c->data, head, sizeof(head));
}

void copy_row(struct copy *c, const void *row)
{
	buf_be16(&c->data, (uint16_t)c->table->nr);
	if (!row_write(&c->data, c->table, row, false, &c->bad))
		c->data.failed = true;
	c->nr++;
}

static int send(const struct copy *c, PGconn *conn)
{
	return PQputCopyData(conn, c->data.data, (int)c->data.len) == 1 &&
	       PQputCopyEnd(conn, NULL) == 1;
}

int copy_end(struct copy *c, struct pg *pg, const char *target, struct err *e)
{
	char sql[120];
	PGresult *r;
	int rc = 0;

	buf_be16(&c->data, UINT16_MAX);
	if (c->data.failed)
		return err_at(e, ERR_VALUE, 0, "copying: '%s' does not fit",
			      c->bad ? c->bad : "it");
	snprintf(sql, sizeof(sql), "COPY %s FROM STDIN (FORMAT binary)",
		 target);
	r = PQexec(pg->conn, sql);
	if (PQresultStatus(r) != PGRES_COPY_IN || !send(c, pg->conn))
		rc = pg_fail(pg, "copying", r, e);
	PQclear(r);
	while ((r = PQgetResult(pg->conn))) {
		if (!pg_result_is_fine(r) && rc == 0)
			rc = pg_fail(pg, "copying", r, e);
		PQclear(r);
	}
	return rc;
}

void copy_release(struct copy *c)
{
	buf_release(&c->data);
}
