/*
 * cmd_authority.c - paxgate authority: who may ask, approve and receive
 */
#include "base/json_write.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/register_cli.h"

#include <string.h>

static struct register_at at;
static const char *kind = "competent", *name, *country, *parent, *from, *until,
		  *file, *on;
static bool as_json;

/* clang-format off */
#define COMMON_OPTS \
	{ "config", 'c', "FILE", OPT_TEXT, &at.config_file, "settings" }, \
	{ "database", 'd', "CONNINFO", OPT_TEXT, &at.database, \
	  "libpq keywords or URI, before the settings' one" }

static const struct opt add_opts[] = {
	COMMON_OPTS,
	{ "kind", 'k', "KIND", OPT_TEXT, &kind,
	  "piu, court, independent or competent (the last)" },
	{ "name", 'n', "TEXT", OPT_TEXT, &name, "how people call it (its id)" },
	{ "country", 0, "CODE", OPT_TEXT, &country, "ISO 3166 alpha-3" },
	{ "parent", 0, "ID", OPT_TEXT, &parent, "authority it belongs to" },
	{ "from", 0, "DATE", OPT_TEXT, &from, "first day (today)" },
	{ "until", 0, "DATE", OPT_TEXT, &until, "last day (open)" },
	{ "file", 'f', "FILE", OPT_TEXT, &file,
	  "all of a file like etc/authorities.yaml instead" },
	{ 0 },
};

static const struct opt end_opts[] = {
	COMMON_OPTS,
	{ "on", 0, "DATE", OPT_TEXT, &on, "its last day (today)" },
	{ 0 },
};

static const struct opt list_opts[] = {
	COMMON_OPTS,
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage add_usage = {
	"authority add",
	"[OPTIONS] ID | --file FILE",
	"Register an authority: the PIU itself, a court or independent body "
	"that approves\ndisclosure (Art. 12(3)(b)), or one that is entitled "
	"to ask and receive (Art. 7(1)).\nIds are those of the file that "
	"owners of watchlists stand in.",
	add_opts,
	"  paxgate authority add --kind piu --country AUT AT-PIU\n"
	"  paxgate authority add --kind court --name \"Court of Utopia\" "
	"UT-COURT\n"
	"  paxgate authority add --file etc/authorities.yaml\n",
};

static const struct opt_usage end_usage = {
	"authority end",
	"[OPTIONS] ID",
	"Set an authority's last day. It stays in the register; accounts that "
	"act for it\nare refused from the day after.",
	end_opts,
	"  paxgate authority end --on 2026-12-31 AT-BK\n",
};

static const struct opt_usage list_usage = {
	"authority list",
	"[OPTIONS]",
	"List all authorities, also those that are over.",
	list_opts,
	"  paxgate authority list --json\n",
};

static bool is_kind(const char *text)
{
	static const char *const kinds[] = { "piu", "court", "independent",
					     "competent" };

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (!strcmp(kinds[i], text))
			return true;
	return false;
}

/* The authority of the options; 0, or the exit code after a message. */
static int read_words(struct authority *x, const char *id)
{
	int rc;

	if (!is_kind(kind))
		return opt_wrong(&add_usage,
				 "'%s' is no kind: piu, court, independent, "
				 "competent",
				 kind);
	*x = (struct authority){ .id = str_of(id),
				 .kind = str_of(kind),
				 .name = str_of(name ? name : id),
				 .country = str_of(country),
				 .parent = str_of(parent) };
	rc = register_day(&x->from, from, register_today(), "--from",
			  &add_usage);
	return rc ? rc
		  : register_day(&x->until, until, 0, "--until", &add_usage);
}

static int verb_add(int argc, char **argv)
{
	struct authority one, *all = &one;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct pg *pg = NULL;
	uint32_t nr = 1;
	int first = opt_parse(&add_usage, argc, argv), rc;

	if (first < 0)
		return opt_exit(first);
	if (argc - first != (file ? 0 : 1))
		return opt_wrong(&add_usage, "name one id, or --file");
	rc = file ? 0 : read_words(&one, argv[first]);
	if (rc)
		return rc;
	rc = file ? register_file(&all, &nr, file, &a, &e) : 0;
	if (rc == 0)
		rc = register_open(&pg, &at, &a, &e);
	for (uint32_t i = 0; i < nr && rc == 0; i++)
		if (authority_add(pg, &all[i], &e))
			rc = err_wrap(&e, "'" STR_FMT "'", STR_ARG(all[i].id));
	if (rc == 0)
		printf("%u added\n", nr);
	pg_close(pg);
	arena_release(&a);
	return rc < 0 ? tool_fail("authority add", &e) : EXIT_OK;
}

static int verb_end(int argc, char **argv)
{
	int first = opt_parse(&end_usage, argc, argv);

	return first < 0 ? opt_exit(first)
			 : register_end(&end_usage, argc, argv, first, &at, on,
					authority_end);
}

static void print_json(struct buf *out, const struct authority *x)
{
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_str(&j, "id", x->id);
	json_str(&j, "kind", x->kind);
	json_str(&j, "name", x->name);
	json_str(&j, "country", x->country);
	json_str(&j, "parent", x->parent);
	json_z(&j, "from", register_day_text(x->from).text);
	json_z(&j, "until", x->until ? register_day_text(x->until).text : NULL);
	json_bool(&j, "valid", register_is_valid(x->from, x->until));
	json_close(&j, '}');
	buf_byte(out, '\n');
}

static void print_row(struct buf *out, const struct authority *x)
{
	buf_fmt(out,
		"%-16.*s  %-11.*s  %-7.*s  %-16.*s  %-10s  %-10s  " STR_FMT
		"\n",
		STR_ARG(x->id), STR_ARG(x->kind), STR_ARG(x->country),
		STR_ARG(x->parent), register_day_text(x->from).text,
		register_day_text(x->until).text, STR_ARG(x->name));
}

static int verb_list(int argc, char **argv)
{
	struct authority *all = NULL;
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct err e = { 0 };
	struct pg *pg = NULL;
	uint32_t nr = 0;
	int rc = opt_parse(&list_usage, argc, argv);

	if (rc < 0)
		return opt_exit(rc);
	if (rc < argc)
		return opt_wrong(&list_usage, "takes no '%s'", argv[rc]);
	rc = register_open(&pg, &at, &a, &e);
	if (rc == 0)
		rc = authority_list(&all, &nr, pg, &a, &e);
	if (rc == 0 && !as_json)
		buf_fmt(&out, "%-16s  %-11s  %-7s  %-16s  %-10s  %-10s  %s\n",
			"ID", "KIND", "COUNTRY", "PARENT", "FROM", "UNTIL",
			"NAME");
	for (uint32_t i = 0; i < nr && rc == 0; i++)
		(as_json ? print_json : print_row)(&out, &all[i]);
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	pg_close(pg);
	buf_release(&out);
	arena_release(&a);
	return rc < 0 ? tool_fail("authority list", &e) : EXIT_OK;
}

int cmd_authority(int argc, char **argv)
{
	static const struct cmd_verb verbs[] = {
		{ "add", verb_add, "register an authority" },
		{ "end", verb_end, "set its last day" },
		{ "list", verb_list, "list all of them" },
		{ 0 },
	};

	return cmd_run_verb("authority", verbs, argc, argv);
}
