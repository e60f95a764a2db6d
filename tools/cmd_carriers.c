/*
 * cmd_carriers.c - how good the data are that each carrier sends
 */
#include "db/query.h"
#include "tools/carriers_table.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/opt.h"

#include <stdio.h>
#include <time.h>

enum { MAX_DAYS = 366 };

static const char *config_file, *database, *day, *from, *to, *carrier;
static bool as_json;

/* clang-format off */
static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database,
	  "libpq keywords or URI, before the settings' one" },
	{ "day", 0, "DATE", OPT_TEXT, &day, "this UTC day (today)" },
	{ "from", 0, "DATE", OPT_TEXT, &from, "this day and later, up to --to" },
	{ "to", 0, "DATE", OPT_TEXT, &to, "last day (today)" },
	{ "carrier", 0, "CODE", OPT_TEXT, &carrier, "this one alone, as X9" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON, a line a carrier" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"carriers",
	"[OPTIONS]",
	"Show how good the data of each carrier are, by the UTC days on which\n"
	"messages came: how many, quarantined, with warnings; how many of the\n"
	"travellers have birth date, document (API), contact and payment\n"
	"(PNR); mean scores of messages and persons, 100 being best; pushes\n"
	"on time, of those sent. Below, warnings and reasons by code, and the\n"
	"messages of which parts did not come. No personal data is shown.",
	opts,
	"  paxgate carriers\n"
	"  paxgate carriers --day 2026-11-22 --carrier X9\n"
	"  paxgate carriers --from 2026-11-01 --to 2026-11-30 --json\n",
};

static bool read_day(int32_t *out, const char *text)
{
	struct date d;

	if (!date_read(str_of(text), &d) || !date_is_full(d))
		return false;
	*out = (int32_t)date_to_days(d);
	return true;
}

/* 0, or the exit code after a message. */
static int read_filter(struct counter_filter *f)
{
	int32_t today = (int32_t)(time(NULL) / SECONDS_PER_DAY);
	const char *first = day ? day : from, *last = day ? day : to;

	*f = (struct counter_filter){ today, today, str_of(carrier) };
	if (day && (from || to))
		return opt_wrong(&usage, "--day goes without --from and --to");
	if (to && !from)
		return opt_wrong(&usage, "--to needs a --from");
	if (first && !read_day(&f->from, first))
		return opt_wrong(&usage, "'%s' is no date; write 2026-11-22",
				 first);
	if (last && !read_day(&f->to, last))
		return opt_wrong(&usage, "'%s' is no date; write 2026-11-22",
				 last);
	if (f->to < f->from)
		return opt_wrong(&usage, "--from is behind the last day");
	if (f->to - f->from >= MAX_DAYS)
		return opt_wrong(&usage, "at most %d days at a time", MAX_DAYS);
	if (carrier && (!*carrier || !str_is_alnum(str_of(carrier))))
		return opt_wrong(&usage, "'%s' is no carrier; write X9",
				 carrier);
	return 0;
}

int cmd_carriers(int argc, char **argv)
{
	struct counter_row *row = NULL;
	struct series_row *series = NULL;
	struct counter_filter f;
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct err e = { 0 };
	struct pg *pg = NULL;
	struct config c;
	uint32_t nr = 0, nr_series = 0;
	int rc = opt_parse(&usage, argc, argv);

	if (rc < 0)
		return opt_exit(rc);
	if (rc < argc)
		return opt_wrong(&usage, "there is nothing to name here");
	rc = read_filter(&f);
	if (rc)
		return rc;
	rc = tool_settings(&c, config_file, database, &a, &e);
	if (rc == 0)
		rc = database_open_checked(&pg, &c, &e);
	if (rc == 0)
		rc = query_carriers(&row, &nr, pg, &f, &a, &e);
	if (rc == 0)
		rc = query_series(&series, &nr_series, pg, &f, &a, &e);
	if (rc == 0 && as_json)
		carriers_json(&out, row, nr, &f, series, nr_series);
	else if (rc == 0)
		carriers_table(&out, row, nr, series, nr_series);
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	pg_close(pg);
	buf_release(&out);
	arena_release(&a);
	return rc < 0 ? tool_fail("carriers", &e) : EXIT_OK;
}
