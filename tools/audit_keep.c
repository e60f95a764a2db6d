/*
 * audit_keep.c - paxgate audit checkpoint, and expire
 */
#include "engine/checkpoint.h"
#include "tools/audit_cli.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/opt.h"

#include <stdio.h>
#include <time.h>

enum { YEARS_KEPT = 5 };

static const char *config_file, *database, *before;

/* clang-format off */
#define COMMON_OPTS \
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" }, \
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database, \
	  "libpq keywords or URI, before the settings' one" }

static const struct opt checkpoint_opts[] = { COMMON_OPTS, { 0 } };

static const struct opt expire_opts[] = {
	COMMON_OPTS,
	{ "before", 0, "DATE", OPT_TEXT, &before,
	  "what is older than this UTC day (five years ago)" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage checkpoint_usage = {
	"audit checkpoint",
	"[OPTIONS]",
	"Sign the ends of the audit log now, store the checkpoint and append "
	"it to the file\naudit.checkpoints. The engine does so by itself.",
	checkpoint_opts,
	"  paxgate audit checkpoint -c /etc/paxgate.yaml\n",
};

static const struct opt_usage expire_usage = {
	"audit expire",
	"[OPTIONS]",
	"Remove events that have been kept for five years, never sooner. An "
	"event and a signed\ncheckpoint say what was removed, so that the rest "
	"is still proven to be whole. For\nthe administrator's role.",
	expire_opts,
	"  paxgate audit expire -c /etc/paxgate.yaml\n",
};

static int checkpoint(struct pg *pg, const struct config *c, struct arena *a,
		      struct err *e)
{
	struct sign_pair *pair = NULL;
	struct audit_signed s;

	if (sign_pair_load(&pair, c->audit_key, e))
		return config_file_error(e);
	if (!checkpoint_make(&s, pg, c, pair, a, e) && s.nr)
		printf("checkpoint %lld\n", (long long)s.nr);
	else if (!e->code)
		puts("nothing came since the last checkpoint");
	sign_pair_free(pair);
	return e->code;
}

int audit_checkpoint_verb(int argc, char **argv)
{
	struct arena a = { 0 };
	struct config c;
	struct err e = { 0 };
	struct pg *pg = NULL;
	int rc = opt_parse(&checkpoint_usage, argc, argv);

	if (rc < 0)
		return opt_exit(rc);
	if (rc < argc)
		return opt_wrong(&checkpoint_usage, "takes no '%s'", argv[rc]);
	rc = tool_settings(&c, config_file, database, &a, &e);
	if (rc == 0)
		rc = crypt_init(&e);
	if (rc == 0)
		rc = database_open_checked(&pg, &c, &e);
	if (rc == 0)
		rc = checkpoint(pg, &c, &a, &e);
	pg_close(pg);
	arena_release(&a);
	return rc < 0 ? tool_fail("audit checkpoint", &e) : EXIT_OK;
}

/* Five years back, by the calendar: 29 February's events go on 1 March. */
static int32_t five_years_ago(void)
{
	struct date d = date_from_days(time(NULL) / SECONDS_PER_DAY);

	d.year = (int16_t)(d.year - YEARS_KEPT);
	if (!date_is_valid(d))
		d.day--;
	return (int32_t)date_to_days(d);
}

static int expire(struct pg *pg, const struct config *c, int32_t day,
		  struct err *e)
{
	struct sign_pair *pair = NULL;
	int64_t removed = 0;

	if (sign_pair_load(&pair, c->audit_key, e))
		return config_file_error(e);
	if (!audit_expire(&removed, pg, day, pair->public_half,
			  pair->secret_half, e))
		printf("%lld events removed\n", (long long)removed);
	sign_pair_free(pair);
	return e->code;
}

int audit_expire_verb(int argc, char **argv)
{
	struct arena a = { 0 };
	struct config c;
	struct err e = { 0 };
	struct pg *pg = NULL;
	struct date d;
	int32_t day = five_years_ago();
	int rc = opt_parse(&expire_usage, argc, argv);

	if (rc < 0)
		return opt_exit(rc);
	if (rc < argc)
		return opt_wrong(&expire_usage, "takes no '%s'", argv[rc]);
	if (before && (!date_read(str_of(before), &d) || !date_is_full(d)))
		return opt_wrong(&expire_usage,
				 "'%s' is no date; write 2021-11-28", before);
	if (before)
		day = (int32_t)date_to_days(d);
	rc = tool_settings(&c, config_file, database, &a, &e);
	if (rc == 0)
		rc = crypt_init(&e);
	if (rc == 0)
		rc = database_open_checked(&pg, &c, &e);
	if (rc == 0)
		rc = expire(pg, &c, day, &e);
	pg_close(pg);
	arena_release(&a);
	return rc < 0 ? tool_fail("audit expire", &e) : EXIT_OK;
}
