/*
 * bench_profiles.c - profiles.*: the loaded set against the day's travellers
 */
#include "rules/offences.h"
#include "rules/profile_set.h"
#include "tools/bench.h"
#include "tools/bench_figure.h"

enum { HITS_KEPT = 64, AT_ONCE = 64 };

struct evaluating {
	const struct bench *bench;
	struct rules_scratch *scratch;
	uint32_t next; /* person */
	uint64_t hits;
};

/* Some of the persons, going on where the last call ended. */
static double evaluate(void *arg)
{
	struct evaluating *x = arg;
	const struct bench_day *day = &x->bench->day;
	struct verdict out[HITS_KEPT];

	for (int i = 0; i < AT_ONCE; i++)
		x->hits += profile_set_eval(
			x->bench->set.profiles, x->scratch,
			&day->person[x->next++ % day->nr_person].subject, out,
			HITS_KEPT);
	return AT_ONCE;
}

struct compiling {
	const struct bench *bench;
	struct offences *offences;
	struct named_lists *lists;
	struct err *e;
};

static double compile(void *arg)
{
	struct compiling *x = arg;
	struct profile_set *set = NULL;

	(void)!profile_set_load(&set, x->bench->config.profiles,
				profile_set_context(x->bench->set.profiles),
				x->offences, x->lists, x->e);
	profile_set_free(set);
	return 1;
}

int bench_profiles(struct bench *b, struct err *e)
{
	struct evaluating x = { .bench = b };
	struct compiling c = { .bench = b, .e = e };
	const char *of;

	if (!b->set.profiles)
		return err_at(e, ERR_USAGE, 0, "no profiles; see --profiles");
	of = arena_fmt(&b->arena, "%u profiles, %u travellers",
		       profile_set_nr(b->set.profiles), b->day.nr_person)
		     .ptr;
	if (rules_scratch_new(&x.scratch, e))
		return e->code;
	figure_print(
		&(struct figure){ .name = "profiles.reference",
				  .unit = "us",
				  .each = 1e6,
				  .timing = bench_time(evaluate, &x, b->ms),
				  .of = of });
	rules_scratch_free(x.scratch);
	if (offences_load(&c.offences, b->config.offences, e) ||
	    named_lists_load(&c.lists, b->config.lists, e)) {
		offences_free(c.offences);
		return e->code;
	}
	figure_print(&(struct figure){ .name = "profiles.compile",
				       .unit = "s",
				       .each = 1,
				       .timing = bench_time(compile, &c, b->ms),
				       .of = of });
	named_lists_free(c.lists);
	offences_free(c.offences);
	return e->code;
}
