#include "db/query.h"
#include "db/sql.h"

#include <stddef.h>

/* The rows of an answer's line, in the order of query_replay.sql. */
static const struct {
	enum row_id id;
	size_t offset;
} parts[] = {
	{ ROW_ID_hit, offsetof(struct hit_inputs, hit) },
	{ ROW_ID_evidence, offsetof(struct hit_inputs, evidence) },
	{ ROW_ID_slice, offsetof(struct hit_inputs, pnr_header) },
	{ ROW_ID_slice, offsetof(struct hit_inputs, pnr_slice) },
	{ ROW_ID_slice, offsetof(struct hit_inputs, api_header) },
	{ ROW_ID_slice, offsetof(struct hit_inputs, api_slice) },
};

static int read_line(struct hit_inputs *out, const struct pg_result *r,
		     int64_t i, struct arena *a, struct err *e)
{
	int column = 0, rc = 0;

	for (size_t k = 0; k < ARRAY_SIZE(parts) && rc == 0; k++) {
		rc = pg_read_row((char *)out + parts[k].offset, parts[k].id, r,
				 i, column, a, e);
		column += (int)row_tables[parts[k].id].nr;
	}
	return rc;
}

int query_replay(struct hit_inputs **out, uint32_t *nr, struct pg *pg,
		 const struct replay_filter *f, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int64_t rows = 0;
	int rc;

	args_put(&args, COL_UTC, &f->from);
	args_put(&args, COL_UTC, &f->to);
	args_put(&args, COL_N64, &f->hit_id);
	args_put(&args, COL_DAY, &f->day);
	args_put(&args, COL_I64, &f->flight);
	args_put(&args, COL_I64, &f->id);
	args_put(&args, COL_DAY, &f->last_day);
	args_put(&args, COL_I64, &f->limit);
	rc = pg_run(pg, "reading hits and their inputs", sql_query_replay,
		    &args, &r, e);
	if (rc == 0)
		rows = pg_result_rows(r);
	*out = arena_alloc(a, (size_t)(rows + 1) * sizeof(**out));
	*nr = (uint32_t)rows;
	for (int64_t i = 0; i < rows && rc == 0; i++)
		rc = read_line(&(*out)[i], r, i, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}
