/*
 * profile_log.c - paxgate profile log: what is, and what happened
 */
#include "base/json_write.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/opt.h"
#include "tools/profile_cli.h"
#include "tools/registry.h"

#include <stdio.h>
#include <time.h>

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
	"profile log",
	"[OPTIONS] [NAME]",
	"Without a name: the profiles of the newest version of the set, what "
	"they are, and in\nhow many days their review is due. With one: all "
	"that happened to the profile, by\nwhom.",
	opts,
	"  paxgate profile log\n"
	"  paxgate profile log late-cash-one-way\n",
};

static void print_event(const struct profile_event *v)
{
	struct buf line = { 0 };
	struct json j;

	if (as_json) {
		json_init(&j, &line);
		json_open(&j, NULL, '{');
		json_moment(&j, "at", v->at, true);
		json_str(&j, "event", v->event);
		json_str(&j, "detail", v->detail);
		json_str(&j, "actor", v->actor);
		json_close(&j, '}');
	} else {
		moment_write(&line, v->at, true);
		buf_fmt(&line, "  %-10.*s " STR_FMT "  [" STR_FMT "]",
			STR_ARG(v->event), STR_ARG(v->detail),
			STR_ARG(v->actor));
	}
	buf_byte(&line, '\n');
	fwrite(line.data, 1, line.len, stdout);
	buf_release(&line);
}

static int log_of(struct registry *r, const char *name, struct err *e)
{
	struct profile_event *v;
	uint32_t nr;

	if (profiles_log(&v, &nr, r->pg, str_of(name), &r->arena, e))
		return e->code;
	for (uint32_t i = 0; i < nr; i++)
		print_event(&v[i]);
	return nr ? 0
		  : err_at(e, ERR_USAGE, 0, "'%s' is not in the registry",
			   name);
}

/* The last day of a text; none when it cannot be read any more. */
static struct date last_day(struct registry *r, const struct profile_item *it)
{
	struct profile_revision rev = { .name = it->name,
					.content = it->content };
	struct err ignored = { 0 };
	struct profile *p;

	if (registry_parse(&p, r, &rev, &ignored))
		return DATE_NONE;
	return p->valid.until;
}

static void print_item(struct registry *r, const struct profile_item *it)
{
	int64_t today = time(NULL) / SECONDS_PER_DAY;
	struct date until = last_day(r, it);
	long long left = date_is_set(until)
				 ? (long long)(date_to_days(until) - today)
				 : 0;
	struct buf line = { 0 };
	struct json j;

	if (as_json) {
		json_init(&j, &line);
		json_open(&j, NULL, '{');
		json_str(&j, "profile", it->name);
		json_int(&j, "revision", it->revision);
		json_str(&j, "state", it->state);
		json_str(&j, "why", it->why);
		json_date(&j, "until", until);
		json_int(&j, "days_left", left);
		json_close(&j, '}');
	} else {
		buf_fmt(&line, "%-32.*s %4d  %-10.*s ", STR_ARG(it->name),
			it->revision, STR_ARG(it->state));
		date_write(&line, until);
		buf_fmt(&line, " %4lld%s " STR_FMT, left,
			left <= 30 ? " DUE" : "", STR_ARG(it->why));
	}
	buf_byte(&line, '\n');
	fwrite(line.data, 1, line.len, stdout);
	buf_release(&line);
}

static int list_all(struct registry *r, struct err *e)
{
	struct profile_items items;
	int64_t version;

	if (profiles_newest(&version, r->pg, e) ||
	    profiles_read(&items, r->pg, version, &r->arena, e))
		return e->code;
	if (!as_json)
		printf("%-32s %4s  %-10s %-10s %s\n", "PROFILE", "REV", "STATE",
		       "REVIEW DUE", "DAYS");
	for (uint32_t i = 0; i < items.nr; i++)
		if (!items.item[i].is_list)
			print_item(r, &items.item[i]);
	if (!as_json)
		printf("version %lld of the set\n", (long long)version);
	return 0;
}

int profile_cmd_log(int argc, char **argv)
{
	struct registry r = { 0 };
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (argc - first > 1)
		return opt_wrong(&usage, "name one profile, or none");
	if (!registry_open(&r, config_file, database, &e))
		(void)!(first < argc ? log_of(&r, argv[first], &e)
				     : list_all(&r, &e));
	registry_release(&r);
	return e.code ? tool_fail("profile log", &e) : EXIT_OK;
}
