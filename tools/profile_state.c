/*
 * profile_state.c - paxgate profile activate, suspend, rollback
 */
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/opt.h"
#include "tools/profile_cli.h"
#include "tools/registry.h"

#include <stdio.h>

static const char *config_file, *database, *reason;
static int64_t wait_s = 10;
static bool shadow;

/* clang-format off */
#define COMMON_OPTS \
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" }, \
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database, \
	  "libpq keywords or URI, before the settings' one" }, \
	{ "wait", 'w', "SECONDS", OPT_INT, &wait_s, \
	  "for running engines to take it up (10)" }

static const struct opt activate_opts[] = {
	COMMON_OPTS,
	{ "shadow", 0, NULL, OPT_FLAG, &shadow,
	  "in shadow: its hits are stored apart and reach nobody" },
	{ 0 },
};

static const struct opt suspend_opts[] = {
	COMMON_OPTS,
	{ "reason", 'r', "TEXT", OPT_TEXT, &reason, "why; stays on record" },
	{ 0 },
};

static const struct opt rollback_opts[] = { COMMON_OPTS, { 0 } };
/* clang-format on */

static const struct opt_usage activate_usage = {
	"profile activate",
	"[OPTIONS] NAME|NAME@REVISION",
	"Make a committed revision live (the newest, unless one is named), in "
	"place of the\none that was: a new version of the profile set. It has "
	"to be approved by another\nthan its author, within its validity, and, "
	"where it reads sex, age or origin, to\nhave a test of disparity on "
	"record. Named lists are taken from screen.lists. Waits\nuntil "
	"running engines have taken it up, and says from which offsets on it "
	"holds;\nexit code 75 when they have not.",
	activate_opts,
	"  paxgate profile activate late-cash-one-way\n"
	"  paxgate profile activate --shadow late-cash-one-way@5\n",
};

static const struct opt_usage suspend_usage = {
	"profile suspend",
	"[OPTIONS] NAME",
	"Suspend a profile: it does not run any more, also after a restart, "
	"until it is\nactivated again. Hits it made stay. Waits as 'activate' "
	"does.",
	suspend_opts,
	"  paxgate profile suspend late-cash-one-way --reason 'too many "
	"families'\n",
};

static const struct opt_usage rollback_usage = {
	"profile rollback",
	"[OPTIONS] NAME",
	"Activate the revision that was live before the present one. Waits as "
	"'activate'\ndoes.",
	rollback_opts,
	"  paxgate profile rollback late-cash-one-way\n",
};

static int suspend(int64_t *version, struct registry *r, const char *name,
		   struct err *e)
{
	struct edition_change change = { .name = str_of(name),
					 .state = STR("suspended"),
					 .why = str_of(reason) };

	return edition_change(version, &r->source, &change, 1, false,
			      arena_fmt(&r->arena, "suspend %s", name), e);
}

static int activate(int64_t *version, struct registry *r, const char *name,
		    struct err *e)
{
	struct profile_revision rev;

	if (registry_find(&rev, r, name, e) ||
	    registry_activate(version, r, &rev, shadow, e))
		return e->code;
	return 0;
}

static int rollback(int64_t *version, struct registry *r, const char *name,
		    struct err *e)
{
	struct profile_revision rev;
	int64_t before;

	if (profiles_live_before(&before, r->pg, str_of(name), e))
		return e->code;
	if (!before)
		return err_at(e, ERR_USAGE, 0,
			      "no other revision of '%s' was live before",
			      name);
	if (registry_find(
		    &rev, r,
		    arena_fmt(&r->arena, "%s@%lld", name, (long long)before)
			    .ptr,
		    e) ||
	    registry_activate(version, r, &rev, false, e))
		return e->code;
	printf("%s is at revision %lld again\n", name, (long long)before);
	return 0;
}

static int run(const struct opt_usage *usage, int argc, char **argv,
	       int (*change)(int64_t *, struct registry *, const char *,
			     struct err *))
{
	struct registry r = { 0 };
	struct err e = { 0 };
	int64_t version;
	int first = opt_parse(usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first != argc - 1)
		return opt_wrong(usage, "name one profile");
	if (wait_s < 0 || wait_s > 3600)
		return opt_wrong(usage, "--wait is 0 to 3600");
	if (change == suspend && (!reason || !*reason))
		return opt_wrong(usage, "why? --reason");
	if (!registry_open(&r, config_file, database, &e) &&
	    !change(&version, &r, argv[first], &e))
		(void)!registry_wait(&r, version, wait_s, &e);
	registry_release(&r);
	return e.code ? tool_fail(usage->command, &e) : EXIT_OK;
}

int profile_cmd_activate(int argc, char **argv)
{
	return run(&activate_usage, argc, argv, activate);
}

int profile_cmd_suspend(int argc, char **argv)
{
	return run(&suspend_usage, argc, argv, suspend);
}

int profile_cmd_rollback(int argc, char **argv)
{
	return run(&rollback_usage, argc, argv, rollback);
}
