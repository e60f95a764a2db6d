#include "rules/cost.h"
#include "tools/cmd.h"
#include "tools/message_file.h"
#include "tools/opt.h"
#include "tools/perf_table.h"
#include "tools/profile_cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MAX_READ = 64 << 20 };

static const char *profiles, *offences, *lists, *reference_dir, *home, *engine;
static int64_t top;
static bool as_json;

static const struct opt opts[] = {
	{ "profiles", 'p', "DIR", OPT_TEXT, &profiles,
	  "the profiles (etc/profiles)" },
	{ "engine", 0, "FILE", OPT_TEXT, &engine,
	  "show what a running engine keeps in its 'screen.costs'" },
	{ "top", 'n', "N", OPT_INT, &top, "rows of a table (20)" },
	{ "home", 0, "CODE", OPT_TEXT, &home,
	  "the PIU's country, for trip.direction (BEL)" },
	{ "reference", 0, "DIR", OPT_TEXT, &reference_dir,
	  "airports.csv and zones.csv (etc)" },
	{ "offences", 0, "FILE", OPT_TEXT, &offences,
	  "catalogue of offences (etc/offences.yaml)" },
	{ "lists", 0, "DIR", OPT_TEXT, &lists,
	  "the lists that profiles name (etc/lists); '' for none" },
	{ "json", 'j', NULL, OPT_FLAG, &as_json,
	  "one JSON object for each profile and predicate" },
	{ 0 },
};

static const struct opt_usage usage = {
	"profile perf",
	"[OPTIONS] MESSAGE...",
	"Say what profiles cost: how often each had to be evaluated for the "
	"travellers of\nthese messages, how often it hit, and the mean and "
	"worst time, as the engine runs\nthem (all together, each predicate "
	"once) and alone. Then the predicates. The\ndearest in sum come first; "
	"times are in nanoseconds and hold some 25 ns of clock.",
	opts,
	"  paxgate profile perf var/day/*.edi\n"
	"  paxgate profile perf --engine var/costs.json\n",
};

struct measured {
	struct reference *reference;
	struct offences *offences;
	struct named_lists *lists;
	struct profile_set *set;
	struct rules_scratch *scratch;
	struct rules_costs *costs;
	struct err err;
};

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int load(struct measured *m)
{
	struct rules_context context = { .home = str_of(home) };
	struct err *e = &m->err;

	if (reference_load(&m->reference, reference_dir, e) ||
	    offences_load(&m->offences, offences, e) ||
	    named_lists_load(&m->lists, lists, e))
		return e->code;
	context.reference = m->reference;
	if (profile_set_load(&m->set, profiles, &context, m->offences, m->lists,
			     e) ||
	    rules_scratch_new(&m->scratch, e))
		return e->code;
	return rules_costs_new(&m->costs, m->set, now_ns, 1, e);
}

static void release(struct measured *m)
{
	rules_costs_free(m->costs);
	rules_scratch_free(m->scratch);
	profile_set_free(m->set);
	named_lists_free(m->lists);
	offences_free(m->offences);
	reference_free(m->reference);
}

/* Each profile by the reference evaluator, as if there were no other. */
static void measure_alone(struct measured *m, const struct subject *s)
{
	for (uint32_t i = 0; i < m->costs->nr_profiles; i++) {
		int64_t from = now_ns();
		struct verdict v;

		profile_eval(&v, profile_set_get(m->set, i),
			     profile_set_context(m->set), m->scratch, s);
		cost_note(&m->costs->profile[i].alone, now_ns() - from);
	}
}

static int measure_file(struct measured *m, const char *path)
{
	struct message_file f = { 0 };
	struct verdict hit;
	struct subject s;
	int rc = message_file_read(&f, path, &m->err);

	if (rc)
		fprintf(stderr, "%s: %s\n", path, m->err.text);
	rules_scratch_measure(m->scratch, m->costs);
	for (uint32_t i = 1; !rc && message_file_subject(&f, i, &s); i++) {
		profile_set_eval(m->set, m->scratch, &s, &hit, 1);
		measure_alone(m, &s);
	}
	message_file_release(&f);
	return rc ? err_exit_code(&m->err) : EXIT_OK;
}

static int print(struct str lines)
{
	struct buf b = { 0 };
	struct err e = { 0 };
	int rc = 0;

	if (as_json)
		buf_str(&b, lines);
	else
		rc = perf_table_write(&b, lines, top, &e);
	fwrite(buf_view(&b).ptr, 1, b.len, stdout);
	buf_release(&b);
	if (rc)
		fprintf(stderr, "%s\n", e.text);
	return rc ? EXIT_INPUT : EXIT_OK;
}

static int show_engine(void)
{
	struct buf b = { 0 };
	struct err e = { 0 };
	int rc;

	if (buf_read_file(&b, engine, MAX_READ, &e)) {
		fprintf(stderr, "%s\n", e.text);
		rc = err_exit_code(&e);
	} else {
		rc = print(buf_view(&b));
	}
	buf_release(&b);
	return rc;
}

static int measure(int nr, char **path)
{
	struct measured m = { 0 };
	struct buf b = { 0 };
	int rc = EXIT_OK;

	if (load(&m)) {
		fprintf(stderr, "%s\n", m.err.text);
		rc = err_exit_code(&m.err);
	}
	for (int i = 0; i < nr && !rc; i++)
		rc = measure_file(&m, path[i]);
	if (!rc) {
		rules_costs_write(&b, m.costs);
		rc = print(buf_view(&b));
	}
	buf_release(&b);
	release(&m);
	return rc;
}

int profile_cmd_perf(int argc, char **argv)
{
	int first;

	profiles = "etc/profiles";
	offences = "etc/offences.yaml";
	lists = "etc/lists";
	reference_dir = "etc";
	home = "BEL";
	top = 20;
	first = opt_parse(&usage, argc, argv);
	if (first < 0)
		return opt_exit(first);
	if (engine && first < argc)
		return opt_wrong(&usage, "--engine or messages, not both");
	if (engine)
		return show_engine();
	if (first == argc)
		return opt_wrong(&usage, "no message named");
	return measure(argc - first, argv + first);
}
