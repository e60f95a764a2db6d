/*
 * profile_notice.c - paxgate profile notice: what persons are told of how
 * criteria work (C-817/19, 210)
 */
#include "law/regime.h"
#include "parsers/field.h"
#include "rules/offences.h"
#include "tools/cmd.h"
#include "tools/database.h"
#include "tools/opt.h"
#include "tools/profile_cli.h"

#include <stdio.h>

static const char *offences = "etc/offences.yaml",
		  *regimes = "etc/regimes.yaml",
		  *regime_name = "eu_pnr_2016_681_ljdh",
		  *who = "the Passenger Information Unit",
		  *contact = "its data protection officer",
		  *authority = "the data protection authority";

/* clang-format off */
static const struct opt opts[] = {
	{ "offences", 0, "FILE", OPT_TEXT, &offences, "catalogue of offences (etc/offences.yaml)" },
	{ "regimes", 0, "FILE", OPT_TEXT, &regimes, "retention regimes (etc/regimes.yaml)" },
	{ "regime", 0, "NAME", OPT_TEXT, &regime_name, "the one that applies (eu_pnr_2016_681_ljdh)" },
	{ "piu", 0, "TEXT", OPT_TEXT, &who, "name of the unit" },
	{ "contact", 0, "TEXT", OPT_TEXT, &contact, "how the data protection officer is reached" },
	{ "authority", 0, "TEXT", OPT_TEXT, &authority, "name of the supervisory authority" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"profile notice",
	"[OPTIONS]",
	"Print the notice for persons, Markdown: how criteria and lists work, "
	"which categories of\n"
	"data they look at and which never, who reviews, for how long data "
	"are kept, what rights\n"
	"there are. It is made of the field table, the catalogue of offences "
	"and the regimes; no\n"
	"profile is in it. doc/notice.md is what it prints without options.",
	opts,
	"  paxgate profile notice --piu 'PIU of Utopia' --contact "
	"'dpo@piu.example' >notice.md\n",
};

/* Annex I, 1 to 19, of Directive (EU) 2016/681. */
static const char *const annex[] = {
	[1] = "PNR record locator",
	[2] = "date of reservation and issue of the ticket",
	[3] = "dates of intended travel",
	[4] = "names",
	[5] = "address and contact information",
	[6] = "forms of payment information",
	[7] = "travel itinerary",
	[8] = "frequent flyer information",
	[9] = "travel agency and agent",
	[10] = "travel status: confirmations, check-in, no-show",
	[11] = "split and divided bookings",
	[12] = "general remarks: what is said of unaccompanied minors",
	[13] = "ticketing: number, dates, fare",
	[14] = "seat",
	[15] = "code share",
	[16] = "baggage",
	[17] = "number and other names of travellers of the booking",
	[18] = "advance passenger information: document, nationality, sex, "
	       "date of birth, flight",
	[19] = "earlier states of all this",
};

static bool is_used(unsigned nr, enum field_use use)
{
	for (size_t i = 0; i < field_table_nr; i++)
		if (field_table[i].annex == nr && field_table[i].use == use &&
		    !field_table[i].child)
			return true;
	return false;
}

static void print_categories(void)
{
	puts("| | category of Annex I | criteria look at |\n|---|---|---|");
	for (unsigned i = 1; i < ARRAY_SIZE(annex); i++) {
		static const struct {
			enum field_use use;
			const char *words;
		} ways[] = {
			{ USE_YES, "content" },
			{ USE_REASON, "content, for a written reason and "
				      "tested for disparity" },
			{ USE_COMPARE, "whether two values are the same" },
		};
		const char *between = "";

		printf("| %u | %s | ", i, annex[i]);
		for (size_t k = 0; k < ARRAY_SIZE(ways); k++)
			if (is_used(i, ways[k].use)) {
				printf("%s%s", between, ways[k].words);
				between = "; of some ";
			}
		printf("%s |\n", *between ? "" : "nothing");
	}
	puts("");
}

static void print_period(const char *what, struct period p)
{
	if (!period_is_set(p))
		return;
	printf("* %s: ", what);
	if (p.months)
		printf("%u months%s", p.months, p.days ? " and " : "");
	if (p.days)
		printf("%u days", p.days);
	puts("");
}

static void print_how(const struct offences *known)
{
	printf("# How data of air passengers are assessed\n\n"
	       "Made by `paxgate profile notice`; a template, national law "
	       "adds to it.\n\n"
	       "Airlines send data of passengers to %s before departure. They "
	       "are used for one\npurpose: to prevent, detect, investigate and "
	       "prosecute terrorist offences and serious crime (%u entries of "
	       "a\npublic catalogue, each with a maximum penalty of at least "
	       "%d years, as Directive (EU) 2016/681, Annex II, has it). They\n"
	       "are not used for border control, migration or ordinary "
	       "crime.\n\n"
	       "## How it works\n\n"
	       "Two methods, no other. *Lists*: name, date of birth and "
	       "documents are compared with lists of persons and documents "
	       "that\nauthorities seek or have under alert. *Criteria*: rules "
	       "written by people beforehand, each with a reason and an\n"
	       "offence, that look at how a journey was prepared and is made. "
	       "Each rule has circumstances that speak for a passenger,\nand "
	       "needs several that speak against him; none suffices alone. "
	       "Rules add up points; nothing learns, nothing changes\nby "
	       "itself. A second person approves a rule; it ends after six "
	       "months unless it is reviewed, and when it finds more than\nits "
	       "share of passengers. The rules themselves are not public; "
	       "courts and the supervisory authority see them.\n\n"
	       "## What is looked at\n\n",
	       who, known->nr, MIN_PENALTY_YEARS);
	print_categories();
	puts("Never kept, so never looked at: what would reveal origin, "
	     "opinions, religion, union membership, health, sex life. Meals\n"
	     "and wheelchairs are dropped on receipt. Language and place of "
	     "birth are in no rule.\n\n"
	     "## Who decides\n\n"
	     "No machine does. A result is looked at by a person, one by one, "
	     "with the same questions each time, also what speaks for\nthe "
	     "passenger and whether it may discriminate. Most results end "
	     "there. A confirmed one is referred to an authority,\n"
	     "with the remark that no decision may rest on it alone. Nothing "
	     "here admits, refuses or boards anybody. Each result can\nbe "
	     "worked out again, exactly, for a court.\n");
}

static void print_rights(const struct regime *r)
{
	puts("## For how long\n");
	print_period("with all values", r->mask_at);
	print_period("results of an assessment, after they have served",
		     r->hit_results);
	if (r->link_required)
		puts("* after that only of whom a person has recorded, with "
		     "a file, that he may be a risk; masked, opened by a court "
		     "alone;\n  of everybody else nothing is left");
	print_period("of those, reviewed at least every", r->review_every);
	print_period("everything is deleted after", r->delete_at);
	printf("\n## What you can do\n\n"
	       "Ask what is stored of you, have it corrected, restricted or "
	       "erased: write to %s. Say your name as in\nthe booking and your "
	       "date of birth, or the number of your document, and show who "
	       "you are. If that is refused you\nget the ground, as far as the "
	       "law lets it be told. You may complain to %s,\nask it to use "
	       "your rights for you, and go to court (Directive (EU) 2016/680, "
	       "Art. 14-17, 52, 54).\n",
	       contact, authority);
}

int profile_cmd_notice(int argc, char **argv)
{
	const struct regime *r = NULL;
	struct regimes *all = NULL;
	struct offences *known = NULL;
	struct err e = { 0 };
	int first = opt_parse(&usage, argc, argv);

	if (first < 0)
		return opt_exit(first);
	if (first != argc)
		return opt_wrong(&usage, "no profile is in a notice");
	if (!offences_load(&known, offences, &e) &&
	    !regimes_load(&all, regimes, &e) &&
	    !regime_find(all, str_of(regime_name), &r, &e)) {
		print_how(known);
		puts("");
		print_rights(r);
	}
	offences_free(known);
	regimes_free(all);
	return e.code ? tool_fail("profile notice", &e) : EXIT_OK;
}
