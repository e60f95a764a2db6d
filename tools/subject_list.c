/*
 * subject_list.c - paxgate subject list: what was done and refused
 */
#include "base/json_write.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/subject_cli.h"

#include <stdio.h>

enum { LIMIT_MAX = 100000 };

static const char *config_file, *database;
static int64_t limit = 100;
static bool as_json;

/* clang-format off */
static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database,
	  "libpq keywords or URI, before the settings' one" },
	{ "limit", 'n', "N", OPT_INT, &limit, "at most so many (100)" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON, a line each" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"subject list",
	"[OPTIONS]",
	"The register of what was done on persons' requests, refusals "
	"included, the newest\n"
	"first. It names files, not persons.",
	opts,
	"  paxgate subject list --json\n",
};

static void print_json(struct buf *out, const struct subject_entry *x)
{
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_moment(&j, "at", x->at, true);
	json_str(&j, "act", x->act);
	json_str(&j, "outcome", x->outcome);
	json_str(&j, "refusal", x->refusal);
	json_str(&j, "case", x->case_id);
	json_str(&j, "reason", x->reason);
	json_int(&j, "records", x->records);
	json_str(&j, "actor", x->actor);
	json_close(&j, '}');
	buf_byte(out, '\n');
}

static void print_row(struct buf *out, const struct subject_entry *x)
{
	moment_write(out, x->at, true);
	buf_fmt(out,
		"  %-8.*s  %-7.*s  %-16.*s  %-16.*s  %4lld  %-12.*s  " STR_FMT
		"\n",
		STR_ARG(x->act), STR_ARG(x->outcome),
		STR_ARG(x->refusal.ptr ? x->refusal : STR("-")),
		STR_ARG(x->case_id), (long long)x->records, STR_ARG(x->actor),
		STR_ARG(x->reason));
}

int subject_list_verb(int argc, char **argv)
{
	struct config c;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct pg *pg = NULL;
	struct buf out = { 0 };
	struct subject_entry *x = NULL;
	uint32_t nr = 0;
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first != argc)
		return opt_wrong(&usage, "'%s' is no option", argv[first]);
	if (limit < 1 || limit > LIMIT_MAX)
		return opt_wrong(&usage, "--limit is 1 to %d", LIMIT_MAX);
	if (!tool_settings(&c, config_file, database, &a, &e) &&
	    !database_open_checked(&pg, &c, &e) &&
	    !subject_list(&x, &nr, pg, limit, &a, &e))
		for (uint32_t i = 0; i < nr; i++)
			(as_json ? print_json : print_row)(&out, &x[i]);
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	pg_close(pg);
	buf_release(&out);
	arena_release(&a);
	return e.code ? tool_fail("subject list", &e) : EXIT_OK;
}
