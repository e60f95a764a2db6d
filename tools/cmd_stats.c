/*
 * cmd_stats.c - what a year came to, fit to be published
 */
#include "base/json_write.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/opt.h"
#include "tools/stats_cells.h"

#include <stdio.h>

enum { FIRST_YEAR = 2016, LAST_YEAR = 9999 };

static const char *config_file, *database;
static int64_t year;
static bool as_json, as_csv;

static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database,
	  "libpq keywords or URI, before the settings' one" },
	{ "year", 'y', "YEAR", OPT_INT, &year, "the year" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json, "print JSON" },
	{ "csv", 0, NULL, OPT_FLAG, &as_csv, "print CSV" },
	{ 0 },
};

static const struct opt_usage usage = {
	"stats",
	"--year YEAR [OPTIONS]",
	"Print a year's statistics: first those of Art. 20(2) of Directive "
	"(EU) 2016/681, then\nhits by list and profile, what reviewers made of "
	"them, and what could not be read,\neach with its definition. Days "
	"that are masked or deleted were counted before. A\ncell below 10 is "
	"not told, nor one that would give it away.",
	opts,
	"  paxgate stats --year 2026\n"
	"  paxgate stats --year 2026 --csv >statistics-2026.csv\n",
};

/* What is asked of a sum of parts: shares and means, where both are told. */
struct ratios {
	int64_t found, confirmed, rejected, referred, seconds;
};

static bool is_told(int64_t n)
{
	return n >= STATS_K;
}

static struct ratios ratios_of(const struct statistic *s, uint32_t nr)
{
	return (struct ratios){
		.found = stats_sum(s, nr, STR("hit.found")),
		.confirmed = stats_sum(s, nr, STR("hit.confirmed")),
		.rejected = stats_sum(s, nr, STR("hit.rejected")),
		.referred = stats_sum(s, nr, STR("hit.referred")),
		.seconds = stats_sum(s, nr, STR("review.seconds")),
	};
}

/* Confirmed of decided, referred of found, seconds to a decision; -1: not told. */
static void work_out(int64_t out[3], const struct ratios *r)
{
	int64_t decided = r->confirmed + r->rejected;

	/* both sides have to be told: the one gives the other */
	out[0] = is_told(r->confirmed) && (is_told(r->rejected) || !r->rejected)
			 ? r->confirmed * 1000 / decided
			 : -1;
	out[1] = is_told(r->referred) ? r->referred * 1000 / r->found : -1;
	out[2] = is_told(decided) ? r->seconds / decided * 1000 : -1;
}

static const struct {
	const char *name, *definition;
} ratio_words[] = {
	{ "confirmed_share", "hits confirmed, of those decided" },
	{ "referral_share", "hits referred, of those found" },
	{ "seconds_to_decision", "mean time from screening to decision" },
};

static void put_text(struct buf *out, const struct stats_cell *c, uint32_t nr,
		     const int64_t ratio[3])
{
	for (uint32_t i = 0; i < nr; i++) {
		if (!c[i].source.len)
			buf_fmt(out, "%-30.*s", STR_ARG(c[i].figure));
		else
			buf_fmt(out, "  %-28.*s", STR_ARG(c[i].source));
		if (c[i].hidden)
			buf_z(out, "         -\n");
		else
			buf_fmt(out, "%10lld\n", (long long)c[i].n);
	}
	for (size_t i = 0; i < ARRAY_SIZE(ratio_words); i++)
		if (ratio[i] >= 0)
			buf_fmt(out, "%-30s%6lld.%03d\n", ratio_words[i].name,
				(long long)ratio[i] / 1000,
				(int)(ratio[i] % 1000));
	buf_z(out, "\n- is 1 to 9, or would give such a cell away\n\n");
	for (uint32_t i = 0; i < nr; i++)
		if (!c[i].source.len)
			buf_fmt(out, STR_FMT ": %s\n", STR_ARG(c[i].figure),
				c[i].definition);
	for (size_t i = 0; i < ARRAY_SIZE(ratio_words); i++)
		buf_fmt(out, "%s: %s\n", ratio_words[i].name,
			ratio_words[i].definition);
}

static void put_csv(struct buf *out, const struct stats_cell *c, uint32_t nr)
{
	buf_z(out, "figure,source,n,definition\n");
	for (uint32_t i = 0; i < nr; i++) {
		buf_fmt(out, STR_FMT ",\"" STR_FMT "\",", STR_ARG(c[i].figure),
			STR_ARG(c[i].source));
		if (!c[i].hidden)
			buf_fmt(out, "%lld", (long long)c[i].n);
		buf_fmt(out, ",\"%s\"\n", c[i].definition);
	}
}

static void put_json(struct buf *out, const struct stats_cell *c, uint32_t nr,
		     const int64_t ratio[3])
{
	struct json j;

	json_init(&j, out);
	json_open(&j, NULL, '{');
	json_int(&j, "year", year);
	json_int(&j, "hidden_below", STATS_K);
	json_open(&j, "figures", '[');
	for (uint32_t i = 0; i < nr; i++) {
		json_open(&j, NULL, '{');
		json_str(&j, "figure", c[i].figure);
		json_str(&j, "source",
			 c[i].source.len ? c[i].source : STR_NONE);
		if (c[i].hidden)
			json_null(&j, "n");
		else
			json_int(&j, "n", c[i].n);
		json_z(&j, "definition", c[i].definition);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	for (size_t i = 0; i < ARRAY_SIZE(ratio_words); i++) {
		if (ratio[i] >= 0)
			json_milli(&j, ratio_words[i].name, ratio[i]);
		else
			json_null(&j, ratio_words[i].name);
	}
	json_close(&j, '}');
	buf_byte(out, '\n');
}

static void print(const struct statistic *s, uint32_t nr, struct arena *a)
{
	struct ratios r = ratios_of(s, nr);
	struct buf out = { 0 };
	struct stats_cell *c;
	int64_t ratio[3];
	uint32_t nr_cell;

	stats_cells(&c, &nr_cell, s, nr, a);
	work_out(ratio, &r);
	if (as_json)
		put_json(&out, c, nr_cell, ratio);
	else if (as_csv)
		put_csv(&out, c, nr_cell);
	else {
		buf_fmt(&out,
			"%lld: %lld days closed, %lld days that still change\n",
			(long long)year,
			(long long)stats_sum(s, nr, STR("days.closed")),
			(long long)stats_sum(s, nr, STR("days.open")));
		put_text(&out, c, nr_cell, ratio);
	}
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	buf_release(&out);
}

int cmd_stats(int argc, char **argv)
{
	struct statistic *s = NULL;
	struct arena a = { 0 };
	struct config c;
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
	if (year < FIRST_YEAR || year > LAST_YEAR)
		return opt_wrong(&usage, "--year takes a year from %d",
				 FIRST_YEAR);
	if (as_json && as_csv)
		return opt_wrong(&usage, "say --json or --csv");
	if (!tool_settings(&c, config_file, database, &a, &e) &&
	    !database_open_checked(&pg, &c, &e) &&
	    !statistics_read(&s, &nr, pg, (int32_t)year, &a, &e))
		print(s, nr, &a);
	pg_close(pg);
	arena_release(&a);
	return e.code ? tool_fail("stats", &e) : EXIT_OK;
}
