/*
 * review_second.c - which hits wait for a second person
 */
#include "db/review.h"
#include "db/sql.h"

static int read_asked(struct review_asked *x, const struct pg_result *r,
		      int64_t i, struct arena *a, struct err *e)
{
	*x = (struct review_asked){ .clock_day = 0 };
	if (pg_read_field(&x->clock_day, COL_DAY, r, i, 0, a, e) ||
	    pg_read_field(&x->hit_id, COL_I64, r, i, 1, a, e) ||
	    pg_read_field(&x->kind, COL_TEXT, r, i, 2, a, e) ||
	    pg_read_field(&x->source, COL_TEXT, r, i, 3, a, e) ||
	    pg_read_field(&x->carrier, COL_TEXT, r, i, 4, a, e) ||
	    pg_read_field(&x->number, COL_TEXT, r, i, 5, a, e) ||
	    pg_read_field(&x->since, COL_UTC, r, i, 6, a, e))
		return e->code;
	return 0;
}

int review_seconds(struct review_asked **out, uint32_t *nr, struct pg *pg,
		   struct arena *a, struct err *e)
{
	struct str who = str_of(pg_role(pg));
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_TEXT, &who);
	rc = pg_run(pg, "reading which hits wait for a second person",
		    sql_review_seconds, &args, &r, e);
	*nr = rc == 0 ? (uint32_t)pg_result_rows(r) : 0;
	*out = arena_alloc(a, (*nr + 1) * sizeof(**out));
	for (uint32_t i = 0; i < *nr && rc == 0; i++)
		rc = read_asked(&(*out)[i], r, i, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

static int waits_for_us(bool *waits, struct pg *pg, const struct hit_row *h,
			struct err *e)
{
	struct str who = str_of(pg_role(pg));
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	struct arena none = { 0 };
	int rc;

	args_put(&args, COL_DAY, &h->clock_day);
	args_put(&args, COL_I64, &h->flight_id);
	args_put(&args, COL_I64, &h->hit_id);
	args_put(&args, COL_TEXT, &who);
	rc = pg_run(pg, "asking whether a second person is waited for",
		    sql_review_second_waits, &args, &r, e);
	if (rc == 0)
		rc = pg_read_field(waits, COL_BOOL, r, 0, 0, &none, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

int review_shown(struct hit_view *v, struct review_row **out, uint32_t *nr,
		 struct pg *pg, struct arena *a, struct err *e)
{
	bool waits = false;

	if (waits_for_us(&waits, pg, &v->hit, e) ||
	    review_steps(out, nr, pg, &v->hit, a, e))
		return e->code;
	if (waits) {
		v->review = (struct review_row){ .step = 0 };
		*nr = 0;
	}
	return 0;
}
