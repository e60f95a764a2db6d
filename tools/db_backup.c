#include "tools/db_backup.h"

#include "base/json_write.h"
#include "db/audit.h"
#include "db/backup.h"
#include "engine/programs.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/opt.h"
#include "tools/whole_file.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *config_file, *database;

/* clang-format off */
static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database,
	  "libpq keywords or URI, before the settings' one" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"db backup",
	"[OPTIONS] FILE",
	"Write the database into a new file, by pg_dump, and FILE.manifest, "
	"which has its hash.\n"
	"Both for their owner alone. Keys are not in it: what it holds of a "
	"person opens with the\n"
	"day's key in the key folder, and with nothing once that day is "
	"masked. Make one after\n"
	"each 'retention run': what is kept masked is in none made before. By "
	"the schema's owner.",
	opts,
	"  paxgate db backup -c /etc/paxgate/paxgate.yaml "
	"/srv/backup/2026-11-28.dump\n",
};

/* Keys and backups together would be the data in clear. */
static int refuse_key_folder(const char *path, const struct config *c,
			     struct err *e)
{
	char folder[PATH_MAX], keys[PATH_MAX];
	const char *slash = strrchr(path, '/');

	snprintf(folder, sizeof(folder), "%.*s",
		 slash ? (int)(slash - path + 1) : 1, slash ? path : ".");
	if (realpath(c->key_folder, keys)) {
		char to[PATH_MAX];

		if (realpath(folder, to) && !strncmp(to, keys, strlen(keys)) &&
		    (to[strlen(keys)] == '/' || !to[strlen(keys)]))
			return err_at(e, ERR_LEGAL, 0,
				      "'%s' is in the key folder: a backup "
				      "that has the keys beside it forgets "
				      "nothing; write it elsewhere",
				      path);
	}
	if (!access(path, F_OK))
		return err_at(e, ERR_USAGE, 0,
			      "'%s' is there already; a backup is a new file",
			      path);
	return 0;
}

static int dump(const char *path, struct err *e)
{
	char *const argv[] = {
		"pg_dump",	"--format=custom",	 "--no-password",
		"--schema=pax", "--schema=ref",		 "--schema=ops",
		"--file",	(char *)(uintptr_t)path, NULL
	};
	char *const *const all[] = { argv, NULL };

	if (programs_run(all, e))
		(void)remove(path);
	return e->code;
}

static int write_manifest(const char *path, const struct backup_state *s,
			  struct arena *a, struct err *e)
{
	struct moment now = { time(NULL), MOMENT_SECOND };
	uint8_t hash[CRYPT_HASH_LEN];
	char hex[2 * CRYPT_HASH_LEN + 1];
	struct buf out = { 0 };
	struct json j;

	if (db_backup_hash(hash, path, e))
		return e->code;
	crypt_to_hex(hex, hash, sizeof(hash));
	json_init(&j, &out);
	json_open(&j, NULL, '{');
	json_z(&j, "paxgate", "backup");
	json_moment(&j, "made_at", now, true);
	json_z(&j, "hash", hex);
	json_int(&j, "steps", s->steps);
	json_str(&j, "last_step", s->last_step);
	json_int(&j, "active_days", s->active);
	json_int(&j, "masked_days", s->done);
	json_int(&j, "masked_records", s->records);
	json_int(&j, "offsets", s->offsets);
	json_close(&j, '}');
	buf_byte(&out, '\n');
	if (!whole_file_write(db_backup_manifest(path, a), buf_view(&out), e))
		fwrite(out.data, 1, out.len, stdout);
	buf_release(&out);
	return e->code;
}

/* On record in the log that goes into it, then made. */
static int backup(const char *path, struct arena *a, struct err *e)
{
	const char *slash = strrchr(path, '/');
	struct audit_event ev = {
		.operation = AUDIT_EXPORT,
		.subject = arena_fmt(a, "backup:%s", slash ? slash + 1 : path),
	};
	struct backup_state s;
	struct config c;
	struct pg *pg = NULL;

	if (tool_settings(&c, config_file, database, a, e) || crypt_init(e) ||
	    refuse_key_folder(path, &c, e) || database_open_checked(&pg, &c, e))
		return e->code;
	umask(077);
	if (!backup_state(&s, pg, a, e) && !audit_record(pg, &ev, e) &&
	    !backup_environment(c.database, e) && !dump(path, e))
		(void)!write_manifest(path, &s, a, e);
	pg_close(pg);
	return e->code;
}

int db_backup(int argc, char **argv)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first != argc - 1)
		return opt_wrong(&usage, "name the file to write");
	(void)!backup(argv[first], &a, &e);
	arena_release(&a);
	return e.code ? tool_fail("db backup", &e) : EXIT_OK;
}
