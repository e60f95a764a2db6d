/*
 * bench_profile_swap.c - profiles.swap_*: another set taken over by a worker
 */
#include "engine/edition.h"
#include "rules/profile_set.h"
#include "tools/bench_figure.h"
#include "tools/bench_many.h"
#include "tools/bench_swap.h"

#include <time.h>

/* Few swaps: each loads all of them. */
enum { NR_PROFILES = 10000, HITS_KEPT = 64, SWAPS = 3 };

struct swapping {
	struct bench *bench;
	struct edition_source source;
	struct profile_items items;
	struct rules_scratch *scratch;
	struct editions all;
	struct edition *held; /* the worker's */
	double load[SWAPS], pause[SWAPS];
};

/* The profiles made to measure, as a version of the registry has them. */
static void make_items(struct swapping *x, struct arena *a)
{
	const struct profile_text *text = bench_many_make(
		NR_PROFILES, BENCH_MANY_SEED, time(NULL) / SECONDS_PER_DAY, a);
	struct profile_item *to = arena_alloc(a, NR_PROFILES * sizeof(*to));

	for (uint32_t i = 0; i < NR_PROFILES; i++) {
		struct str file = str_of(text[i].file);

		to[i].name = str_slice(file, 0, file.len - strlen(".yaml"));
		to[i].revision = 1;
		to[i].content = text[i].text;
		to[i].state = STR("live");
	}
	x->items = (struct profile_items){ .item = to, .nr = NR_PROFILES };
}

/* What the worker does, and the first traveller, whom room is made for. */
static void take_over(struct swapping *x)
{
	struct edition *next = editions_now(&x->all);
	struct verdict out[HITS_KEPT];

	editions_leave(&x->all, x->held);
	x->held = next;
	profile_set_eval(next->profiles, x->scratch,
			 &x->bench->day.person[0].subject, out, HITS_KEPT);
}

static int swap_once(struct swapping *x, int i, struct err *e)
{
	struct edition *next;
	double from = bench_now();

	if (edition_build(&next, &x->source, &x->items, e))
		return e->code;
	x->load[i] = bench_now() - from;
	editions_set(&x->all, next);
	from = bench_now();
	take_over(x);
	x->pause[i] = bench_now() - from;
	editions_sweep(&x->all);
	return 0;
}

static void print(struct swapping *x)
{
	const char *of = arena_fmt(&x->bench->arena,
				   "%u profiles instead of "
				   "as many others",
				   NR_PROFILES)
				 .ptr;

	figure_print(&(struct figure){ .name = "profiles.swap_load",
				       .unit = "s",
				       .each = 1,
				       .timing = timing_of(x->load, SWAPS),
				       .of = of });
	figure_print(&(struct figure){ .name = "profiles.swap_pause",
				       .unit = "ms",
				       .each = 1e3,
				       .timing = timing_of(x->pause, SWAPS),
				       .of = of });
}

int bench_profile_swap(struct bench *b, struct err *e)
{
	struct swapping x = {
		.bench = b,
		.source = { .config = &b->config, .base = &b->set },
		.all.lock = PTHREAD_MUTEX_INITIALIZER,
	};
	struct arena a = { 0 };

	if (!rules_scratch_new(&x.scratch, e)) {
		make_items(&x, &a);
		/* the first has no old one to let go */
		(void)!swap_once(&x, 0, e);
		for (int i = 0; i < SWAPS && !e->code; i++)
			(void)!swap_once(&x, i, e);
		if (!e->code)
			print(&x);
	}
	rules_scratch_free(x.scratch);
	edition_drop(x.held);
	editions_set(&x.all, NULL);
	arena_release(&a);
	return e->code;
}
