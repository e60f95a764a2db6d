#include "tools/gen_booking.h"

#include "base/country.h"
#include "tools/gen_person.h"

#include <stdio.h>
#include <string.h>

static const char *const groups[] = { "LAKESIDE CHOIR",	 "ALUMNI TOUR",
				      "CYCLING CLUB",	 "CHESS TEAM",
				      "CLASS EXCURSION", "BRASS BAND" };
static const char *const specials[] = {
	"VGML", "KSML", "MOML", "HNML", "AVML",
	"DBML", "GFML", "WCHR", "WCHS", "BLND"
};
static const char *const remarks[] = { "PAX IS DIABETIC CARRIES INSULIN",
				       "TRVLS TO PILGRIMAGE",
				       "NEEDS WHEELCHAIR TO GATE",
				       "1ST TIME FLYER",
				       "VIP CEO",
				       "HALAL MEAL REQUESTED",
				       "FULL NAME CHKD WITH AGT" };
static const char *const tiers[] = { "BLUE", "SILVER", "GOLD" };

static void make_locator(char out[8], struct rng *r)
{
	static const char c[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

	for (int i = 0; i < 6; i++)
		out[i] = c[rng_below(r, sizeof(c) - 1)];
	out[6] = 0;
}

static enum gen_culture pick_culture(const struct gen_maker *m, struct rng *r)
{
	const struct gen_flight *f = m->flight;
	int there = f->inbound ? f->from : f->to;
	uint32_t x = rng_below(r, 100);

	if (x < 55)
		return gen_airports[there].culture[x % 3 == 0];
	if (x < 88)
		return gen_airports[m->day->home].culture[x % 2];
	return (enum gen_culture)rng_below(r, CULTURES);
}

static bool both_in_eu(const struct gen_flight *f)
{
	return country_is_eu(str_of(gen_airports[f->from].country)) &&
	       country_is_eu(str_of(gen_airports[f->to].country));
}

/* What a person has besides a name: papers, seat, bags, wishes. */
static void equip(struct gen_person *p, struct gen_booking *b,
		  struct gen_maker *m)
{
	const struct gen_airline *line = &gen_airlines[m->flight->airline];
	const struct gen_recipe *want = b->recipe;
	struct rng *r = &m->rng;
	bool often = want->flags & FLAG_FLIES_OFTEN ||
		     (want->flags & FLAG_MAY_FLY_OFTEN && rng_chance(r, 500));

	p->id = ++m->persons;
	p->sequence = p->id;
	snprintf(p->ticket, sizeof(p->ticket), "%s24%08d", line->accounting,
		 rng_range(r, 0, 99999999));
	if (p->type != 'I')
		snprintf(p->seat, sizeof(p->seat), "%d%c", 1 + p->id / 6,
			 "ABCDEF"[p->id % 6]);
	if (p->type == 'A') {
		p->bags = rng_range(r, want->bags.lo, want->bags.hi);
		p->kg = p->bags * (want->flags & FLAG_HEAVY
					   ? rng_range(r, 23, 27)
					   : rng_range(r, 9, 18));
		p->tag = rng_range(r, 100000, 999990);
	}
	if (often && p->type == 'A') {
		p->frequent_flyer = rng_range(r, 100000000, 999999999);
		p->tier = tiers[rng_below(r, ARRAY_SIZE(tiers))];
	}
	if (rng_chance(r, 90))
		p->special = specials[rng_below(r, ARRAY_SIZE(specials))];
	if (rng_chance(r, 30))
		p->remark = remarks[rng_below(r, ARRAY_SIZE(remarks))];
	if (rng_chance(r, 80) && !both_in_eu(m->flight))
		snprintf(p->visa, sizeof(p->visa), "V%07d",
			 rng_range(r, 1000000, 9999999));
}

static void add_person(struct gen_booking *b, struct gen_maker *m, char type,
		       const char *surname)
{
	struct gen_person *p = &b->person[b->nr++];
	struct gen_person_ask ask = {
		.type = type,
		.culture = b->nr > 1 ? b->person[0].culture
				     : pick_culture(m, &m->rng),
		.surname = surname,
		.on = m->day->date,
		.wanted = m->plan->wanted,
		.identity = b->plant && b->nr == 1 ? b->plant->identity : NULL,
		.keeps_marks = m->flight->airline % 2,
		.inside_eu = both_in_eu(m->flight),
	};

	*p = (struct gen_person){ 0 };
	gen_person_make(p, &ask, &m->rng);
	/* a truth about a birth date needs one from the first push on */
	if (b->plant)
		p->docs_since = PHASE_48H;
	equip(p, b, m);
}

static void fill(struct gen_booking *b, struct gen_maker *m)
{
	const struct gen_recipe *want = b->recipe;
	struct rng *r = &m->rng;
	int adults = rng_range(r, want->adults.lo, want->adults.hi);
	int children = rng_range(r, want->children.lo, want->children.hi);
	int infants = rng_range(r, want->infants.lo, want->infants.hi);
	bool kin = want->flags & FLAG_KIN;

	b->person =
		arena_alloc(m->arena, (size_t)(adults + children + infants) *
					      sizeof(*b->person));
	for (int i = 0; i < adults + children + infants; i++) {
		char type = i < adults		    ? 'A'
			    : i < adults + children ? 'C'
						    : 'I';
		const char *surname = b->nr && (kin || type == 'I')
					      ? b->person[0].surname
					      : NULL;

		add_person(b, m, type, surname);
		if (type == 'I')
			b->person[i].adult = i - adults - children;
	}
	if (want->flags & FLAG_GROUP)
		b->group = groups[rng_below(r, ARRAY_SIZE(groups))];
	b->alone_minor = want->flags & FLAG_UMNR;
}

/* Two strangers in a pattern about surnames must not share one by chance. */
static bool has_accident(const struct gen_booking *b)
{
	if (!b->plant || b->recipe->flags & FLAG_KIN)
		return false;
	for (int i = 1; i < b->nr; i++)
		if (strstr(b->person[i].tif_surname,
			   b->person[0].tif_surname) ||
		    strstr(b->person[0].tif_surname, b->person[i].tif_surname))
			return true;
	return false;
}

static struct gen_booking *add_booking(struct gen_maker *m,
				       const struct gen_recipe *recipe,
				       const struct gen_plant *plant)
{
	struct gen_booking *b =
		arena_push(m->arena, &m->made.item, &m->made.nr, sizeof(*b));

	b->recipe = recipe;
	b->plant = plant;
	make_locator(b->locator, &m->rng);
	make_locator(b->crs_locator, &m->rng);
	if (recipe->flags & FLAG_SPLIT)
		make_locator(b->split, &m->rng);
	do {
		b->nr = 0;
		fill(b, m);
	} while (has_accident(b));
	gen_make_trip(b, m);
	gen_make_sale(b, m);
	gen_make_life(b, m);
	return b;
}

/* A kind of booking for at most `room` travellers. */
static const struct gen_recipe *pick_recipe(int room, struct rng *r)
{
	int total = 0;

	for (int i = 0; i < gen_recipes_nr; i++)
		total += gen_recipes[i].weight;
	for (;;) {
		int x = (int)rng_below(r, (uint32_t)total), i = 0;
		const struct gen_recipe *p;

		while (x >= gen_recipes[i].weight)
			x -= gen_recipes[i++].weight;
		p = &gen_recipes[i];
		if (p->adults.hi + p->children.hi + p->infants.hi <= room)
			return p;
	}
}

void gen_make_bookings(struct gen_maker *m, const struct gen_day *day,
		       const struct gen_flight *f, const struct gen_plan *plan,
		       struct arena *a)
{
	const struct gen_plant *plant;
	uint32_t planted;
	int aboard = 0;

	*m = (struct gen_maker){
		.day = day, .flight = f, .plan = plan, .arena = a
	};
	rng_seed(&m->rng, day->seed, (uint64_t)f->index);
	plant = gen_plan_of(plan, f->index, &planted);
	for (uint32_t i = 0; i < planted; i++)
		aboard += add_booking(m, plant[i].recipe, &plant[i])->nr;
	while (aboard < f->travellers) {
		const struct gen_recipe *kind =
			pick_recipe(f->travellers - aboard, &m->rng);
		struct gen_booking *b = add_booking(m, kind, NULL);

		if (gen_is_active(b, PHASE_CLOSURE))
			aboard += b->nr;
	}
}
