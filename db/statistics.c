#include "db/statistics.h"

#include "db/sql.h"

int statistics_read(struct statistic **out, uint32_t *nr, struct pg *pg,
		    int32_t year, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int64_t rows = 0;
	int rc;

	args_put(&args, COL_I32, &year);
	rc = pg_run(pg, "reading statistics", sql_query_statistics, &args, &r,
		    e);
	if (rc == 0)
		rows = pg_result_rows(r);
	*out = arena_alloc(a, (size_t)(rows + 1) * sizeof(**out));
	*nr = (uint32_t)rows;
	for (int64_t i = 0; i < rows && rc == 0; i++) {
		struct statistic *s = &(*out)[i];

		rc = pg_read_field(&s->figure, COL_TEXT, r, i, 0, a, e);
		if (rc == 0)
			rc = pg_read_field(&s->source, COL_TEXT, r, i, 1, a, e);
		if (rc == 0)
			rc = pg_read_field(&s->n, COL_I64, r, i, 2, a, e);
	}
	pg_result_free(r);
	args_release(&args);
	return rc;
}
