/*
 * bench_profiles.c - profiles.*: the loaded set, and large ones made to
 * measure, against the day's travellers
 */
#include "rules/offences.h"
#include "rules/profile_set.h"
#include "tools/bench.h"
#include "tools/bench_figure.h"
#include "tools/bench_many.h"
#include "tools/bench_swap.h"

#include <time.h>

enum {
	HITS_KEPT = 64,
	AT_ONCE = 64,
	WINDOW = 128,
	ROUNDS = 16,
	PLAIN_AT_ONCE = 16,
	STRIDE = 61
};

static const struct size {
	uint32_t nr;
	const char *warm, *cold, *compile;
} sizes[] = {
	{ 1000, "profiles.1000", "profiles.1000_cold",
	  "profiles.1000_compile" },
	{ 10000, "profiles.10000", "profiles.10000_cold",
	  "profiles.10000_compile" },
};

static const struct size loaded = { 0, "profiles.loaded",
				    "profiles.loaded_cold",
				    "profiles.compile" };

/* A set, how to make it once more, and what it is run with. */
struct measuring {
	struct bench *bench;
	const struct profile_set *set;
	const struct profile_text *text; /* NULL: the folder's */
	uint32_t nr;
	struct offences *offences;
	struct named_lists *lists;
	struct rules_scratch *scratch;
	uint32_t next; /* person */
	bool warm;
	double plain; /* us, of the reference */
	uint64_t hits, travellers;
	struct err *e;
};

/*
 * The next person. Warm: some are taken again and again before it goes on to
 * the next ones, since the engine evaluates a record that it has just built.
 */
static const struct subject *next_person(struct measuring *x)
{
	const struct bench_day *day = &x->bench->day;
	uint32_t i = x->next++;

	if (x->warm)
		i = i / (WINDOW * ROUNDS) * WINDOW + i % WINDOW;
	return &day->person[i % day->nr_person].subject;
}

static double evaluate(void *arg)
{
	struct measuring *x = arg;
	struct verdict out[HITS_KEPT];

	for (int i = 0; i < AT_ONCE; i++)
		x->hits += profile_set_eval(x->set, x->scratch, next_person(x),
					    out, HITS_KEPT);
	x->travellers += AT_ONCE;
	return AT_ONCE;
}

/* A few of them, from all over the day: it is slow. */
static double evaluate_plain(void *arg)
{
	struct measuring *x = arg;
	const struct bench_day *day = &x->bench->day;
	struct verdict out[HITS_KEPT];

	for (int i = 0; i < PLAIN_AT_ONCE; i++) {
		const struct bench_person *p =
			&day->person[x->next % day->nr_person];

		profile_set_eval_plain(x->set, x->scratch, &p->subject, out,
				       HITS_KEPT);
		x->next += STRIDE;
	}
	return PLAIN_AT_ONCE;
}

static int make(struct profile_set **out, struct measuring *x)
{
	const struct rules_context *c =
		profile_set_context(x->bench->set.profiles);

	if (!x->text)
		return profile_set_load(out, x->bench->config.profiles, c,
					x->offences, x->lists, x->e);
	return profile_set_read(out, x->text, x->nr, c, x->offences, x->lists,
				x->e);
}

static double compile(void *arg)
{
	struct profile_set *set = NULL;

	(void)!make(&set, arg);
	profile_set_free(set);
	return 1;
}

/* A figure that is not of the same verdicts is worth nothing. */
static int compare(struct measuring *x)
{
	const struct bench_day *day = &x->bench->day;
	struct verdict a[HITS_KEPT], b[HITS_KEPT];

	for (uint32_t i = 0; i < day->nr_person;
	     i += day->nr_person / 100 + 1) {
		const struct subject *s = &day->person[i].subject;
		uint32_t nr =
			profile_set_eval(x->set, x->scratch, s, a, HITS_KEPT);

		if (profile_set_eval_plain(x->set, x->scratch, s, b,
					   HITS_KEPT) != nr)
			return err_at(x->e, ERR_VALUE, i,
				      "compiled profiles and the reference "
				      "disagree about a traveller");
		for (uint32_t k = 0; k < nr && k < HITS_KEPT; k++)
			if (a[k].profile != b[k].profile ||
			    a[k].score != b[k].score)
				return err_at(x->e, ERR_VALUE, i,
					      "compiled profiles and the "
					      "reference disagree about a "
					      "score");
	}
	return 0;
}

static void measure_one(struct measuring *x, const char *name, bool warm)
{
	struct figure f = { .name = name, .unit = "us", .each = 1e6 };
	uint64_t before = rules_scratch_evaluated(x->scratch);

	x->warm = warm;
	x->hits = x->travellers = 0;
	f.timing = bench_time(evaluate, x, x->bench->ms);
	f.of = arena_fmt(
		       &x->bench->arena,
		       "%u profiles, %u of %u predicates distinct, %u "
		       "travellers; a traveller hits %.2f, %.1f evaluated",
		       profile_set_nr(x->set),
		       profile_set_predicates(x->set, true),
		       profile_set_predicates(x->set, false),
		       x->bench->day.nr_person,
		       (double)x->hits / (double)x->travellers,
		       (double)(rules_scratch_evaluated(x->scratch) - before) /
			       (double)x->travellers)
		       .ptr;
	f.peer = x->plain;
	figure_print(&f);
}

static int measure(struct measuring *x, const struct size *size)
{
	struct figure f = { .name = size->compile, .unit = "s", .each = 1 };

	if (compare(x))
		return x->e->code;
	x->plain = bench_time(evaluate_plain, x, x->bench->ms).median * 1e6;
	measure_one(x, size->warm, true);
	measure_one(x, size->cold, false);
	f.timing = bench_time(compile, x, x->bench->ms);
	f.of = arena_fmt(&x->bench->arena, "%u profiles",
			 profile_set_nr(x->set))
		       .ptr;
	figure_print(&f);
	return 0;
}

static int measure_many(struct measuring *x, const struct size *size)
{
	struct profile_set *set;
	struct arena a = { 0 };
	int rc;

	x->text = bench_many_make(size->nr, BENCH_MANY_SEED,
				  time(NULL) / SECONDS_PER_DAY, &a);
	x->nr = size->nr;
	rc = make(&set, x);
	if (rc == 0) {
		x->set = set;
		rc = measure(x, size);
		profile_set_free(set);
	}
	arena_release(&a);
	return rc;
}

int bench_profiles(struct bench *b, struct err *e)
{
	struct measuring x = { .bench = b, .set = b->set.profiles, .e = e };

	if (!b->set.profiles)
		return err_at(e, ERR_USAGE, 0, "no profiles; see --profiles");
	if (offences_load(&x.offences, b->config.offences, e) == 0 &&
	    named_lists_load(&x.lists, b->config.lists, e) == 0 &&
	    rules_scratch_new(&x.scratch, e) == 0) {
		(void)!measure(&x, &loaded);
		for (size_t i = 0; i < ARRAY_SIZE(sizes) && !e->code; i++)
			(void)!measure_many(&x, &sizes[i]);
		if (!e->code)
			(void)!bench_profile_swap(b, e);
	}
	rules_scratch_free(x.scratch);
	named_lists_free(x.lists);
	offences_free(x.offences);
	return e->code;
}
