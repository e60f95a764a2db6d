#include "tools/hits_second.h"

#include "db/review.h"
#include "tools/cmd.h"
#include "tools/consult.h"
#include "tools/database.h"
#include "tools/opt.h"

#include <stdio.h>

static const char *config_file, *database, *outcome, *reason;
static struct consult consult;

/* clang-format off */
static const struct opt opts[] = {
	{ "config", 'c', "FILE", OPT_TEXT, &config_file, "settings" },
	{ "database", 'd', "CONNINFO", OPT_TEXT, &database,
	  "libpq keywords or URI, before the settings' one" },
	CONSULT_OPTS(consult),
	{ "outcome", 'o', "WORD", OPT_TEXT, &outcome, "confirmed or rejected" },
	{ "reason", 'r', "CODE", OPT_TEXT, &reason, "why: a code of ref.review_reason, see doc/review.md" },
	{ 0 },
};
/* clang-format on */

static const struct opt_usage usage = {
	"hits second",
	"[OPTIONS] [HIT]",
	"A share of decided hits, by chance, is looked at by a second person "
	"(C-817/19, 205): list\n"
	"those that wait for you, or say what you make of one. 'hits show' "
	"does not tell you then\n"
	"what the first person said. It changes nothing in the hit; 'paxgate "
	"stats' says how often\n"
	"two agree. The share is ref.review_limit, second_percent.",
	opts,
	"  paxgate hits second\n"
	"  paxgate hits second --outcome rejected --reason wrong-person "
	"--purpose detection \\\n"
	"    --offence 04 20261122-9f3c01d2a4b5c6d7\n",
};

static int list(struct pg *pg, struct arena *a, struct err *e)
{
	struct review_asked *x;
	struct buf out = { 0 };
	uint32_t nr;

	if (review_seconds(&x, &nr, pg, a, e))
		return e->code;
	for (uint32_t i = 0; i < nr; i++) {
		buf_fmt(&out, "%s  %-7.*s  %-24.*s  " STR_FMT STR_FMT "  ",
			hit_name_of(x[i].clock_day, x[i].hit_id).text,
			STR_ARG(x[i].kind), STR_ARG(x[i].source),
			STR_ARG(x[i].carrier), STR_ARG(x[i].number));
		moment_write(&out, x[i].since, true);
		buf_byte(&out, '\n');
	}
	fwrite(out.data ? out.data : "", 1, out.len, stdout);
	fprintf(stderr, "%u wait for a second person\n", nr);
	buf_release(&out);
	return 0;
}

static int decide(struct pg *pg, const struct config *c, const char *name,
		  struct err *e)
{
	struct audit_event said = { .operation = AUDIT_REVIEW };
	struct review_act act = { .said = &said };

	said.purpose = str_of(consult.purpose);
	said.offence = str_of(consult.offence);
	if (consult.case_id)
		said.case_id = str_of(consult.case_id);
	if (!hit_name_read(str_of(name), &act.clock_day, &act.hit_id))
		return err_at(e, ERR_USAGE, 0,
			      "'%.40s' is no hit; copy it from 'paxgate hits "
			      "second'",
			      name);
	if (consult_account(&consult, pg, c, name, e) ||
	    review_second(pg, &act, str_of(outcome), str_of(reason), e))
		return e->code;
	printf("%s  said: %s\n", name, outcome);
	return 0;
}

int hits_second(int argc, char **argv)
{
	struct config c;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct pg *pg = NULL;
	int first = opt_parse(&usage, argc, argv);
	const char *name = first >= 0 && first < argc ? argv[first] : NULL;

	if (first < 0)
		return opt_exit(first);
	if (argc - first > 1)
		return opt_wrong(&usage, "name one hit, or none");
	if (name && (!outcome || !reason))
		return opt_wrong(&usage, "say --outcome and --reason");
	if (!tool_settings(&c, config_file, database, &a, &e) &&
	    !(name && consult_words(&consult, &c, name, &e)) &&
	    !database_open_checked(&pg, &c, &e))
		(void)!(name ? decide(pg, &c, name, &e) : list(pg, &a, &e));
	pg_close(pg);
	arena_release(&a);
	return e.code ? tool_fail("hits second", &e) : EXIT_OK;
}
