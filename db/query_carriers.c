#include "db/query.h"
#include "db/sql.h"

int query_carriers(struct counter_row **out, uint32_t *nr, struct pg *pg,
		   const struct counter_filter *f, struct arena *a,
		   struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_DAY, &f->from);
	args_put(&args, COL_DAY, &f->to);
	args_put(&args, COL_TEXT, &f->carrier);
	rc = pg_run(pg, "reading counters", sql_query_carriers, &args, &r, e);
	if (rc == 0)
		rc = pg_read_rows(out, nr, ROW_ID_counter, r, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

int query_series(struct series_row **out, uint32_t *nr, struct pg *pg,
		 const struct counter_filter *f, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_DAY, &f->from);
	args_put(&args, COL_DAY, &f->to);
	args_put(&args, COL_TEXT, &f->carrier);
	rc = pg_run(pg, "reading series", sql_query_series, &args, &r, e);
	if (rc == 0)
		rc = pg_read_rows(out, nr, ROW_ID_series, r, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

int query_quality(struct quality_view *out, struct pg *pg,
		  const struct hit_row *h, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_DAY, &h->clock_day);
	args_put(&args, COL_I64, &h->flight_id);
	args_put(&args, COL_I64, &h->traveller_id);
	rc = pg_run(pg, "reading a traveller's quality", sql_query_quality,
		    &args, &r, e);
	*out = (struct quality_view){ 0 };
	if (rc == 0 && pg_result_rows(r))
		rc = pg_read_field(&out->score, COL_N32, r, 0, 0, a, e);
	if (rc == 0 && pg_result_rows(r))
		rc = pg_read_field(&out->code, COL_TEXTS, r, 0, 1, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}
