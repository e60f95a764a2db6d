/*
 * profiles_log.c - what people ask of the registry
 */
#include "db/profiles.h"
#include "db/sql.h"

/* One statement with one argument; the rows are the caller's to read. */
static int ask(struct pg_result **r, struct pg *pg, const char *what,
	       const char *sql, enum row_type type, const void *arg,
	       struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, type, arg);
	rc = pg_run(pg, what, sql, &args, r, e);
	args_release(&args);
	return rc;
}

int profiles_where(struct profile_where **out, uint32_t *nr, struct pg *pg,
		   int64_t version, struct arena *a, struct err *e)
{
	struct pg_result *r = NULL;
	int rc = ask(&r, pg, "looking where profiles hold", sql_profiles_where,
		     COL_I64, &version, e);

	*out = NULL;
	*nr = 0;
	for (int64_t i = 0; rc == 0 && i < pg_result_rows(r); i++) {
		struct profile_where *w = arena_push(a, out, nr, sizeof(*w));

		rc = pg_read_field(&w->topic, COL_TEXT, r, i, 0, a, e);
		if (rc == 0)
			rc = pg_read_field(&w->part, COL_I32, r, i, 1, a, e);
		if (rc == 0)
			rc = pg_read_field(&w->from, COL_N64, r, i, 2, a, e);
	}
	pg_result_free(r);
	return rc;
}

int profiles_live_before(int64_t *revision, struct pg *pg, struct str name,
			 struct err *e)
{
	struct arena none = { 0 };
	struct pg_result *r = NULL;
	int rc = ask(&r, pg, "looking for an earlier revision",
		     sql_profiles_live_before, COL_TEXT, &name, e);

	*revision = 0;
	if (rc == 0)
		rc = pg_read_field(revision, COL_I64, r, 0, 0, &none, e);
	pg_result_free(r);
	return rc;
}

int profiles_log(struct profile_event **out, uint32_t *nr, struct pg *pg,
		 struct str name, struct arena *a, struct err *e)
{
	struct pg_result *r = NULL;
	int rc = ask(&r, pg, "reading a profile's log", sql_profiles_log,
		     COL_TEXT, &name, e);

	*out = NULL;
	*nr = 0;
	for (int64_t i = 0; rc == 0 && i < pg_result_rows(r); i++) {
		struct profile_event *v = arena_push(a, out, nr, sizeof(*v));
		struct str *text[] = { &v->event, &v->detail, &v->actor };

		rc = pg_read_field(&v->at, COL_UTC, r, i, 0, a, e);
		for (int k = 0; k < 3 && rc == 0; k++)
			rc = pg_read_field(text[k], COL_TEXT, r, i, k + 1, a,
					   e);
	}
	pg_result_free(r);
	return rc;
}

static int read_person(struct profile_person *p, const struct pg_result *r,
		       int64_t i, struct arena *a, struct err *e)
{
	const struct {
		enum row_type type;
		void *to;
	} place[] = { { COL_I64, &p->flight_id }, { COL_I64, &p->traveller_id },
		      { COL_BYTES, &p->sealed },  { COL_LOCAL, &p->departs },
		      { COL_I64, &p->shadow_id }, { COL_BYTES, &p->shadow },
		      { COL_I64, &p->hit_id },	  { COL_BYTES, &p->evidence } };
	int rc = 0;

	for (size_t k = 0; k < ARRAY_SIZE(place) && rc == 0; k++)
		rc = pg_read_field(place[k].to, place[k].type, r, i, (int)k, a,
				   e);
	return rc;
}

int profiles_people(struct profile_person **out, uint32_t *nr, struct pg *pg,
		    const struct profile_people *of, struct arena *a,
		    struct err *e)
{
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	int rc;

	*out = NULL;
	*nr = 0;
	args_put(&args, COL_DAY, &of->day);
	args_put(&args, COL_TEXT, &of->name);
	args_put(&args, COL_I32, &of->revision);
	args_put(&args, COL_I64, &of->flight_id);
	args_put(&args, COL_I64, &of->traveller_id);
	args_put(&args, COL_I64, &of->limit);
	rc = pg_run(pg, "reading travellers", sql_profiles_people, &args, &r,
		    e);
	for (int64_t i = 0; rc == 0 && i < pg_result_rows(r); i++)
		rc = read_person(arena_push(a, out, nr, sizeof(**out)), r, i, a,
				 e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

int profiles_add_disparity(struct pg *pg, const struct profile_test_row *t,
			   struct err *e)
{
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_BYTES, &t->text_hash);
	args_put(&args, COL_DAY, &t->first_day);
	args_put(&args, COL_DAY, &t->last_day);
	args_put(&args, COL_TEXT, &t->figures);
	args_put(&args, COL_BOOL, &t->passed);
	args_put(&args, COL_TEXT, &t->note);
	rc = pg_run(pg, "recording a test of disparity",
		    sql_profiles_add_disparity, &args, NULL, e);
	args_release(&args);
	return rc;
}
