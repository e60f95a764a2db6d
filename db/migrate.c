#include "db/migrate.h"

#include "db/access.h"
#include "db/sql.h"

#include <string.h>

/* Any number that no other use of advisory locks has: "paxgate" in ASCII. */
#define LOCK_SQL   "SELECT pg_advisory_lock(31640432131634277)"
#define UNLOCK_SQL "SELECT pg_advisory_unlock(31640432131634277)"

static const char *sql_of(struct str name)
{
	for (const struct migration *m = migrations; m->name; m++)
		if (str_eq(str_of(m->name), name))
			return m->sql;
	return NULL;
}

static bool has_table(struct pg *pg, bool *out, struct err *e)
{
	struct pg_result *r = NULL;
	struct arena none = { 0 };

	if (pg_run(pg, "looking for the schema",
		   "SELECT to_regclass('ops.migration') IS NOT NULL", NULL, &r,
		   e) < 0)
		return false;
	if (pg_read_field(out, COL_BOOL, r, 0, 0, &none, e) < 0)
		e->code = ERR_INTEGRITY;
	pg_result_free(r);
	return e->code == 0;
}

/* Without the table nothing is applied. */
static void all_pending(struct migration_status **out, uint32_t *nr,
			struct arena *a)
{
	*nr = 0;
	for (const struct migration *m = migrations; m->name; m++) {
		struct migration_status *s = arena_push(a, out, nr, sizeof(*s));

		s->name = str_of(m->name);
		s->state = MIGRATION_PENDING;
	}
}

static int read_status(struct migration_status **out, uint32_t *nr,
		       const struct pg_result *r, struct arena *a,
		       struct err *e)
{
	int64_t rows = pg_result_rows(r);
	int rc = 0;

	*out = NULL;
	*nr = 0;
	for (int64_t i = 0; i < rows && rc == 0; i++) {
		struct migration_status *s = arena_push(a, out, nr, sizeof(*s));
		int32_t state = 0;

		rc = pg_read_field(&s->name, COL_TEXT, r, i, 0, a, e);
		if (rc == 0)
			rc = pg_read_field(&state, COL_I32, r, i, 1, a, e);
		if (rc == 0)
			rc = pg_read_field(&s->applied_at, COL_UTC, r, i, 2, a,
					   e);
		s->state = (enum migration_state)state;
	}
	return rc;
}

int migrate_status(struct migration_status **out, uint32_t *nr, struct pg *pg,
		   struct arena *a, struct err *e)
{
	struct str *name = NULL, *text = NULL;
	uint32_t nr_name = 0, nr_text = 0;
	struct row_texts list;
	struct pg_args args = { 0 };
	struct pg_result *r = NULL;
	bool there = false;
	int rc;

	if (!has_table(pg, &there, e))
		return e->code;
	*out = NULL;
	if (!there) {
		all_pending(out, nr, a);
		return 0;
	}
	for (const struct migration *m = migrations; m->name; m++) {
		*(struct str *)arena_push(a, &name, &nr_name, sizeof(*name)) =
			str_of(m->name);
		*(struct str *)arena_push(a, &text, &nr_text, sizeof(*text)) =
			str_of(m->sql);
	}
	list = (struct row_texts){ name, nr_name };
	args_put(&args, COL_TEXTS, &list);
	list = (struct row_texts){ text, nr_text };
	args_put(&args, COL_TEXTS, &list);
	rc = pg_run(pg, "reading the schema's state", sql_migration_status,
		    &args, &r, e);
	if (rc == 0)
		rc = read_status(out, nr, r, a, e);
	pg_result_free(r);
	args_release(&args);
	return rc;
}

/* Refuse a schema that is newer than we, or not what we think. */
static int refuse_foreign(const struct migration_status *s, uint32_t nr,
			  struct err *e)
{
	for (uint32_t i = 0; i < nr; i++) {
		if (s[i].state == MIGRATION_UNKNOWN)
			return err_at(e, ERR_INTEGRITY, 0,
				      "the database has step '" STR_FMT
				      "', which this program does not know: it "
				      "was made by a newer one; install that",
				      STR_ARG(s[i].name));
		if (s[i].state == MIGRATION_CHANGED)
			return err_at(e, ERR_INTEGRITY, 0,
				      "step '" STR_FMT "' was applied with "
				      "another text than this program has",
				      STR_ARG(s[i].name));
	}
	return 0;
}

static int apply(struct pg *pg, struct str name, struct err *e)
{
	const char *sql = sql_of(name);
	struct str text = str_of(sql);
	struct pg_args args = { 0 };
	int rc;

	args_put(&args, COL_TEXT, &name);
	args_put(&args, COL_TEXT, &text);
	rc = pg_script(pg, "applying the step", "BEGIN", e);
	if (rc == 0)
		rc = pg_script(pg, "applying the step", sql, e);
	if (rc == 0)
		rc = pg_run(pg, "recording the step", sql_migration_record,
			    &args, NULL, e);
	if (rc == 0)
		rc = pg_commit(pg, e);
	if (rc < 0) {
		pg_rollback(pg);
		err_wrap(e, "schema step '" STR_FMT "'", STR_ARG(name));
	}
	args_release(&args);
	return rc;
}

static int apply_pending(struct pg *pg, struct err *e)
{
	struct migration_status *s = NULL;
	struct arena a = { 0 };
	uint32_t nr = 0;
	int rc, applied = 0;

	rc = pg_script(pg, "making the table of steps", sql_migration_table, e);
	if (rc == 0)
		rc = migrate_status(&s, &nr, pg, &a, e);
	if (rc == 0)
		rc = refuse_foreign(s, nr, e);
	if (rc == 0)
		rc = access_check_roles(pg, e);
	for (uint32_t i = 0; i < nr && rc == 0; i++) {
		if (s[i].state != MIGRATION_PENDING)
			continue;
		rc = apply(pg, s[i].name, e);
		applied++;
	}
	arena_release(&a);
	return rc < 0 ? rc : applied;
}

int migrate(struct pg *pg, struct err *e)
{
	struct err ignored = { 0 };
	int rc = pg_script(pg, "waiting for another migration", LOCK_SQL, e);

	if (rc < 0)
		return rc;
	rc = apply_pending(pg, e);
	if (pg_is_alive(pg) &&
	    pg_script(pg, "unlocking", UNLOCK_SQL, &ignored) < 0)
		return rc < 0 ? rc
			      : err_at(e, ignored.code, 0, "%s", ignored.text);
	return rc;
}

int migrate_check(struct pg *pg, struct err *e)
{
	struct migration_status *s = NULL;
	struct arena a = { 0 };
	uint32_t nr = 0;
	int rc = migrate_status(&s, &nr, pg, &a, e);

	if (rc == 0)
		rc = refuse_foreign(s, nr, e);
	for (uint32_t i = 0; i < nr && rc == 0; i++)
		if (s[i].state == MIGRATION_PENDING)
			rc = err_at(e, ERR_INTEGRITY, 0,
				    "the database lacks schema step '" STR_FMT
				    "'; run 'paxgate db %s'",
				    STR_ARG(s[i].name), i ? "migrate" : "init");
	arena_release(&a);
	return rc;
}
