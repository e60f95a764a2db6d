/*
 * subject_read.c - what is stored of a person
 */
#include "db/sql.h"
#include "db/subject.h"

static int read_view(struct subject_view *v, const struct pg_result *r,
		     int64_t i, struct arena *a, struct err *e)
{
	int flight = (int)row_tables[ROW_ID_traveller].nr;
	int booking = flight + (int)row_tables[ROW_ID_flight].nr;
	int rest = booking + (int)row_tables[ROW_ID_booking].nr;

	*v = (struct subject_view){ .hits = 0 };
	if (pg_read_row(&v->traveller, ROW_ID_traveller, r, i, 0, a, e) ||
	    pg_read_row(&v->flight, ROW_ID_flight, r, i, flight, a, e) ||
	    pg_read_row(&v->booking, ROW_ID_booking, r, i, booking, a, e) ||
	    pg_read_field(&v->hits, COL_I64, r, i, rest, a, e) ||
	    pg_read_field(&v->links, COL_I64, r, i, rest + 1, a, e) ||
	    pg_read_field(&v->corrections, COL_I64, r, i, rest + 2, a, e) ||
	    pg_read_field(&v->restricted, COL_BOOL, r, i, rest + 3, a, e))
		return e->code;
	return 0;
}

int subject_find(struct subject_view **out, uint32_t *nr, struct pg *pg,
		 int32_t day, const struct row_tokens *tokens,
		 struct row_number id, struct arena *a, struct err *e)
{
	const struct row_tokens any = { NULL, 0 };
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_DAY, &day);
	args_put(&args, COL_TOKENS, tokens ? tokens : &any);
	args_put(&args, COL_N64, &id);
	rc = pg_run(pg, "looking for a person", sql_subject_find, &args, &r, e);
	*nr = rc == 0 ? (uint32_t)pg_result_rows(r) : 0;
	*out = arena_alloc(a, (*nr + 1) * sizeof(**out));
	for (uint32_t i = 0; i < *nr && rc == 0; i++)
		rc = read_view(&(*out)[i], r, i, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

/* Rows of a traveller: $1 clock_day, $2 flight, $3 himself (0: not asked). */
static int ask(struct pg_result **r, struct pg *pg, const char *sql,
	       int32_t day, int64_t flight, int64_t traveller, struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_DAY, &day);
	args_put(&args, COL_I64, &flight);
	if (traveller)
		args_put(&args, COL_I64, &traveller);
	rc = pg_run(pg, "reading what there is of a person", sql, &args, r, e);
	args_release(&args);
	return rc;
}

int subject_hits(struct subject_hit **out, uint32_t *nr, struct pg *pg,
		 const struct traveller_row *t, struct arena *a, struct err *e)
{
	int evidence = (int)row_tables[ROW_ID_hit].nr;
	struct pg_result *r = NULL;
	int rc = ask(&r, pg, sql_subject_hits, t->clock_day, t->flight_id,
		     t->traveller_id, e);

	*nr = rc == 0 ? (uint32_t)pg_result_rows(r) : 0;
	*out = arena_alloc(a, (*nr + 1) * sizeof(**out));
	for (uint32_t i = 0; i < *nr && rc == 0; i++) {
		struct subject_hit *h = &(*out)[i];

		*h = (struct subject_hit){ .hit = { 0 } };
		if (pg_read_row(&h->hit, ROW_ID_hit, r, i, 0, a, e) ||
		    pg_read_row(&h->evidence, ROW_ID_evidence, r, i, evidence,
				a, e))
			rc = e->code;
	}
	pg_result_free(r);
	return rc;
}

int subject_addenda(struct addendum_row **out, uint32_t *nr, struct pg *pg,
		    int32_t day, int64_t flight, int64_t traveller,
		    struct arena *a, struct err *e)
{
	struct pg_result *r = NULL;

	*nr = 0;
	if (!ask(&r, pg, sql_subject_addenda, day, flight, traveller, e))
		(void)!pg_read_rows(out, nr, ROW_ID_addendum, r, a, e);
	pg_result_free(r);
	return e->code;
}

int subject_slices(struct slice_row **out, uint32_t *nr, struct pg *pg,
		   const struct traveller_row *t, struct arena *a,
		   struct err *e)
{
	struct pg_result *r = NULL;

	*nr = 0;
	if (!ask(&r, pg, sql_subject_slices, t->clock_day, t->flight_id, 0, e))
		(void)!pg_read_rows(out, nr, ROW_ID_slice, r, a, e);
	pg_result_free(r);
	return e->code;
}

int subject_told(struct row_texts *out, struct pg *pg,
		 const struct subject_record *rec, struct arena *a,
		 struct err *e)
{
	struct pg_result *r = NULL;

	*out = (struct row_texts){ NULL, 0 };
	if (!ask(&r, pg, sql_subject_told, rec->day, rec->id, 0, e))
		(void)!pg_read_field(out, COL_TEXTS, r, 0, 0, a, e);
	pg_result_free(r);
	return e->code;
}

int subject_masked(struct masked_record_row **out, uint32_t *nr, struct pg *pg,
		   int32_t day, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;

	*nr = 0;
	args_put(&args, COL_DAY, &day);
	if (!pg_run(pg, "reading masked records",
		    "SELECT * FROM pax.masked_record WHERE clock_day = $1 "
		    "ORDER BY record_id",
		    &args, &r, e))
		(void)!pg_read_rows(out, nr, ROW_ID_masked_record, r, a, e);
	pg_result_free(r);
	args_release(&args);
	return e->code;
}

int subject_masked_restricted(struct row_tokens *out, struct pg *pg,
			      int32_t day, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;

	*out = (struct row_tokens){ NULL, 0 };
	args_put(&args, COL_DAY, &day);
	if (!pg_run(pg, "reading restrictions",
		    "SELECT coalesce(array_agg(record_id), '{}') "
		    "FROM ops.restriction "
		    "WHERE clock_day = $1 AND record_id IS NOT NULL",
		    &args, &r, e))
		(void)!pg_read_field(out, COL_TOKENS, r, 0, 0, a, e);
	pg_result_free(r);
	args_release(&args);
	return e->code;
}

int subject_refusal(struct str *article, struct str *meaning, struct pg *pg,
		    struct str code, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	*article = *meaning = STR_NONE;
	args_put(&args, COL_TEXT, &code);
	rc = pg_run(pg, "reading why a right is refused", sql_subject_refusal,
		    &args, &r, e);
	if (rc == 0 && !pg_result_rows(r))
		rc = err_at(e, ERR_USAGE, 0,
			    "'%.40s' is none of ref.subject_refusal; "
			    "doc/dpo.md lists them",
			    code.ptr);
	if (rc == 0 && (pg_read_field(article, COL_TEXT, r, 0, 0, a, e) ||
			pg_read_field(meaning, COL_TEXT, r, 0, 1, a, e)))
		rc = e->code;
	pg_result_free(r);
	args_release(&args);
	return rc;
}

static int read_entry(struct subject_entry *x, const struct pg_result *r,
		      int64_t i, struct arena *a, struct err *e)
{
	*x = (struct subject_entry){ .id = 0 };
	if (pg_read_field(&x->id, COL_I64, r, i, 0, a, e) ||
	    pg_read_field(&x->act, COL_TEXT, r, i, 1, a, e) ||
	    pg_read_field(&x->outcome, COL_TEXT, r, i, 2, a, e) ||
	    pg_read_field(&x->refusal, COL_TEXT, r, i, 3, a, e) ||
	    pg_read_field(&x->case_id, COL_TEXT, r, i, 4, a, e) ||
	    pg_read_field(&x->reason, COL_TEXT, r, i, 5, a, e) ||
	    pg_read_field(&x->records, COL_I64, r, i, 6, a, e) ||
	    pg_read_field(&x->actor, COL_TEXT, r, i, 7, a, e) ||
	    pg_read_field(&x->at, COL_UTC, r, i, 8, a, e))
		return e->code;
	return 0;
}

int subject_list(struct subject_entry **out, uint32_t *nr, struct pg *pg,
		 int64_t limit, struct arena *a, struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_I64, &limit);
	rc = pg_run(pg, "reading the register", sql_subject_list, &args, &r, e);
	*nr = rc == 0 ? (uint32_t)pg_result_rows(r) : 0;
	*out = arena_alloc(a, (*nr + 1) * sizeof(**out));
	for (uint32_t i = 0; i < *nr && rc == 0; i++)
		rc = read_entry(&(*out)[i], r, i, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}
