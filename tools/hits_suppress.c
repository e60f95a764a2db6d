#include "tools/hits_suppress.h"

#include "base/log.h"
#include "db/false_match.h"
#include "db/query.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/opt.h"

#include <stdio.h>

enum { REASON_BYTES = 64 };

static const char *config_file, *database, *reason;
static bool lift;

static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database,
	  "libpq keywords or URI, before the settings' one" },
	{ "reason", 'r', "CODE", OPT_TEXT, &reason,
	  "why it is another person: a word as other-birth-date" },
	{ "lift", 0, NULL, OPT_FLAG, &lift, "it is none after all" },
	{ 0 },
};

static const struct opt_usage usage = {
	"hits suppress",
	"[OPTIONS] HIT",
	"Learn once that a traveller is not the one a list's entry means: his\n"
	"hits on this entry, here and on later flights, are stored as\n"
	"suppressed ('hits list --suppressed'). It ends when the entry says\n"
	"something else, when his documents are others, and with the record "
	"it\n"
	"was decided on. The traveller is known by his documents, without one\n"
	"in this booking only.",
	opts,
	"  paxgate hits suppress --reason other-person "
	"20261122-9f3c01d2a4b5c6d7\n"
	"  paxgate hits suppress --lift 20261122-9f3c01d2a4b5c6d7\n",
};

/* A code, not a sentence: nothing about a person gets into the register. */
static bool is_reason(struct str s)
{
	if (str_empty(s) || s.len > REASON_BYTES)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!(s.ptr[i] >= 'a' && s.ptr[i] <= 'z') && s.ptr[i] != '-')
			return false;
	return true;
}

static void on_record(const struct pg *pg, const char *hit, int64_t nr)
{
	struct log_line l;

	log_begin(&l, LEVEL_INFO, lift ? "false-match-lifted" : "false-match");
	log_z(&l, "hit", hit);
	log_z(&l, "actor", pg_role(pg));
	log_z(&l, "reason", reason);
	log_int(&l, "hits", nr);
	log_end(&l);
}

int hits_suppress(int argc, char **argv)
{
	struct config c;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct pg *pg = NULL;
	int64_t id, nr = 0;
	int32_t day;
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first != argc - 1)
		return opt_wrong(&usage, "name one hit");
	if (!hit_name_read(str_of(argv[first]), &day, &id))
		return opt_wrong(&usage,
				 "'%s' is no hit; copy it from 'paxgate hits "
				 "list'",
				 argv[first]);
	if (!lift && !is_reason(str_of(reason)))
		return opt_wrong(&usage,
				 "--reason takes a code of lower-case letters "
				 "and '-', at most %d",
				 REASON_BYTES);
	if (!tool_settings(&c, config_file, database, &a, &e) &&
	    !database_open_checked(&pg, &c, &e) &&
	    !(lift ? false_match_lift(&nr, pg, day, id, &e)
		   : false_match_add(&nr, pg, day, id, str_of(reason), &e)))
		on_record(pg, argv[first], nr);
	if (!e.code)
		printf("%lld hits %s\n", (long long)nr,
		       lift ? "count again" : "suppressed");
	pg_close(pg);
	arena_release(&a);
	return e.code ? tool_fail("hits suppress", &e) : EXIT_OK;
}
