/*
 * The compiled profiles on a generated day: the sample profiles, and many made
 * to measure, give the verdicts and the evidence of the reference.
 */
#include "base/buf.h"
#include "rules/offences.h"
#include "tests/unit/unit.h"
#include "tools/bench_day.h"
#include "tools/bench_many.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { FLIGHTS = 6, MANY = 1000, CAP = 64, SEED = 9 };

struct world {
	struct arena arena;
	struct config config;
	struct screen_set set;
	struct scope *scope;
	struct bench_day day;
	struct rules_scratch *fast, *plain;
	struct err e;
};

#define GOOD(call) ck_assert_msg((call) == 0, "%s", w->e.text)

static void world_init(struct world *w)
{
	char dir[] = "/tmp/paxgate-day.XXXXXX", command[64];
	struct err *e = &w->e;

	*w = (struct world){ 0 };
	ck_assert_ptr_nonnull(mkdtemp(dir));
	GOOD(config_load(&w->config, NULL, &w->arena, e));
	w->config.watchlist = "";
	GOOD(crypt_init(e));
	GOOD(bench_day_make(dir, FLIGHTS, e));
	GOOD(bench_day_load(&w->day, dir, e));
	snprintf(command, sizeof(command), "rm -rf %s", dir);
	ck_assert_int_eq(system(command), 0);
	GOOD(screen_set_load(&w->set, &w->config, e));
	GOOD(scope_load(&w->scope, w->config.scope, e));
	GOOD(bench_day_link(&w->day, &w->set, w->scope, e));
	GOOD(rules_scratch_new(&w->fast, e));
	GOOD(rules_scratch_new(&w->plain, e));
}

static void world_release(struct world *w)
{
	rules_scratch_free(w->fast);
	rules_scratch_free(w->plain);
	bench_day_release(&w->day);
	screen_set_release(&w->set);
	scope_free(w->scope);
	arena_release(&w->arena);
}

static void same(struct world *w, const struct profile_set *set,
		 const struct subject *s, const struct verdict *a,
		 const struct verdict *b)
{
	struct buf x = { 0 }, y = { 0 };

	verdict_write_json(&x, profile_set_context(set), w->fast, s, a);
	verdict_write_json(&y, profile_set_context(set), w->plain, s, b);
	ck_assert_ptr_eq(a->profile, b->profile);
	ck_assert_int_eq(a->score, b->score);
	ck_assert_uint_eq(a->nr_incriminating, b->nr_incriminating);
	ck_assert(a->ran && b->ran && a->hit && b->hit);
	ck_assert(str_eq(buf_view(&x), buf_view(&y)));
	buf_release(&x);
	buf_release(&y);
}

/* All of the day; returns the hits. */
static uint32_t compare(struct world *w, const struct profile_set *set)
{
	struct verdict a[CAP], b[CAP];
	uint32_t hits = 0;

	for (uint32_t i = 0; i < w->day.nr_person; i++) {
		const struct subject *s = &w->day.person[i].subject;
		uint32_t nr = profile_set_eval(set, w->fast, s, a, CAP);

		ck_assert_uint_eq(
			profile_set_eval_plain(set, w->plain, s, b, CAP), nr);
		for (uint32_t k = 0; k < nr && k < CAP; k++)
			same(w, set, s, &a[k], &b[k]);
		hits += nr;
	}
	return hits;
}

START_TEST(samples_give_the_same_on_a_day)
{
	struct world w;

	world_init(&w);
	ck_assert_uint_gt(compare(&w, w.set.profiles), 0);
	world_release(&w);
}
END_TEST

START_TEST(many_give_the_same_on_a_day)
{
	struct world one, *w = &one;
	struct profile_set *set = NULL;
	struct offences *o = NULL;
	uint64_t possible;

	world_init(w);
	possible = (uint64_t)w->day.nr_person * MANY;
	GOOD(offences_load(&o, w->config.offences, &w->e));
	GOOD(profile_set_read(
		&set,
		bench_many_make(MANY, SEED, time(NULL) / SECONDS_PER_DAY,
				&w->arena),
		MANY, profile_set_context(w->set.profiles), o, NULL, &w->e));
	/* most are passed over, and what was made hits now and then */
	ck_assert_uint_gt(compare(w, set), 20);
	ck_assert_uint_lt(rules_scratch_evaluated(w->fast), possible / 20);
	/* at least half of the predicates are there once */
	ck_assert_uint_ge(2 * profile_set_predicates(set, true),
			  profile_set_predicates(set, false));
	profile_set_free(set);
	offences_free(o);
	world_release(w);
}
END_TEST

UNIT_MAIN("rules/compiled-day", samples_give_the_same_on_a_day,
	  many_give_the_same_on_a_day)
