/*
 * cmd_account.c - paxgate account: who works with the data, and for whom
 */
#include "base/json_write.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/register_cli.h"

static struct register_at at;
static const char *acting_as, *home, *roles, *from, *until, *on;
static bool as_json;

/* clang-format off */
/* What people do here; what the database lets them is its roles' business. */
static const char *const known_roles[] = {
	"analyst",	 /* writes profiles, reviews hits */
	"approver",	 /* of profiles */
	"dpo",		 /* data protection officer, Art. 5 */
	"supervisor",	 /* supervisory authority, Art. 15 */
	"auditor",
	"judge",	 /* approves disclosure, Art. 12(3)(b) */
	"officer",	 /* answers requests of authorities */
	"administrator", /* of accounts and registers */
	"engine",
};

#define COMMON_OPTS \
	{ "config", 'c', "FILE", OPT_TEXT, &at.config_file, "settings" }, \
	{ "database", 'd', "CONNINFO", OPT_TEXT, &at.database, \
	  "libpq keywords or URI, before the settings' one" }

static const struct opt add_opts[] = {
	COMMON_OPTS,
	{ "acting-as", 'a', "ID", OPT_TEXT, &acting_as,
	  "authority he works for here" },
	{ "home", 0, "ID", OPT_TEXT, &home,
	  "authority that seconded him (the same)" },
	{ "role", 'r', "ROLE,...", OPT_TEXT, &roles,
	  "analyst, approver, dpo, supervisor, auditor, judge, officer, administrator, engine" },
	{ "from", 0, "DATE", OPT_TEXT, &from, "first day (today)" },
	{ "until", 0, "DATE", OPT_TEXT, &until, "last day (open)" },
	{ 0 },
};

static const struct opt end_opts[] = {
	COMMON_OPTS,
	{ "on", 0, "DATE", OPT_TEXT, &on, "last day (today)" },
	{ 0 },
};

static const struct opt list_opts[] = {
	COMMON_OPTS,
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage add_usage = {
	"account add",
	"[OPTIONS] ACCOUNT",
	"Register the PostgreSQL role ACCOUNT: for which authority it acts, "
	"which one\nseconded it (Art. 4(3)), and what it does. The role "
	"itself and its membership of\npaxgate_analyst and the like are made "
	"with CREATE ROLE.",
	add_opts,
	"  paxgate account add --acting-as AT-PIU --role analyst analyst-07\n"
	"  paxgate account add -a AT-PIU --home AT-BK -r analyst,approver "
	"analyst-08\n",
};

static const struct opt_usage end_usage = {
	"account end",
	"[OPTIONS] ACCOUNT",
	"Set an account's last day. It stays in the register, and what it did "
	"in the audit log;\nfrom the day after it is shown no personal data.",
	end_opts,
	"  paxgate account end analyst-07\n",
};

static const struct opt_usage list_usage = {
	"account list",
	"[OPTIONS]",
	"List all accounts with what they act as, also those that are over. "
	"LOGIN says\nwhether the PostgreSQL role is there and may log in.",
	list_opts,
	"  paxgate account list\n",
};

static bool is_role(struct str word)
{
	for (size_t i = 0; i < ARRAY_SIZE(known_roles); i++)
		if (str_eq(word, str_of(known_roles[i])))
			return true;
	return false;
}

/* "analyst,approver"; 0, or the exit code after a message. */
static int read_roles(struct row_texts *out, struct arena *a)
{
	struct str rest = str_of(roles), *all = NULL;

	*out = (struct row_texts){ NULL, 0 };
	while (rest.ptr) {
		struct str word = str_split(&rest, ',');

		if (!is_role(word))
			return opt_wrong(&add_usage,
					 "'" STR_FMT "' is no role; --help "
					 "lists them",
					 STR_ARG(word));
		*(struct str *)arena_push(a, &all, &out->nr, sizeof(word)) =
			word;
	}
	out->v = all;
	return 0;
}

static int read_words(struct account *x, const char *name, struct arena *a)
{
	int rc;

	if (!acting_as || !roles)
		return opt_wrong(&add_usage, "say --acting-as and --role");
	*x = (struct account){ .name = str_of(name),
			       .acting_as = str_of(acting_as),
			       .home = str_of(home ? home : acting_as) };
	rc = read_roles(&x->roles, a);
	if (rc == 0)
		rc = register_day(&x->from, from, register_today(), "--from",
				  &add_usage);
	return rc ? rc
		  : register_day(&x->until, until, 0, "--until", &add_usage);
}

static int verb_add(int argc, char **argv)
{
	struct account x;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct pg *pg = NULL;
	int first = opt_parse(&add_usage, argc, argv), rc;

	if (first < 0)
		return opt_exit(first);
	if (first != argc - 1)
		return opt_wrong(&add_usage, "name one account");
	rc = read_words(&x, argv[first], &a);
	if (rc == 0 && !(rc = register_open(&pg, &at, &a, &e)))
		rc = account_add(pg, &x, &e);
	pg_close(pg);
	arena_release(&a);
	return rc < 0 ? tool_fail("account add", &e) : rc;
}

static int verb_end(int argc, char **argv)
{
	int first = opt_parse(&end_usage, argc, argv);

	return first < 0 ? opt_exit(first)
			 : register_end(&end_usage, argc, argv, first, &at, on,
					account_end);
}

static void print_json(struct buf *out, const struct account *x)
{
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_str(&j, "account", x->name);
	json_str(&j, "acting_as", x->acting_as);
	json_str(&j, "home", x->home);
	json_open(&j, "roles", '[');
	for (uint32_t i = 0; i < x->roles.nr; i++)
		json_str(&j, NULL, x->roles.v[i]);
	json_close(&j, ']');
	json_z(&j, "from", register_day_text(x->from).text);
	json_z(&j, "until", x->until ? register_day_text(x->until).text : NULL);
	json_bool(&j, "valid", register_is_valid(x->from, x->until));
	json_bool(&j, "login", x->has_login);
	json_close(&j, '}');
	buf_byte(out, '\n');
}

static void print_row(struct buf *out, const struct account *x)
{
	buf_fmt(out, "%-20.*s  %-16.*s  %-16.*s  %-10s  %-10s  %-5s  ",
		STR_ARG(x->name), STR_ARG(x->acting_as), STR_ARG(x->home),
		register_day_text(x->from).text,
		register_day_text(x->until).text, x->has_login ? "yes" : "no");
	for (uint32_t i = 0; i < x->roles.nr; i++)
		buf_fmt(out, "%s" STR_FMT, i ? "," : "",
			STR_ARG(x->roles.v[i]));
	buf_byte(out, '\n');
}

static int verb_list(int argc, char **argv)
{
	struct account *all = NULL;
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
		rc = account_list(&all, &nr, pg, &a, &e);
	if (rc == 0 && !as_json)
		buf_fmt(&out, "%-20s  %-16s  %-16s  %-10s  %-10s  %-5s  %s\n",
			"ACCOUNT", "ACTING AS", "HOME", "FROM", "UNTIL",
			"LOGIN", "ROLES");
	for (uint32_t i = 0; i < nr && rc == 0; i++)
		(as_json ? print_json : print_row)(&out, &all[i]);
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	pg_close(pg);
	buf_release(&out);
	arena_release(&a);
	return rc < 0 ? tool_fail("account list", &e) : EXIT_OK;
}

int cmd_account(int argc, char **argv)
{
	static const struct cmd_verb verbs[] = {
		{ "add", verb_add, "register an account" },
		{ "end", verb_end, "set its last day" },
		{ "list", verb_list, "list all of them" },
		{ 0 },
	};

	return cmd_run_verb("account", verbs, argc, argv);
}
