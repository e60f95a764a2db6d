#include "db/series.h"

#include "db/sql.h"

int series_due(struct series_row **out, uint32_t *nr, struct pg *pg,
	       int64_t most, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_I64, &most);
	rc = pg_script(pg, "looking for missing parts", "BEGIN", e);
	if (rc == 0)
		rc = pg_run(pg, "looking for missing parts", sql_series_due,
			    &args, &r, e);
	if (rc == 0)
		rc = pg_read_rows(out, nr, ROW_ID_series, r, a, e);
	if (rc < 0 || !*nr)
		pg_rollback(pg);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

int series_asked(struct pg *pg, const struct series_row *row, uint32_t nr,
		 const struct outbox_row *message, uint32_t nr_message,
		 struct arena *a, struct err *e)
{
	int64_t *id = arena_alloc(a, (nr + 1) * sizeof(*id));
	struct row_tokens ids = { id, nr };
	struct pg_args args = { 0 };
	int rc;

	for (uint32_t i = 0; i < nr; i++)
		id[i] = row[i].series_id;
	args_put_rows(&args, pg, ROW_ID_outbox, message, nr_message, 0);
	rc = pg_run(pg, "asking for missing parts", sql_store_outbox, &args,
		    NULL, e);
	args_clear(&args);
	args_put(&args, COL_TOKENS, &ids);
	if (rc == 0)
		rc = pg_run(pg, "asking for missing parts", sql_series_asked,
			    &args, NULL, e);
	if (rc == 0)
		rc = pg_commit(pg, e);
	if (rc < 0)
		pg_rollback(pg);
	args_release(&args);
	return rc;
}
