#include "db/status.h"

#include "db/sql.h"

/* The first row's columns, all texts. */
static int read_texts(struct str *const *to, size_t nr,
		      const struct pg_result *r, int64_t row, struct arena *a,
		      struct err *e)
{
	int rc = 0;

	for (size_t i = 0; i < nr && rc == 0; i++)
		rc = pg_read_field(to[i], COL_TEXT, r, row, (int)i, a, e);
	return rc;
}

static int read_server(struct db_status *s, struct pg *pg, struct arena *a,
		       struct err *e)
{
	struct str *const to[] = { &s->version, &s->role, &s->database };
	struct pg_result *r = NULL;
	int rc =
		pg_run(pg, "asking the server", sql_status_server, NULL, &r, e);

	if (rc == 0)
		rc = read_texts(to, ARRAY_SIZE(to), r, 0, a, e);
	pg_result_free(r);
	return rc;
}

static int read_warnings(struct db_status *s, struct pg *pg, struct arena *a,
			 struct err *e)
{
	struct pg_result *r = NULL;
	int rc = pg_run(pg, "reading settings", sql_status_settings, NULL, &r,
			e);
	int64_t rows = rc == 0 ? pg_result_rows(r) : 0;

	for (int64_t i = 0; i < rows && rc == 0; i++) {
		struct setting_warning *w =
			arena_push(a, &s->warning, &s->nr_warning, sizeof(*w));
		struct str *const to[] = { &w->name, &w->is, &w->wanted };

		rc = read_texts(to, ARRAY_SIZE(to), r, i, a, e);
	}
	pg_result_free(r);
	return rc;
}

static int read_rows(struct db_status *s, struct pg *pg, struct arena *a,
		     struct err *e)
{
	struct pg_result *r = NULL;
	int rc = pg_run(pg, "counting", sql_status_rows, NULL, &r, e);

	if (rc == 0)
		rc = pg_read_field(&s->days, COL_I64, r, 0, 0, a, e);
	if (rc == 0)
		rc = pg_read_field(&s->first, COL_TEXT, r, 0, 1, a, e);
	if (rc == 0)
		rc = pg_read_field(&s->last, COL_TEXT, r, 0, 2, a, e);
	if (rc == 0)
		rc = pg_read_field(&s->quarantined, COL_I64, r, 0, 3, a, e);
	if (rc == 0)
		rc = pg_read_field(&s->partitions, COL_I64, r, 0, 4, a, e);
	pg_result_free(r);
	return rc;
}

int status_read(struct db_status *out, struct pg *pg, struct arena *a,
		struct err *e)
{
	int rc;

	*out = (struct db_status){ 0 };
	rc = read_server(out, pg, a, e);
	if (rc == 0)
		rc = read_warnings(out, pg, a, e);
	if (rc == 0)
		rc = migrate_status(&out->step, &out->nr_step, pg, a, e);
	if (rc == 0 && out->nr_step &&
	    out->step[0].state != MIGRATION_PENDING) {
		out->has_schema = true;
		rc = read_rows(out, pg, a, e);
	}
	return rc;
}
