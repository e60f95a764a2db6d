#include "db/retention.h"

#include "db/sql.h"

#include <string.h>

static int read_day(struct retention_day *d, const struct pg_result *r,
		    int64_t i, struct arena *a, struct err *e)
{
	struct str stage = STR_NONE;

	*d = (struct retention_day){ .stage = RETENTION_ACTIVE };
	if (pg_read_field(&d->day, COL_DAY, r, i, 0, a, e) ||
	    pg_read_field(&stage, COL_TEXT, r, i, 1, a, e) ||
	    pg_read_field(&d->mask_on, COL_DAY, r, i, 2, a, e) ||
	    pg_read_field(&d->delete_on, COL_DAY, r, i, 3, a, e) ||
	    pg_read_field(&d->people, COL_N64, r, i, 4, a, e) ||
	    pg_read_field(&d->linked, COL_I64, r, i, 5, a, e))
		return e->code;
	if (str_eq(stage, STR("closed")))
		d->stage = RETENTION_CLOSED;
	else if (str_eq(stage, STR("masked")))
		d->stage = RETENTION_MASKED;
	return 0;
}

int retention_days(struct retention_day **out, uint32_t *nr, struct pg *pg,
		   int32_t today, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_DAY, &today);
	rc = pg_run(pg, "reading which days there are", sql_retention_days,
		    &args, &r, e);
	*nr = rc == 0 ? (uint32_t)pg_result_rows(r) : 0;
	*out = arena_alloc(a, (*nr + 1) * sizeof(**out));
	for (uint32_t i = 0; i < *nr && rc == 0; i++)
		rc = read_day(&(*out)[i], r, i, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

/* Run a statement with the day as $1; *out may be NULL. */
static int run_day(struct pg *pg, const char *what, const char *sql,
		   int32_t day, struct pg_result **out, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_DAY, &day);
	rc = pg_run(pg, what, sql, &args, out, e);
	args_release(&args);
	return rc;
}

int retention_people(int64_t *nr, struct pg *pg, int32_t day, struct err *e)
{
	struct pg_result *r = NULL;
	struct arena none = { 0 };
	int rc = run_day(pg, "counting a day's travellers",
			 sql_retention_people, day, &r, e);

	*nr = 0;
	if (rc == 0)
		rc = pg_read_field(nr, COL_I64, r, 0, 0, &none, e);
	pg_result_free(r);
	return rc;
}

int retention_state(struct retention_figures *out, struct pg *pg, int32_t day,
		    struct arena *a, struct err *e)
{
	struct str hash = STR_NONE;
	struct row_number identical = { 0, false };
	struct pg_result *r = NULL;
	int rc = run_day(pg, "reading how far a day is", sql_retention_state,
			 day, &r, e);

	*out = (struct retention_figures){ .state = STR_NONE };
	if (rc == 0 && pg_result_rows(r) &&
	    (pg_read_field(&out->state, COL_TEXT, r, 0, 0, a, e) ||
	     pg_read_field(&out->travellers, COL_I64, r, 0, 1, a, e) ||
	     pg_read_field(&out->slices, COL_I64, r, 0, 2, a, e) ||
	     pg_read_field(&out->hits, COL_I64, r, 0, 3, a, e) ||
	     pg_read_field(&out->kept, COL_I64, r, 0, 4, a, e) ||
	     pg_read_field(&hash, COL_BYTES, r, 0, 5, a, e) ||
	     pg_read_field(&out->key_print, COL_TEXT, r, 0, 6, a, e) ||
	     pg_read_field(&identical, COL_N64, r, 0, 7, a, e) ||
	     pg_read_field(&out->replay.differ, COL_I64, r, 0, 8, a, e) ||
	     pg_read_field(&out->replay.unreached, COL_I64, r, 0, 9, a, e)))
		rc = e->code;
	out->replay.done = identical.set;
	out->replay.identical = identical.v;
	if (hash.len == CRYPT_HASH_LEN)
		memcpy(out->id_hash, hash.ptr, CRYPT_HASH_LEN);
	pg_result_free(r);
	return rc;
}

int retention_close(bool *busy, struct pg *pg, int32_t day, struct err *e)
{
	int rc = run_day(pg, "closing a day", "SELECT ops.retention_close($1)",
			 day, NULL, e);

	*busy = rc < 0 && pg_last_fault(pg) == PG_WAIT;
	if (*busy)
		*e = (struct err){ 0 };
	return e->code;
}

static int read_kept(struct kept_rows *out, const struct pg_result *r,
		     struct arena *a, struct err *e)
{
	int flight = (int)row_tables[ROW_ID_traveller].nr;
	int booking = flight + (int)row_tables[ROW_ID_flight].nr;
	int rc = 0;

	out->nr = (uint32_t)pg_result_rows(r);
	out->row = arena_alloc(a, (out->nr + 1) * sizeof(*out->row));
	for (uint32_t i = 0; i < out->nr && rc == 0; i++) {
		struct kept_row *k = &out->row[i];

		if (pg_read_row(&k->traveller, ROW_ID_traveller, r, i, 0, a,
				e) ||
		    pg_read_row(&k->flight, ROW_ID_flight, r, i, flight, a,
				e) ||
		    pg_read_row(&k->booking, ROW_ID_booking, r, i, booking, a,
				e))
			rc = e->code;
	}
	return rc;
}

static int read_hits(struct kept_rows *out, const struct pg_result *r,
		     struct arena *a, struct err *e)
{
	int evidence = (int)row_tables[ROW_ID_hit].nr, rc = 0;

	out->nr_hit = (uint32_t)pg_result_rows(r);
	out->hit = arena_alloc(a, (out->nr_hit + 1) * sizeof(*out->hit));
	for (uint32_t i = 0; i < out->nr_hit && rc == 0; i++) {
		struct kept_hit *h = &out->hit[i];

		if (pg_read_row(&h->hit, ROW_ID_hit, r, i, 0, a, e) ||
		    pg_read_row(&h->evidence, ROW_ID_evidence, r, i, evidence,
				a, e))
			rc = e->code;
	}
	return rc;
}

static int read_reviews(struct kept_rows *out, const struct pg_result *r,
			struct arena *a, struct err *e)
{
	out->nr_review = (uint32_t)pg_result_rows(r);
	out->review =
		arena_alloc(a, (out->nr_review + 1) * sizeof(*out->review));
	for (uint32_t i = 0; i < out->nr_review; i++)
		if (pg_read_row(&out->review[i], ROW_ID_review, r, i, 0, a, e))
			return e->code;
	return 0;
}

static int read_counts(struct retention_figures *f, const struct pg_result *r,
		       struct arena *a, struct err *e)
{
	struct row_tokens ids = { NULL, 0 };

	if (pg_read_field(&ids, COL_TOKENS, r, 0, 0, a, e) ||
	    pg_read_field(&f->slices, COL_I64, r, 0, 1, a, e) ||
	    pg_read_field(&f->hits, COL_I64, r, 0, 2, a, e))
		return e->code;
	f->travellers = ids.nr;
	audit_set_hash(f->id_hash, (int64_t *)(uintptr_t)ids.v, ids.nr);
	return 0;
}

int retention_read(struct kept_rows *out, struct retention_figures *f,
		   struct pg *pg, int32_t day, int32_t today, bool all,
		   struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	int rc = pg_pipe_begin(pg, e);

	*out = (struct kept_rows){ .nr = 0 };
	*f = (struct retention_figures){ .state = STR_NONE };
	args_put(&args, COL_DAY, &day);
	args_put(&args, COL_DAY, &today);
	args_put(&args, COL_BOOL, &all);
	if (rc == 0)
		rc = pg_pipe_send(pg, "counting a day", sql_retention_count,
				  day, NULL, e);
	if (rc == 0)
		rc = pg_pipe_send(pg, "reading what is kept",
				  sql_retention_kept, day, &args, e);
	if (rc == 0)
		rc = pg_pipe_send(pg, "reading hits that are kept",
				  sql_retention_kept_hits, day, &args, e);
	if (rc == 0)
		rc = pg_pipe_send(pg, "reading reviews that are kept",
				  sql_retention_kept_reviews, day, &args, e);
	if (rc == 0)
		rc = pg_pipe_send(pg, "reading corrections that are kept",
				  sql_retention_kept_addenda, day, &args, e);
	if (rc == 0)
		rc = pg_pipe_sync(pg, e);
	if (rc == 0 &&
	    (read_counts(f, pg_pipe_result(pg, 0), a, e) ||
	     read_kept(out, pg_pipe_result(pg, 1), a, e) ||
	     read_hits(out, pg_pipe_result(pg, 2), a, e) ||
	     read_reviews(out, pg_pipe_result(pg, 3), a, e) ||
	     pg_read_rows(&out->addendum, &out->nr_addendum, ROW_ID_addendum,
			  pg_pipe_result(pg, 4), a, e)))
		rc = e->code;
	pg_pipe_end(pg);
	args_release(&args);
	return rc;
}

int retention_traces(struct retention_trace **out, uint32_t *nr, struct pg *pg,
		     struct arena *a, struct err *e)
{
	struct pg_result *r = NULL;
	int rc = pg_run(pg, "looking for what is left", sql_retention_traces,
			NULL, &r, e);

	*nr = rc == 0 ? (uint32_t)pg_result_rows(r) : 0;
	*out = arena_alloc(a, (*nr + 1) * sizeof(**out));
	for (uint32_t i = 0; i < *nr && rc == 0; i++) {
		struct retention_trace *t = &(*out)[i];

		*t = (struct retention_trace){ .day = 0 };
		if (pg_read_field(&t->day, COL_DAY, r, i, 0, a, e) ||
		    pg_read_field(&t->what, COL_TEXT, r, i, 1, a, e) ||
		    pg_read_field(&t->left, COL_BOOL, r, i, 2, a, e))
			rc = e->code;
	}
	pg_result_free(r);
	return rc;
}
