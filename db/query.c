#include "db/query.h"

#include "db/sql.h"

#include <stdio.h>

int hit_view_read(struct hit_view *out, const struct pg_result *r, int64_t i,
		  struct arena *a, struct err *e)
{
	int flight = (int)row_tables[ROW_ID_hit].nr;
	int review = flight + (int)row_tables[ROW_ID_flight].nr;
	int rc = pg_read_row(&out->hit, ROW_ID_hit, r, i, 0, a, e);

	if (rc == 0)
		rc = pg_read_row(&out->flight, ROW_ID_flight, r, i, flight, a,
				 e);
	if (rc == 0)
		rc = pg_read_row(&out->review, ROW_ID_review, r, i, review, a,
				 e);
	return rc;
}

struct str hit_view_state(const struct hit_view *v)
{
	bool reviewed =
		v->review.step && !str_eq(v->hit.state, STR("withdrawn"));

	return reviewed ? v->review.state : v->hit.state;
}

static int read_hits(struct hit_view **out, uint32_t *nr,
		     const struct pg_result *r, struct arena *a, struct err *e)
{
	int64_t rows = pg_result_rows(r);
	struct hit_view *v = arena_alloc(a, (size_t)(rows + 1) * sizeof(*v));
	int rc = 0;

	for (int64_t i = 0; i < rows && rc == 0; i++)
		rc = hit_view_read(&v[i], r, i, a, e);
	*out = v;
	*nr = (uint32_t)rows;
	return rc;
}

int query_hits(struct hit_view **out, uint32_t *nr, struct pg *pg,
	       const struct hit_filter *f, struct arena *a, struct err *e)
{
	/* a date before all partitions; 0 would be null */
	int32_t since = f->since ? f->since : 1;
	struct str suppressed = f->all		? STR_NONE
				: f->suppressed ? STR("yes")
						: STR("no");
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_DAY, &since);
	args_put(&args, COL_TEXT, &f->state);
	args_put(&args, COL_TEXT, &f->carrier);
	args_put(&args, COL_TEXT, &f->number);
	args_put(&args, COL_DAY, &f->departs_on);
	args_put(&args, COL_TEXT, &f->origin);
	args_put(&args, COL_UTC, &f->now);
	args_put(&args, COL_I64, &f->limit);
	args_put(&args, COL_TEXT, &suppressed);
	rc = pg_run(pg, "listing hits", sql_query_hits, &args, &r, e);
	if (rc == 0)
		rc = read_hits(out, nr, r, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

int query_flights(struct flight_row **out, uint32_t *nr, struct pg *pg,
		  int32_t since, struct moment now, struct arena *a,
		  struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_DAY, &since);
	args_put(&args, COL_LOCAL, &now);
	rc = pg_run(pg, "looking for flights to come", sql_query_flights, &args,
		    &r, e);
	if (rc == 0)
		rc = pg_read_rows(out, nr, ROW_ID_flight, r, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

struct hit_name hit_name_of(int32_t clock_day, int64_t hit_id)
{
	struct day_digits day = day_digits_of(clock_day);
	struct hit_name n;

	snprintf(n.text, sizeof(n.text), "%.8s-%016llx", day.text,
		 (unsigned long long)hit_id);
	return n;
}

static bool read_hex(struct str s, int64_t *out)
{
	uint64_t v = 0;

	if (!s.len || s.len > 16)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		int digit = c >= '0' && c <= '9'   ? c - '0'
			    : c >= 'a' && c <= 'f' ? c - 'a' + 10
			    : c >= 'A' && c <= 'F' ? c - 'A' + 10
						   : -1;

		if (digit < 0)
			return false;
		v = v << 4 | (uint64_t)digit;
	}
	*out = (int64_t)v;
	return true;
}

bool hit_name_read(struct str text, int32_t *clock_day, int64_t *hit_id)
{
	struct str day = str_slice(text, 0, 8);
	struct date d;
	int64_t n;

	if (text.len < 10 || text.ptr[8] != '-' || !str_is_digits(day) ||
	    !str_to_i64(day, &n) ||
	    !read_hex(str_slice(text, 9, text.len), hit_id))
		return false;
	d = (struct date){ (int16_t)(n / 10000), (uint8_t)(n / 100 % 100),
			   (uint8_t)(n % 100) };
	if (!date_is_full(d) || !date_is_valid(d))
		return false;
	*clock_day = (int32_t)date_to_days(d);
	return true;
}

static int read_evidence(struct evidence_row *out, struct pg *pg,
			 const struct hit_row *h, struct arena *a,
			 struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_DAY, &h->clock_day);
	args_put(&args, COL_I64, &h->flight_id);
	args_put(&args, COL_I64, &h->hit_id);
	rc = pg_run(pg, "reading evidence", sql_query_evidence, &args, &r, e);
	*out = (struct evidence_row){ 0 };
	if (rc == 0 && pg_result_rows(r))
		rc = pg_read_row(out, ROW_ID_evidence, r, 0, 0, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

int query_hit(struct hit_view *out, struct evidence_row *evidence,
	      struct pg *pg, int32_t clock_day, int64_t hit_id, struct arena *a,
	      struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_DAY, &clock_day);
	args_put(&args, COL_I64, &hit_id);
	rc = pg_run(pg, "reading a hit", sql_query_hit, &args, &r, e);
	if (rc == 0 && !pg_result_rows(r))
		rc = err_at(e, ERR_USAGE, 0, "there is no hit '%s'",
			    hit_name_of(clock_day, hit_id).text);
	if (rc == 0)
		rc = hit_view_read(out, r, 0, a, e);
	if (rc == 0)
		rc = read_evidence(evidence, pg, &out->hit, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

int query_quarantine(struct quarantine_row **out, uint32_t *nr, struct pg *pg,
		     const struct quarantine_filter *f, struct arena *a,
		     struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	args_put(&args, COL_N64, &f->id);
	args_put(&args, COL_UTC, &f->since);
	args_put(&args, COL_TEXT, &f->code);
	args_put(&args, COL_I64, &f->limit);
	rc = pg_run(pg, "reading quarantine", sql_query_quarantine, &args, &r,
		    e);
	if (rc == 0)
		rc = pg_read_rows(out, nr, ROW_ID_quarantine, r, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}
