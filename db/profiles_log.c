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
