/*
 * db_fixture.h - a private PostgreSQL for a Check program
 *
 * fixture_run() starts a cluster of its own by tools/dev/pg.sh (or what
 * PAXGATE_PG_SH names), runs the tests and wipes it. Each test gets a fresh
 * database by fixture_database(). Without a cluster the program fails.
 */
#ifndef TESTS_DB_FIXTURE_H
#define TESTS_DB_FIXTURE_H

#include "db/load.h"
#include "db/migrate.h"
#include "db/store.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char fixture_dir[64];
static char fixture_server[200]; /* conninfo without dbname */

/* Run pg.sh with a verb; its first line goes to `out`. Exit status. */
static inline int fixture_sh(const char *verb, char *out, size_t cap)
{
	const char *sh = getenv("PAXGATE_PG_SH");
	char cmd[300];
	FILE *f;

	snprintf(cmd, sizeof(cmd), "%s %s %s", sh ? sh : "tools/dev/pg.sh",
		 fixture_dir, verb);
	f = popen(cmd, "r");
	if (!f)
		return -1;
	if (!fgets(out, (int)cap, f))
		*out = '\0';
	out[strcspn(out, "\n")] = '\0';
	return pclose(f);
}

/* Its conninfo, dbname cut off. */
static inline int fixture_start(void)
{
	char line[200];
	int rc = fixture_sh("start", line, sizeof(line));

	if (rc || !strstr(line, "host="))
		return -1;
	if (strstr(line, "dbname="))
		*strstr(line, "dbname=") = '\0';
	snprintf(fixture_server, sizeof(fixture_server), "%s", line);
	return 0;
}

/* Open or fail the test. */
static inline struct pg *fixture_open(const char *conninfo)
{
	struct pg_settings s = { .conninfo = conninfo };
	struct err e = { 0 };
	struct pg *pg = NULL;

	ck_assert_msg(pg_open(&pg, &s, &e) == 0, "%s", e.text);
	return pg;
}

/* Run statements or fail the test. */
static inline void fixture_sql(struct pg *pg, const char *sql)
{
	struct err e = { 0 };

	ck_assert_msg(pg_script(pg, sql, sql, &e) == 0, "%s", e.text);
}

/* A number the database says, or fail the test. */
static inline int64_t fixture_number(struct pg *pg, const char *sql)
{
	struct arena none = { 0 };
	struct pg_result *r = NULL;
	struct err e = { 0 };
	int64_t n = -1;

	ck_assert_msg(pg_run(pg, sql, sql, NULL, &r, &e) == 0, "%s", e.text);
	ck_assert_msg(pg_read_field(&n, COL_I64, r, 0, 0, &none, &e) == 0,
		      "%s: %s", sql, e.text);
	pg_result_free(r);
	return n;
}

/* Make an empty database; its conninfo is static until the next call. */
static inline const char *fixture_empty(void)
{
	static char conninfo[300];
	char sql[80];
	struct pg *pg;

	snprintf(conninfo, sizeof(conninfo), "%s dbname=postgres",
		 fixture_server);
	pg = fixture_open(conninfo);
	snprintf(sql, sizeof(sql), "CREATE DATABASE t%d", (int)getpid());
	fixture_sql(pg, sql);
	pg_close(pg);
	snprintf(conninfo, sizeof(conninfo), "%s dbname=t%d", fixture_server,
		 (int)getpid());
	return conninfo;
}

/* The same with the schema in it. */
static inline const char *fixture_database(void)
{
	const char *conninfo = fixture_empty();
	struct pg *pg = fixture_open(conninfo);
	struct err e = { 0 };

	ck_assert_msg(migrate(pg, &e) > 0, "%s", e.text);
	pg_close(pg);
	return conninfo;
}

/* Open a store or fail the test. */
static inline struct store *
fixture_store(const char *conninfo, void (*at)(const char *, void *), void *arg)
{
	struct store_settings s = { .pg = { .conninfo = conninfo,
					    .lock_ms = 2000 },
				    .hooks = { at, arg } };
	struct err e = { 0 };
	struct store *st = NULL;

	ck_assert_msg(store_open(&st, &s, &e) == 0, "%s", e.text);
	return st;
}

/* Commit and compare the outcome. */
#define ck_commit(s, b, want)                                        \
	do {                                                         \
		struct err ck_e = { 0 };                             \
		enum store_outcome ck_o = store_commit(s, b, &ck_e); \
		ck_assert_msg(ck_o == (want), "%s, not %s: %s",      \
			      store_outcome_name(ck_o),              \
			      store_outcome_name(want), ck_e.text);  \
	} while (0)

static inline int fixture_run(const char *name, const TTest *const *test,
			      size_t nr)
{
	char line[200];
	int rc = EXIT_FAILURE;

	snprintf(fixture_dir, sizeof(fixture_dir), "/tmp/paxgate-db-XXXXXX");
	if (!mkdtemp(fixture_dir) || fixture_start() < 0) {
		fprintf(stderr,
			"%s: no private PostgreSQL: does "
			"tools/dev/pg.sh start one?\n",
			name);
		return rc;
	}
	rc = unit_run(name, test, nr);
	fixture_sh("wipe", line, sizeof(line));
	snprintf(line, sizeof(line), "rm -rf '%s'", fixture_dir);
	return system(line) ? EXIT_FAILURE : rc;
}

#endif
