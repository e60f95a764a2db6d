/*
 * db_restore.c - paxgate db restore: a backup comes back, and what was
 * forgotten since is forgotten again
 */
#include "base/json.h"
#include "db/access.h"
#include "db/backup.h"
#include "db/migrate.h"
#include "engine/programs.h"
#include "engine/test_fault.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/db_backup.h"
#include "tools/opt.h"
#include "tools/register_cli.h"
#include "tools/retention_cli.h"

#include <stdio.h>

enum { MANIFEST_MAX = 1 << 16 };

static const char *config_file, *database, *today;
static bool finish;

/* clang-format off */
static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database,
	  "libpq keywords or URI, before the settings' one" },
	{ "finish", 0, NULL, OPT_FLAG, &finish, "go on where it was cut short; without FILE" },
	{ "today", 0, "DATE", OPT_TEXT, &today,
	  "as if this were today; not on real travellers" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"db restore",
	"[OPTIONS] FILE | --finish",
	"Bring a backup of 'db backup' into an empty database, in one "
	"transaction; bring its\n"
	"schema up to date; then do again what was done since it was made: "
	"days whose key the\n"
	"folder knows as destroyed go, records without a key go, 'retention "
	"run' and 'prove'.\n"
	"Until all of it is done no engine starts. Prints from which offsets "
	"it goes on.",
	opts,
	"  paxgate db restore -c /etc/paxgate/paxgate.yaml "
	"/srv/backup/2026-11-28.dump\n",
};

/* The backup's hash, as its manifest and its bytes say. */
static int check_file(struct str *hash, const char *path, struct arena *a,
		      struct err *e)
{
	uint8_t is[CRYPT_HASH_LEN];
	char hex[2 * CRYPT_HASH_LEN + 1];
	struct json_node *doc = NULL;
	struct buf text = { 0 };

	if (!buf_read_file(&text, db_backup_manifest(path, a), MANIFEST_MAX,
			   e) &&
	    !json_read(&doc, buf_view(&text), e) &&
	    !db_backup_hash(is, path, e)) {
		crypt_to_hex(hex, is, sizeof(is));
		*hash = arena_str(a, str_of(hex));
		if (!str_eq(*hash, json_node_text(json_node_get(doc, "hash"))))
			(void)err_at(e, ERR_INTEGRITY, 0,
				     "'%s' is not what its manifest says: it "
				     "was changed or cut short",
				     path);
	}
	json_node_free(doc);
	buf_release(&text);
	return e->code;
}

/* Data and the mark that it is unsettled, or neither. */
static int load(const char *path, struct str hash, struct arena *a,
		struct err *e)
{
	char *mark = (char *)(uintptr_t)arena_fmt(
			     a,
			     "INSERT INTO ops.restored (backup) VALUES "
			     "('" STR_FMT "')",
			     STR_ARG(hash))
			     .ptr;
	char *const from[] = { "pg_restore", "--file=-", "--no-owner",
			       (char *)(uintptr_t)path, NULL };
	/* errors of COPY quote rows: codes alone */
	char *const to[] = { "psql",
			     "--no-psqlrc",
			     "--quiet",
			     "--no-password",
			     "--single-transaction",
			     "--set=ON_ERROR_STOP=1",
			     "--set=VERBOSITY=sqlstate",
			     "--command",
			     (char *)(uintptr_t)backup_roles(a),
			     "--file=-",
			     "--command",
			     mark,
			     NULL };
	char *const *const all[] = { from, to, NULL };

	return programs_run(all, e);
}

static int bring(const char *path, struct arena *a, struct err *e)
{
	struct pg *pg = NULL;
	struct config c;
	struct str hash;
	bool empty = false;

	if (tool_settings(&c, config_file, database, a, e) || crypt_init(e) ||
	    check_file(&hash, path, a, e) || database_open(&pg, &c, e) ||
	    access_check_roles(pg, e) || backup_is_empty(&empty, pg, e)) {
		pg_close(pg);
		return e->code;
	}
	pg_close(pg);
	pg = NULL;
	if (!empty)
		return err_at(e, ERR_USAGE, 0,
			      "this database has a schema of paxgate; restore "
			      "into an empty one");
	if (backup_environment(c.database, e) || load(path, hash, a, e))
		return e->code;
	test_fault_at("restored", NULL);
	/* a newer program's backup is refused here, an older one's completed */
	if (!database_open(&pg, &c, e) && migrate(pg, e) > 0)
		fprintf(stderr, "the schema was brought up to date\n");
	pg_close(pg);
	return e->code;
}

/* A day whose key is destroyed: nothing of it opens, so all of it goes. */
static int drop_day(struct retention_cli *c, int32_t day, struct err *e)
{
	struct retention_job j = retention_cli_job(c);
	struct retention_figures f;

	if (!retention_mask_day(&f, &j, day, true, &c->arena, e))
		printf("%s  masked since: %lld travellers dropped\n",
		       register_day_text(day).text, (long long)f.travellers);
	return e->code;
}

/* An active day that has rows, and no key though it is not masked? */
static int check_key(struct retention_cli *c, int32_t day, struct err *e)
{
	const uint8_t *key;
	int64_t people;

	if (retention_people(&people, c->pg, day, e) || !people ||
	    key_folder_day(c->keys, date_from_days(day), DAY_KEY_IF_ANY, &key,
			   e) ||
	    key)
		return e->code;
	return err_at(e, ERR_INTEGRITY, 0,
		      "the key folder has no key for %s, and no mark that it "
		      "was masked: is it the one of this database?",
		      register_day_text(day).text);
}

static int settle_days(struct retention_cli *c, struct err *e)
{
	struct retention_day *d;
	uint32_t nr;

	if (retention_days(&d, &nr, c->pg, c->today, &c->arena, e))
		return e->code;
	for (uint32_t i = 0; i < nr && !e->code; i++) {
		struct retention_job j = retention_cli_job(c);
		bool marked =
			key_mask_is_marked(c->keys, date_from_days(d[i].day));
		int64_t gone = 0;

		if (d[i].stage == RETENTION_MASKED)
			(void)!retention_erase_keyless(&gone, &j, d[i].day, e);
		else if (d[i].stage == RETENTION_ACTIVE && marked)
			(void)!drop_day(c, d[i].day, e);
		else if (d[i].stage == RETENTION_ACTIVE)
			(void)!check_key(c, d[i].day, e);
		if (gone)
			printf("%s  erased since: %lld masked records\n",
			       register_day_text(d[i].day).text,
			       (long long)gone);
	}
	return e->code;
}

static int print_offsets(struct pg *pg, struct arena *a, struct err *e)
{
	struct backup_offset *o;
	uint32_t nr;

	if (backup_offsets(&o, &nr, pg, a, e))
		return e->code;
	for (uint32_t i = 0; i < nr; i++)
		printf("goes on: topic " STR_FMT ", group " STR_FMT
		       ", %lld partitions, %lld messages read\n",
		       STR_ARG(o[i].topic), STR_ARG(o[i].group),
		       (long long)o[i].parts, (long long)o[i].next);
	printf("what came since is read again from there; where the topic has "
	       "it no more the\nengine stops (code 5), and carriers have to "
	       "send it again\n");
	return 0;
}

static int settle(struct err *e)
{
	struct retention_cli c;
	bool told = false;
	int64_t findings = 0;

	if (retention_cli_open(&c, config_file, database, today, true, true,
			       e) ||
	    settle_days(&c, e) || retention_run_all(&c, &told, e) ||
	    retention_prove_all(&findings, &c, e))
		goto out;
	if (findings)
		(void)err_at(e, ERR_INTEGRITY, 0,
			     "%lld things should not be there: see above; the "
			     "engine does not start",
			     (long long)findings);
	else if (!print_offsets(c.pg, &c.arena, e) &&
		 !audit_record(
			 c.pg,
			 &(struct audit_event){ .operation = AUDIT_KEY_CHANGE,
						.subject = STR("database"),
						.reason = STR("restored") },
			 e) &&
		 !backup_settle(c.pg, e))
		printf("restored: the engine may start\n");
out:
	retention_cli_close(&c);
	return e->code;
}

int db_restore(int argc, char **argv)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (finish ? first != argc : first != argc - 1)
		return opt_wrong(&usage, "name the backup, or say --finish");
	if (finish || !bring(argv[first], &a, &e))
		(void)!settle(&e);
	arena_release(&a);
	return e.code ? tool_fail("db restore", &e) : EXIT_OK;
}
