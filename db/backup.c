#include "db/backup.h"

#include "db/sql.h"

#include <libpq-fe.h>
#include <stdlib.h>

int backup_environment(const char *conninfo, struct err *e)
{
	PQconninfoOption *all, *o;

	if (!conninfo || !*conninfo)
		return 0;
	all = PQconninfoParse(conninfo, NULL);
	if (!all)
		return err_at(e, ERR_USAGE, 0,
			      "the database's conninfo is not well formed");
	for (o = all; o->keyword && !e->code; o++) {
		if (!o->val)
			continue;
		if (!o->envvar)
			(void)err_at(e, ERR_USAGE, 0,
				     "'%s' of the database's conninfo cannot "
				     "be passed on to pg_dump; put it into a "
				     "service file",
				     o->keyword);
		else if (setenv(o->envvar, o->val, 1))
			(void)err_at(e, ERR_NOMEM, 0, "out of memory");
	}
	PQconninfoFree(all);
	return e->code;
}

int backup_state(struct backup_state *out, struct pg *pg, struct arena *a,
		 struct err *e)
{
	struct pg_result *r = NULL;
	int rc = pg_run(pg, "reading what is backed up", sql_backup_state, NULL,
			&r, e);

	*out = (struct backup_state){ .steps = 0 };
	if (rc == 0 &&
	    (pg_read_field(&out->steps, COL_I64, r, 0, 0, a, e) ||
	     pg_read_field(&out->last_step, COL_TEXT, r, 0, 1, a, e) ||
	     pg_read_field(&out->active, COL_I64, r, 0, 2, a, e) ||
	     pg_read_field(&out->done, COL_I64, r, 0, 3, a, e) ||
	     pg_read_field(&out->records, COL_I64, r, 0, 4, a, e) ||
	     pg_read_field(&out->offsets, COL_I64, r, 0, 5, a, e)))
		rc = e->code;
	pg_result_free(r);
	return rc;
}

/* The roles are those that access_missing.sql looks for. */
const char *backup_roles(struct arena *a)
{
	struct str list = STR("''"), rest = str_of(sql_access_missing);
	const char prefix[] = "paxgate_";

	while (rest.ptr) {
		struct str word = str_split(&rest, '\'');

		if (str_starts(word, str_of(prefix)))
			list = arena_fmt(a, STR_FMT ", '" STR_FMT "'",
					 STR_ARG(list), STR_ARG(word));
	}
	return arena_fmt(a,
			 "DO $$ DECLARE r text; BEGIN FOREACH r IN ARRAY "
			 "ARRAY[" STR_FMT "] LOOP IF r <> '' AND NOT EXISTS "
			 "(SELECT FROM pg_roles WHERE rolname = r) THEN "
			 "EXECUTE format('CREATE ROLE %%I NOLOGIN', r); "
			 "END IF; END LOOP; END $$",
			 STR_ARG(list))
		.ptr;
}

int backup_is_empty(bool *empty, struct pg *pg, struct err *e)
{
	struct pg_result *r = NULL;
	struct arena none = { 0 };
	int rc = pg_run(pg, "looking for a schema",
			"SELECT NOT EXISTS (SELECT FROM pg_namespace WHERE "
			"nspname IN ('pax', 'ref', 'ops'))",
			NULL, &r, e);

	if (rc == 0)
		rc = pg_read_field(empty, COL_BOOL, r, 0, 0, &none, e);
	pg_result_free(r);
	return rc;
}

int backup_unsettled(struct str *what, struct pg *pg, struct arena *a,
		     struct err *e)
{
	struct pg_result *r = NULL;
	int rc = pg_run(pg, "asking whether a restore is done",
			"SELECT max(backup) FROM ops.restored "
			"WHERE settled_at IS NULL",
			NULL, &r, e);

	*what = STR_NONE;
	if (rc == 0)
		rc = pg_read_field(what, COL_TEXT, r, 0, 0, a, e);
	pg_result_free(r);
	return rc;
}

int backup_settle(struct pg *pg, struct err *e)
{
	return pg_run(pg, "ending a restore",
		      "UPDATE ops.restored SET settled_at = now() "
		      "WHERE settled_at IS NULL",
		      NULL, NULL, e);
}

int backup_offsets(struct backup_offset **out, uint32_t *nr, struct pg *pg,
		   struct arena *a, struct err *e)
{
	struct pg_result *r = NULL;
	int rc = pg_run(pg, "reading offsets",
			"SELECT topic, grp, count(*), "
			"sum(next_offset)::bigint FROM ops.kafka_offset "
			"GROUP BY 1, 2 ORDER BY 1, 2",
			NULL, &r, e);

	*nr = rc == 0 ? (uint32_t)pg_result_rows(r) : 0;
	*out = arena_alloc(a, (*nr + 1) * sizeof(**out));
	for (uint32_t i = 0; i < *nr && rc == 0; i++) {
		struct backup_offset *o = &(*out)[i];

		*o = (struct backup_offset){ .parts = 0 };
		if (pg_read_field(&o->topic, COL_TEXT, r, i, 0, a, e) ||
		    pg_read_field(&o->group, COL_TEXT, r, i, 1, a, e) ||
		    pg_read_field(&o->parts, COL_I64, r, i, 2, a, e) ||
		    pg_read_field(&o->next, COL_I64, r, i, 3, a, e))
			rc = e->code;
	}
	pg_result_free(r);
	return rc;
}
