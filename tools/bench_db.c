#include "tools/bench_db.h"

#include "db/migrate.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The same server and role, another database: of two names the last wins. */
static const char *with_name(struct arena *a, const char *conninfo,
			     const char *name)
{
	const char *joint = " ";

	if (strstr(conninfo, "://"))
		joint = strchr(conninfo, '?') ? "&" : "?";
	return arena_fmt(a, "%s%sdbname=%s", conninfo, joint, name).ptr;
}

static int add_schema(const char *conninfo, struct err *e)
{
	struct pg_settings s = { .conninfo = conninfo,
				 .application = "paxgate bench" };
	struct pg *pg;
	int rc = pg_open(&pg, &s, e);

	if (rc < 0)
		return rc;
	rc = migrate(pg, e);
	pg_close(pg);
	return rc < 0 ? rc : 0;
}

int bench_db_create(struct bench_db *out, const char *conninfo, struct arena *a,
		    struct err *e)
{
	struct pg_settings s = { .conninfo = conninfo,
				 .application = "paxgate bench" };
	const char *name =
		arena_fmt(a, "paxgate_bench_%ld", (long)getpid()).ptr;
	int rc = pg_open(&out->admin, &s, e);

	if (rc == 0)
		rc = pg_run(out->admin, "creating a database to measure in",
			    arena_fmt(a, "CREATE DATABASE %s", name).ptr, NULL,
			    NULL, e);
	if (rc < 0)
		return rc;
	out->name = name;
	out->conninfo = with_name(a, conninfo, name);
	return add_schema(out->conninfo, e);
}

void bench_db_drop(struct bench_db *db)
{
	struct err e = { 0 };
	char sql[80];

	if (db->name) {
		snprintf(sql, sizeof(sql), "DROP DATABASE %s WITH (FORCE)",
			 db->name);
		if (pg_run(db->admin, "dropping it", sql, NULL, NULL, &e) < 0)
			fprintf(stderr,
				"paxgate bench: database '%s' is left: %s\n",
				db->name, e.text);
	}
	pg_close(db->admin);
	*db = (struct bench_db){ 0 };
}
