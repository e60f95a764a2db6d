#include "tools/db_access.h"

#include "base/json_write.h"
#include "db/access.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/opt.h"

#include <stdio.h>

static const char *config_file, *database;
static bool as_json;

static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database,
	  "libpq keywords or URI, before the settings' one" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON" },
	{ 0 },
};

static const struct opt_usage usage = {
	"db access",
	"[OPTIONS]",
	"Show what each role may do with each table and function, as the "
	"grants in the\ndatabase are now: S select, I insert, U update, D "
	"delete, T truncate, X execute.\nA partition is named only where it "
	"differs from its table, which none should.",
	opts,
	"  paxgate db access\n"
	"  paxgate db access --json | jq 'select(.role == \"analyst\")'\n",
};

static void put_json(struct buf *out, const struct access_row *x)
{
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_str(&j, "object", x->object);
	json_str(&j, "role", x->role);
	json_str(&j, "may", x->may);
	json_close(&j, '}');
	buf_byte(out, '\n');
}

/* Of one object, whoever may do something with it; gives the row behind. */
static uint32_t put_object(struct buf *out, const struct access_row *x,
			   uint32_t i, uint32_t nr)
{
	struct str object = x[i].object;
	bool nobody = true;

	buf_fmt(out, STR_FMT "\n ", STR_ARG(object));
	for (; i < nr && str_eq(x[i].object, object); i++) {
		if (!x[i].may.len)
			continue;
		buf_fmt(out, " " STR_FMT ":" STR_FMT, STR_ARG(x[i].role),
			STR_ARG(x[i].may));
		nobody = false;
	}
	buf_z(out, nobody ? " nobody\n" : "\n");
	return i;
}

int db_access(int argc, char **argv)
{
	struct config c;
	struct access_row *x = NULL;
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct err e = { 0 };
	struct pg *pg = NULL;
	uint32_t nr = 0;
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first < argc)
		return opt_wrong(&usage,
				 "there is nothing to be done with '%s'",
				 argv[first]);
	if (!tool_settings(&c, config_file, database, &a, &e) &&
	    !database_open_checked(&pg, &c, &e) &&
	    !access_read(&x, &nr, pg, &a, &e)) {
		for (uint32_t i = 0; i < nr && as_json; i++)
			put_json(&out, &x[i]);
		for (uint32_t i = 0; i < nr && !as_json;)
			i = put_object(&out, x, i, nr);
	}
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	pg_close(pg);
	buf_release(&out);
	arena_release(&a);
	return e.code ? tool_fail("db access", &e) : EXIT_OK;
}
