/*
 * cmd_gen.c - `paxgate gen`: an invented day of traffic, with the truth
 */
#include "tools/cmd.h"
#include "tools/gen_day.h"
#include "tools/gen_dirt.h"
#include "tools/gen_file.h"
#include "tools/opt.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define DEMO_LIST "etc/watchlists/demo-wanted.csv"

enum {
	PER_FLIGHT = 125,
	PER_COPY = 5000, /* travellers to one set of plants */
	MOST_FLIGHTS = 8900,
	MOST_PER_FLIGHT = 2000,
};

static const char *out_dir, *date_text, *home = "BEL", *list_path, *dirt_names;
static int64_t seed = 1, flights = 40, travellers = -1, plants = -1;
static bool force, dirty;

static const struct opt opts[] = {
	{ "out", 'o', "DIR", OPT_TEXT, &out_dir,
	  "folder to fill; made if missing (needed)" },
	{ "date", 'd', "DATE", OPT_TEXT, &date_text,
	  "local day of departure (default: tomorrow)" },
	{ "seed", 's', "N", OPT_INT, &seed,
	  "other numbers give other days (default: 1)" },
	{ "flights", 'f', "N", OPT_INT, &flights,
	  "flights, half of them inbound (default: 40)" },
	{ "travellers", 't', "N", OPT_INT, &travellers,
	  "travellers at closure (default: 125 a flight)" },
	{ "home", 0, "CODE", OPT_TEXT, &home,
	  "home country, alpha-3 (default: BEL)" },
	{ "watchlist", 'w', "FILE", OPT_TEXT, &list_path,
	  "persons to plant (default: " DEMO_LIST ")" },
	{ "plants", 0, "N", OPT_INT, &plants,
	  "sets of plants (default: 1 for each 5,000 travellers)" },
	{ "dirty", 0, NULL, OPT_FLAG, &dirty,
	  "spoil each message in up to two ways" },
	{ "dirt", 0, "NAME,...", OPT_TEXT, &dirt_names,
	  "spoil each message in these ways; 'list' prints them, 'table' as "
	  "Markdown with what becomes of each" },
	{ "force", 0, NULL, OPT_FLAG, &force,
	  "replace what an earlier run left in DIR" },
	{ 0 },
};

static const struct opt_usage usage = {
	"gen",
	"--out DIR [OPTIONS]",
	"Write an invented day of traffic: for every flight three PNRGOV "
	"pushes\n"
	"(48 hours and 24 hours before departure, and closure), the passenger\n"
	"list and the crew list (PAXLST), each in a file of its own; and\n"
	"truth.ndjson, which says who must hit what, and who must not. The "
	"same\n"
	"options give the same bytes. Persons, airlines and flights are "
	"invented.\n"
	"--dirty makes the messages as airlines and gateways spoil them; "
	"what\n"
	"is in them stays the same.",
	opts,
	"  paxgate gen --out var/day\n"
	"  paxgate gen --out /tmp/day --date 2026-11-23 --seed 7 --flights 4\n"
	"  paxgate gen --out /tmp/big --flights 400 --travellers 50000 --home "
	"AUT\n"
	"  paxgate gen --out /tmp/dirty --dirty --flights 4\n"
	"  paxgate gen --dirt list\n"
	"  paxgate gen --out /tmp/dirty --dirt una-damaged,line-wrap "
	"--flights 4\n",
};

static void show_progress(int done, int of)
{
	fprintf(stderr, "\r%d of %d flights%s", done, of,
		done == of ? "\n" : "");
}

/* Check the options and put them into `day`. Returns 0 or EXIT_USAGE. */
static int read_options(struct gen_day *day)
{
	int airport = gen_airport_of_country(home);

	if (!out_dir)
		return opt_wrong(&usage, "--out is missing");
	if (flights < 1 || flights > MOST_FLIGHTS)
		return opt_wrong(&usage, "--flights is 1 to %d", MOST_FLIGHTS);
	if (travellers < 0)
		travellers = flights * PER_FLIGHT;
	if (travellers > flights * MOST_PER_FLIGHT)
		return opt_wrong(&usage, "--travellers is at most %d a flight",
				 MOST_PER_FLIGHT);
	if (airport < 0)
		return opt_wrong(&usage,
				 "there is no airport of country '%s' "
				 "among the generator's",
				 home);
	if (plants < 0)
		plants = travellers < PER_COPY ? 1 : travellers / PER_COPY;
	*day = (struct gen_day){ .seed = (uint64_t)seed,
				 .flights = (int)flights,
				 .travellers = (int)travellers,
				 .home = airport,
				 .dirty = dirty };
	if (dirty && dirt_names)
		return opt_wrong(&usage, "--dirty or --dirt, not both");
	if (dirt_names)
		day->dirt = gen_dirt_read(str_of(dirt_names));
	if (dirt_names && !day->dirt)
		return opt_wrong(&usage,
				 "--dirt needs names of --dirt list, not '%s'",
				 dirt_names);
	day->date = date_from_days(time(NULL) / SECONDS_PER_DAY + 1);
	if (date_text && (!date_read(str_of(date_text), &day->date) ||
			  !date_is_full(day->date)))
		return opt_wrong(&usage, "--date needs a day, as 2026-11-23");
	return 0;
}

/* Load the list: a missing default one is no error, it plants nobody. */
static int load_list(struct gen_wanted *wanted, bool *have, struct arena *a,
		     struct err *e)
{
	*have = list_path || access(DEMO_LIST, R_OK) == 0;
	if (!*have) {
		fprintf(stderr, "paxgate gen: no " DEMO_LIST " here, so no "
				"wanted persons are planted\n");
		return 0;
	}
	return gen_wanted_load(wanted, list_path ? list_path : DEMO_LIST, a, e);
}

static int list_dirt(void)
{
	for (int i = 0; i < gen_dirt_rows_nr; i++)
		printf("%-20s %-6s %s\n", gen_dirt_rows[i].name,
		       gen_dirt_rows[i].in == DIRT_PAX	 ? "PAXLST"
		       : gen_dirt_rows[i].in == DIRT_PNR ? "PNRGOV"
							 : "both",
		       gen_dirt_rows[i].what);
	return EXIT_OK;
}

/* As doc/messages.md has it. */
static int dirt_table(void)
{
	printf("| | habit | what becomes of it |\n|---|---|---|\n");
	for (int i = 0; i < gen_dirt_rows_nr; i++)
		printf("| %d | %s: %s | %s |\n", gen_dirt_rows[i].number,
		       gen_dirt_rows[i].name, gen_dirt_rows[i].what,
		       gen_dirt_rows[i].how);
	return EXIT_OK;
}

static void report(const struct gen_totals *t, const struct gen_plan *plan)
{
	printf("%s: %lld flights, %lld travellers, %lld messages, %lld bytes; "
	       "planted %d to hit and %d to spare\n",
	       out_dir, (long long)flights, (long long)t->travellers,
	       (long long)t->messages, (long long)t->bytes, plan->hits,
	       plan->decoys);
	if (plan->left_out)
		printf("%d plants left out: no flight for them in so small a "
		       "day\n",
		       plan->left_out);
}

int cmd_gen(int argc, char **argv)
{
	struct gen_wanted wanted = { 0 };
	struct gen_totals totals;
	struct gen_flight *all;
	struct arena a = { 0 };
	struct gen_plan plan;
	struct err e = { 0 };
	struct gen_day day;
	bool have_list;
	int rc = opt_parse(&usage, argc, argv);

	if (rc < 0)
		return opt_exit(rc);
	if (rc < argc)
		return opt_wrong(&usage,
				 "no operands are taken, but '%s' is "
				 "there",
				 argv[rc]);
	if (dirt_names && !strcmp(dirt_names, "list"))
		return list_dirt();
	if (dirt_names && !strcmp(dirt_names, "table"))
		return dirt_table();
	rc = read_options(&day);
	if (rc)
		return rc;
	rc = load_list(&wanted, &have_list, &a, &e);
	if (rc == 0)
		rc = gen_dir_prepare(out_dir, force, &e);
	if (rc == 0) {
		all = gen_day_flights(&day, &a);
		gen_plan_make(&plan, &day, all, have_list ? &wanted : NULL,
			      (int)plants, &a);
		rc = gen_day_write(&totals, &day, all, &plan, out_dir,
				   isatty(STDERR_FILENO) ? show_progress : NULL,
				   &e);
	}
	if (rc == 0)
		report(&totals, &plan);
	else
		fprintf(stderr, "paxgate gen: %s\n", e.text);
	arena_release(&a);
	return rc == 0 ? EXIT_OK : err_exit_code(&e);
}
