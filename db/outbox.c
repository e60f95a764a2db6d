#include "db/outbox.h"

#include "db/sql.h"

int outbox_take(struct outbox_row **out, uint32_t *nr, struct pg *pg,
		struct str topic, int64_t most, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_TEXT, &topic);
	args_put(&args, COL_I64, &most);
	rc = pg_script(pg, "reading the outbox", "BEGIN", e);
	if (rc == 0)
		rc = pg_run(pg, "reading the outbox", sql_outbox_take, &args,
			    &r, e);
	if (rc == 0)
		rc = pg_read_rows(out, nr, ROW_ID_outbox, r, a, e);
	if (rc < 0 || !*nr)
		pg_rollback(pg);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

int outbox_sent(struct pg *pg, const struct outbox_row *row, uint32_t nr,
		struct arena *a, struct err *e)
{
	int64_t *id = arena_alloc(a, (nr + 1) * sizeof(*id));
	struct row_tokens ids = { id, nr };
	struct pg_args args = { 0 };
	int rc;

	for (uint32_t i = 0; i < nr; i++)
		id[i] = row[i].outbox_id;
	args_put(&args, COL_TOKENS, &ids);
	rc = pg_run(pg, "emptying the outbox", sql_outbox_sent, &args, NULL, e);
	if (rc == 0)
		rc = pg_commit(pg, e);
	if (rc < 0)
		pg_rollback(pg);
	args_release(&args);
	return rc;
}

int outbox_left(bool *left, struct pg *pg, struct str topic, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	struct arena none = { 0 };
	int rc;

	args_put(&args, COL_TEXT, &topic);
	rc = pg_run(pg, "looking into the outbox", sql_outbox_left, &args, &r,
		    e);
	if (rc == 0)
		rc = pg_read_field(left, COL_BOOL, r, 0, 0, &none, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

int outbox_put(struct pg *pg, const struct outbox_row *row, uint32_t nr,
	       struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put_rows(&args, pg, ROW_ID_outbox, row, nr, 0);
	rc = pg_run(pg, "filling the outbox", sql_store_outbox, &args, NULL, e);
	args_release(&args);
	return rc;
}
