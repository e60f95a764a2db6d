#include "tools/gen_plan.h"

#include "base/country.h"
#include "tools/gen_spell.h"

#include <stdlib.h>
#include <string.h>

struct planner {
	struct gen_plan *plan;
	const struct gen_day *day;
	const struct gen_flight *flights;
	struct arena *a;
	struct rng rng;
	bool *used; /* by entry of the list */
};

/* Flights inside the Union may be out of the law's scope: nothing there. */
static bool is_outside_eu(const struct gen_flight *f)
{
	return !country_is_eu(str_of(gen_airports[f->from].country)) ||
	       !country_is_eu(str_of(gen_airports[f->to].country));
}

/* A flight, inbound and from a certain airport if that is asked; -1: none. */
static int pick_flight(struct planner *p, bool inbound, const char *from)
{
	uint32_t nr = (uint32_t)p->day->flights;
	uint32_t start = rng_below(&p->rng, nr);

	for (uint32_t i = 0; i < nr; i++) {
		const struct gen_flight *f = &p->flights[(start + i) % nr];

		if (is_outside_eu(f) && (f->inbound || !inbound) &&
		    (!*from || !strcmp(gen_airports[f->from].code, from)))
			return f->index;
	}
	return -1;
}

static void add_plant(struct planner *p, const struct gen_plant *plant)
{
	struct gen_plant *to;

	if (plant->flight < 0) {
		p->plan->left_out++;
		return;
	}
	to = arena_push(p->a, &p->plan->plant, &p->plan->nr, sizeof(*to));
	*to = *plant;
	to->order = p->plan->nr;
	if (plant->hits)
		p->plan->hits++;
	else
		p->plan->decoys++;
}

static void plant_patterns(struct planner *p)
{
	for (int i = 0; i < gen_patterns_nr; i++) {
		const struct gen_pattern *t = &gen_patterns[i];

		add_plant(p, &(struct gen_plant){
				     .recipe = &t->recipe,
				     .target = arena_fmt(p->a, "profile:%s",
							 t->profile)
						       .ptr,
				     .how = "pattern",
				     .hits = t->hits,
				     .who = t->who,
				     .flight = pick_flight(p, true, t->from) });
	}
}

/* What every spelling starts from; a range gives some day within it. */
static struct gen_identity identity_of(const struct gen_entry *en,
				       struct rng *r)
{
	struct gen_identity id = { .surname = en->surname,
				   .given = en->given,
				   .born = en->born[0],
				   .sex = en->sex,
				   .nation = en->nation,
				   .doc_number = "" };

	if (!id.born.month) {
		if (date_is_set(en->born_upto))
			id.born.year = (int16_t)rng_range(r, id.born.year,
							  en->born_upto.year);
		id.born.month = (uint8_t)rng_range(r, 2, 12);
	}
	if (!id.born.day)
		id.born.day = (uint8_t)rng_range(r, 2, 28);
	return id;
}

/* An unused entry that can be spelt so; NULL when there is none left. */
static struct gen_identity *pick_identity(struct planner *p,
					  const struct gen_spelling *s,
					  const struct gen_entry **entry)
{
	const struct gen_wanted *w = p->plan->wanted;
	uint32_t start = w->nr ? rng_below(&p->rng, w->nr) : 0;

	for (uint32_t i = 0; i < w->nr; i++) {
		uint32_t k = (start + i) % w->nr;
		const struct gen_entry *en = &w->entry[k];
		struct gen_identity id, *out;

		if (p->used[k] || !en->nr_born || !*en->surname ||
		    strlen(en->surname) < 3)
			continue;
		id = identity_of(en, &p->rng);
		if (!s->spell(&id, en, p->a, &p->rng) ||
		    strlen(id.surname) >= GEN_NAME ||
		    strlen(id.given) >= GEN_NAME)
			continue;
		p->used[k] = true;
		*entry = en;
		out = arena_alloc(p->a, sizeof(*out));
		*out = id;
		return out;
	}
	return NULL;
}

static void plant_persons(struct planner *p)
{
	for (int i = 0; i < gen_spellings_nr; i++) {
		const struct gen_spelling *s = &gen_spellings[i];
		const struct gen_entry *en = NULL;
		struct gen_identity *id = pick_identity(p, s, &en);
		struct gen_plant plant = { .recipe = &gen_listed_recipe,
					   .identity = id,
					   .how = s->how,
					   .hits = s->hits };

		if (!id)
			continue;
		plant.target = arena_fmt(p->a, "list:%s:%s",
					 p->plan->wanted->list, en->id)
				       .ptr;
		plant.flight = pick_flight(p, false, "");
		add_plant(p, &plant);
	}
}

static int by_flight(const void *a, const void *b)
{
	const struct gen_plant *x = a, *y = b;

	if (x->flight != y->flight)
		return x->flight < y->flight ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

void gen_plan_make(struct gen_plan *out, const struct gen_day *day,
		   const struct gen_flight *flights,
		   const struct gen_wanted *wanted, int copies, struct arena *a)
{
	struct planner p = { out, day, flights, a, { { 0 } }, NULL };

	*out = (struct gen_plan){ .wanted = wanted };
	if (wanted)
		p.used = arena_alloc(a, wanted->nr + 1);
	rng_seed(&p.rng, day->seed, UINT64_MAX - 1);
	for (int i = 0; i < copies; i++) {
		plant_patterns(&p);
		if (wanted)
			plant_persons(&p);
	}
	if (out->nr)
		qsort(out->plant, out->nr, sizeof(*out->plant), by_flight);
}

const struct gen_plant *gen_plan_of(const struct gen_plan *plan, int flight,
				    uint32_t *nr)
{
	uint32_t first = 0, end;

	while (first < plan->nr && plan->plant[first].flight < flight)
		first++;
	for (end = first; end < plan->nr && plan->plant[end].flight == flight;)
		end++;
	*nr = end - first;
	return plan->plant + first;
}
