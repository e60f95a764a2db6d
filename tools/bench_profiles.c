/*
 * bench_profiles.c - profiles.*: the loaded set, and large ones made to
 * measure, against the day's travellers
 */
#include "rules/offences.h"
#include "rules/profile_set.h"
#include "tools/bench.h"
#include "tools/bench_figure.h"
#include "tools/bench_many.h"

enum { HITS_KEPT = 64, AT_ONCE = 64, SEED = 5 };

static const struct size {
	uint32_t nr;
	const char *figure, *compile;
} sizes[] = {
	{ 1000, "profiles.1000", "profiles.1000_compile" },
	{ 10000, "profiles.10000", "profiles.10000_compile" },
};

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
	bool plain;
	uint64_t hits, travellers;
	struct err *e;
};

/* Some of the persons, going on where the last call ended. */
static double evaluate(void *arg)
{
	struct measuring *x = arg;
	const struct bench_day *day = &x->bench->day;
	uint32_t (*eval)(const struct profile_set *, struct rules_scratch *,
			 const struct subject *, struct verdict *, uint32_t) =
		x->plain ? profile_set_eval_plain : profile_set_eval;
	struct verdict out[HITS_KEPT];

	for (int i = 0; i < AT_ONCE; i++)
		x->hits += eval(x->set, x->scratch,
				&day->person[x->next++ % day->nr_person].subject,
				out, HITS_KEPT);
	x->travellers += AT_ONCE;
	return AT_ONCE;
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

/* Both evaluators in the same run; what they find must agree. */
static void measure(struct measuring *x, const char *figure,
		    const char *compiled)
{
	struct figure f = { .name = figure, .unit = "us", .each = 1e6 };
	double share[2], looked_at;
	uint64_t before = rules_scratch_evaluated(x->scratch);

	x->plain = false;
	x->hits = x->travellers = 0;
	f.timing = bench_time(evaluate, x, x->bench->ms);
	share[0] = (double)x->hits / (double)x->travellers;
	looked_at = (double)(rules_scratch_evaluated(x->scratch) - before) /
		    (double)x->travellers;
	x->plain = true;
	x->hits = x->travellers = 0;
	f.peer = bench_time(evaluate, x, x->bench->ms).median * 1e6;
	share[1] = (double)x->hits / (double)x->travellers;
	f.of = arena_fmt(&x->bench->arena,
			 "%u profiles, %u of %u predicates distinct, %u "
			 "travellers; each hits %.2f (plain %.2f), %.1f "
			 "profiles looked at",
			 profile_set_nr(x->set),
			 profile_set_predicates(x->set, true),
			 profile_set_predicates(x->set, false),
			 x->bench->day.nr_person, share[0], share[1], looked_at)
		       .ptr;
	figure_print(&f);
	figure_print(
		&(struct figure){ .name = compiled,
				  .unit = "s",
				  .each = 1,
				  .timing = bench_time(compile, x,
						       x->bench->ms),
				  .of = f.of });
}

static int measure_many(struct measuring *x, const struct size *size)
{
	struct profile_set *set;
	struct arena a = { 0 };
	int rc;

	x->text = bench_many_make(size->nr, SEED, &a);
	x->nr = size->nr;
	rc = make(&set, x);
	if (rc == 0) {
		x->set = set;
		measure(x, size->figure, size->compile);
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
		measure(&x, "profiles.loaded", "profiles.compile");
		for (size_t i = 0; i < ARRAY_SIZE(sizes) && !e->code; i++)
			(void)!measure_many(&x, &sizes[i]);
	}
	rules_scratch_free(x.scratch);
	named_lists_free(x.lists);
	offences_free(x.offences);
	return e->code;
}
