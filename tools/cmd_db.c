/*
 * cmd_db.c - the database's schema: made, brought up to date, looked at
 */
#include "base/json_write.h"
#include "db/status.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/db_access.h"
#include "tools/db_backup.h"
#include "tools/opt.h"

#include <stdio.h>
#include <time.h>

static const char *config_file, *database;
static bool as_json;

/* clang-format off */
#define DATABASE_OPTS \
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" }, \
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database, \
	  "libpq keywords or URI, before the settings' one" }
/* clang-format on */

static const struct opt change_opts[] = { DATABASE_OPTS, { 0 } };
static const struct opt status_opts[] = {
	DATABASE_OPTS,
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON" },
	{ 0 },
};

static const struct opt_usage init_usage = {
	"db init",
	"[OPTIONS]",
	"Make paxgate's schema in a database and the partitions of today and\n"
	"tomorrow. On a database that has the schema: bring it up to date.",
	change_opts,
	"  paxgate db init --database 'host=/run/postgresql dbname=piu'\n",
};

static const struct opt_usage migrate_usage = {
	"db migrate",
	"[OPTIONS]",
	"Apply the schema steps that the database lacks. Several may run at\n"
	"once; a database made by a newer program is refused.",
	change_opts,
	"  paxgate db migrate -c /etc/paxgate.yaml\n"
	"  paxgate db migrate --database 'service=piu'\n",
};

static const struct opt_usage status_usage = {
	"db status",
	"[OPTIONS]",
	"Show the server, the schema's steps, the days that have partitions,\n"
	"and settings of the server that have to change: under them its own\n"
	"log would hold personal data.",
	status_opts,
	"  paxgate db status --json\n",
};

/* No operands for these commands. */
static int parse(const struct opt_usage *u, int argc, char **argv)
{
	int first = opt_parse(u, argc, argv);

	if (first < 0)
		return first;
	if (first == argc)
		return 0;
	opt_wrong(u, "there is nothing to be done with '%s'", argv[first]);
	return -2;
}

static int open_database(struct pg **pg, struct err *e)
{
	struct arena a = { 0 };
	struct config c;
	int rc = tool_settings(&c, config_file, database, &a, e);

	if (rc == 0)
		rc = database_open(pg, &c, e);
	arena_release(&a);
	return rc;
}

static int ensure_days(struct pg *pg, struct err *e)
{
	int32_t today = (int32_t)(time(NULL) / SECONDS_PER_DAY);
	int rc = partition_ensure(pg, today, e);

	return rc < 0 ? rc : partition_ensure(pg, today + 1, e);
}

static void print_warnings(FILE *to, const struct db_status *s)
{
	for (uint32_t i = 0; i < s->nr_warning; i++)
		fprintf(to,
			"warning: the server's " STR_FMT " is '" STR_FMT
			"'; set it to '" STR_FMT "'\n",
			STR_ARG(s->warning[i].name), STR_ARG(s->warning[i].is),
			STR_ARG(s->warning[i].wanted));
}

/* What the server's log would give away, at the time it is set up. */
static int warn(struct pg *pg, struct err *e)
{
	struct arena a = { 0 };
	struct db_status s;
	int rc = status_read(&s, pg, &a, e);

	if (rc == 0)
		print_warnings(stderr, &s);
	arena_release(&a);
	return rc;
}

static int verb_init(int argc, char **argv)
{
	struct err e = { 0 };
	struct pg *pg = NULL;
	int rc = parse(&init_usage, argc, argv), steps = 0;

	if (rc < 0)
		return opt_exit(rc);
	rc = open_database(&pg, &e);
	if (rc == 0)
		rc = steps = migrate(pg, &e);
	if (rc >= 0)
		rc = ensure_days(pg, &e);
	if (rc == 0)
		rc = warn(pg, &e);
	pg_close(pg);
	if (rc < 0)
		return tool_fail("db init", &e);
	printf("schema is there, %d step%s applied\n", steps,
	       steps == 1 ? "" : "s");
	return EXIT_OK;
}

/* A database without any of our steps is not ours to migrate. */
static int refuse_empty(struct pg *pg, struct err *e)
{
	struct migration_status *s = NULL;
	struct arena a = { 0 };
	uint32_t nr = 0;
	int rc = migrate_status(&s, &nr, pg, &a, e);

	if (rc == 0 && nr && s[0].state == MIGRATION_PENDING)
		rc = err_at(e, ERR_INTEGRITY, 0,
			    "this database has no schema of paxgate; "
			    "'paxgate db init' makes one");
	arena_release(&a);
	return rc;
}

static int verb_migrate(int argc, char **argv)
{
	struct err e = { 0 };
	struct pg *pg = NULL;
	int rc = parse(&migrate_usage, argc, argv);

	if (rc < 0)
		return opt_exit(rc);
	rc = open_database(&pg, &e);
	if (rc == 0)
		rc = refuse_empty(pg, &e);
	if (rc == 0)
		rc = migrate(pg, &e);
	pg_close(pg);
	if (rc < 0)
		return tool_fail("db migrate", &e);
	printf("%d step%s applied\n", rc, rc == 1 ? "" : "s");
	return EXIT_OK;
}

static const char *const state_word[] = {
	[MIGRATION_APPLIED] = "applied",
	[MIGRATION_PENDING] = "pending",
	[MIGRATION_CHANGED] = "applied with another text",
	[MIGRATION_UNKNOWN] = "not known to this program",
};

static void print_table(const struct db_status *s)
{
	struct buf at = { 0 };

	printf("server      PostgreSQL " STR_FMT ", database '" STR_FMT
	       "', as '" STR_FMT "'\n",
	       STR_ARG(s->version), STR_ARG(s->database), STR_ARG(s->role));
	for (uint32_t i = 0; i < s->nr_step; i++) {
		const struct migration_status *m = &s->step[i];

		buf_clear(&at);
		moment_write(&at, m->applied_at, true);
		printf("step        " STR_FMT "  %s %.*s\n", STR_ARG(m->name),
		       state_word[m->state], (int)at.len,
		       moment_is_set(m->applied_at) ? at.data : "");
	}
	buf_release(&at);
	if (!s->has_schema) {
		puts("schema      none; 'paxgate db init' makes it");
		return;
	}
	printf("days        %lld with partitions", (long long)s->days);
	if (s->days)
		printf(", " STR_FMT " to " STR_FMT, STR_ARG(s->first),
		       STR_ARG(s->last));
	printf("\noffsets     of %lld partitions of Kafka\n"
	       "quarantine  %lld messages\n",
	       (long long)s->partitions, (long long)s->quarantined);
}

static void write_steps(struct json *j, const struct db_status *s)
{
	json_open(j, "steps", '[');
	for (uint32_t i = 0; i < s->nr_step; i++) {
		json_open(j, NULL, '{');
		json_str(j, "name", s->step[i].name);
		json_z(j, "state", state_word[s->step[i].state]);
		json_moment(j, "applied_at", s->step[i].applied_at, true);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void write_warnings(struct json *j, const struct db_status *s)
{
	json_open(j, "warnings", '[');
	for (uint32_t i = 0; i < s->nr_warning; i++) {
		json_open(j, NULL, '{');
		json_str(j, "setting", s->warning[i].name);
		json_str(j, "is", s->warning[i].is);
		json_str(j, "wanted", s->warning[i].wanted);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void print_json(const struct db_status *s)
{
	struct buf b = { 0 };
	struct json j;

	json_init(&j, &b);
	json_open(&j, NULL, '{');
	json_str(&j, "version", s->version);
	json_str(&j, "database", s->database);
	json_str(&j, "role", s->role);
	json_bool(&j, "schema", s->has_schema);
	write_steps(&j, s);
	json_int(&j, "days", s->days);
	json_str(&j, "first_day", s->first);
	json_str(&j, "last_day", s->last);
	json_int(&j, "kafka_partitions", s->partitions);
	json_int(&j, "quarantined", s->quarantined);
	write_warnings(&j, s);
	json_close(&j, '}');
	printf("%.*s\n", (int)b.len, b.data ? b.data : "");
	buf_release(&b);
}

static int verb_status(int argc, char **argv)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct pg *pg = NULL;
	struct db_status s;
	int rc = parse(&status_usage, argc, argv);

	if (rc < 0)
		return opt_exit(rc);
	rc = open_database(&pg, &e);
	if (rc == 0)
		rc = status_read(&s, pg, &a, &e);
	if (rc == 0 && as_json) {
		print_json(&s);
	} else if (rc == 0) {
		print_table(&s);
		print_warnings(stdout, &s);
	}
	pg_close(pg);
	arena_release(&a);
	return rc < 0 ? tool_fail("db status", &e) : EXIT_OK;
}

int cmd_db(int argc, char **argv)
{
	static const struct cmd_verb verbs[] = {
		{ "init", verb_init, "make the schema" },
		{ "migrate", verb_migrate, "bring the schema up to date" },
		{ "status", verb_status, "show the schema's state" },
		{ "access", db_access, "who may do what" },
		{ "backup", db_backup, "write all of it into a file" },
		{ "restore", db_restore, "a backup into an empty database" },
		{ 0 },
	};

	return cmd_run_verb("db", verbs, argc, argv);
}
