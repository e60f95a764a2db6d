/*
 * profile_diff.c - paxgate profile diff: what another revision says otherwise
 */
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/opt.h"
#include "tools/profile_cli.h"
#include "tools/registry.h"
#include "tools/text_diff.h"

#include <stdio.h>

static const char *config_file, *database;
static bool exit_code;

static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database,
	  "libpq keywords or URI, before the settings' one" },
	{ "exit-code", 0, NULL, OPT_FLAG, &exit_code,
	  "end with code 1 when they differ" },
	{ 0 },
};

static const struct opt_usage usage = {
	"profile diff",
	"[OPTIONS] REVISION REVISION",
	"Show two texts of a profile line by line: '-' stands before what only "
	"the first has,\n'+' before what only the second has. Each is NAME "
	"(its "
	"newest committed revision),\nNAME@4, or a file.",
	opts,
	"  paxgate profile diff late-cash-one-way@3 late-cash-one-way@4\n"
	"  paxgate profile diff late-cash-one-way "
	"etc/profiles/late-cash-one-way.yaml\n",
};

/* A file's text, or that of a revision. */
static int text_of(struct str *out, struct registry *r, const char *name,
		   struct err *e)
{
	struct profile_revision rev;
	struct buf text = { 0 };

	if (!str_ends(str_of(name), STR(".yaml"))) {
		if (registry_find(&rev, r, name, e))
			return e->code;
		*out = rev.content;
		return 0;
	}
	if (buf_read_file(&text, name, PROFILE_MAX_BYTES, e))
		return e->code;
	*out = arena_str(&r->arena, buf_view(&text));
	buf_release(&text);
	return 0;
}

int profile_cmd_diff(int argc, char **argv)
{
	struct registry r = { 0 };
	struct buf out = { 0 };
	struct err e = { 0 };
	struct str x, y;
	int64_t differ = 0;
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (argc - first != 2)
		return opt_wrong(&usage, "name two texts");
	if (!registry_open(&r, config_file, database, &e) &&
	    !text_of(&x, &r, argv[first], &e) &&
	    !text_of(&y, &r, argv[first + 1], &e))
		differ = text_diff(&out, x, y, &r.arena);
	fwrite(buf_view(&out).ptr, 1, out.len, stdout);
	buf_release(&out);
	registry_release(&r);
	if (e.code)
		return tool_fail("profile diff", &e);
	return exit_code && differ ? EXIT_FINDINGS : EXIT_OK;
}
