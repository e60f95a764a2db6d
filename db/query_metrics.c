#include "db/query.h"
#include "db/sql.h"

static int read_one(struct metric_row *m, const struct pg_result *r, int64_t i,
		    struct arena *a, struct err *e)
{
	if (pg_read_field(&m->name, COL_TEXT, r, i, 0, a, e) ||
	    pg_read_field(&m->label, COL_TEXT, r, i, 1, a, e) ||
	    pg_read_field(&m->value, COL_I64, r, i, 2, a, e))
		return e->code;
	return 0;
}

int query_metrics(struct metric_row **out, uint32_t *nr, struct pg *pg,
		  int32_t today, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int64_t rows = 0;
	int rc;

	args_put(&args, COL_DAY, &today);
	rc = pg_run(pg, "reading metrics", sql_query_metrics, &args, &r, e);
	if (rc == 0)
		rows = pg_result_rows(r);
	*out = arena_alloc(a, (size_t)(rows + 1) * sizeof(**out));
	*nr = (uint32_t)rows;
	for (int64_t i = 0; i < rows && rc == 0; i++)
		rc = read_one(&(*out)[i], r, i, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}
