#include "tools/gen_booking.h"

#include <string.h>

/* Pushes are about one flight; this is that flight as a leg. */
static struct gen_leg flight_leg(const struct gen_flight *f, char class)
{
	return (struct gen_leg){ .airline = f->airline,
				 .number = f->number,
				 .partner = -1,
				 .from = f->from,
				 .to = f->to,
				 .departs = f->departs,
				 .arrives = f->arrives,
				 .class = class,
				 .equipment = f->equipment };
}

static struct gen_leg other_leg(struct gen_maker *m, int from, int to,
				int64_t departs, char class)
{
	struct rng *r = &m->rng;

	return (struct gen_leg){
		.airline =
			rng_chance(r, 850)
				? m->flight->airline
				: (int)rng_below(r, (uint32_t)gen_airlines_nr),
		.number = rng_range(r, 120, 2900),
		.partner = -1,
		.from = from,
		.to = to,
		.departs = departs,
		.arrives = departs + gen_flying_minutes(from, to) * 60,
		.class = class,
		.equipment = m->flight->equipment,
	};
}

/* An airport to come from, or go on to, by way of `hub`. */
static int pick_feeder(struct gen_maker *m, int hub)
{
	const char *home = gen_airports[m->day->home].country;

	for (;;) {
		int i = (int)rng_below(&m->rng, (uint32_t)gen_airports_nr);
		const char *country = gen_airports[i].country;
		int hop = gen_flying_minutes(i, hub);

		if (i != hub && strcmp(country, home) != 0 && hop < 420 &&
		    strcmp(country, gen_airports[hub].country) != 0)
			return i;
	}
}

/* Minutes on the ground between two connecting flights, as seconds. */
static int64_t connection(struct gen_maker *m)
{
	return (int64_t)rng_range(&m->rng, 14, 50) * 300;
}

/*
 * abroad: the flight's end outside the home country; feeder: behind it, or
 * -1. The way there and the way back are each one or two legs.
 */
static void add_home_to_abroad(struct gen_booking *b, struct gen_maker *m,
			       int abroad, int feeder, int64_t departs,
			       char class)
{
	struct gen_leg *leg = &b->leg[b->nr_legs++];

	*leg = other_leg(m, m->day->home, abroad, departs, class);
	if (feeder >= 0)
		b->leg[b->nr_legs++] = other_leg(
			m, abroad, feeder, leg->arrives + connection(m), class);
}

static void add_abroad_to_home(struct gen_booking *b, struct gen_maker *m,
			       int abroad, int feeder, int64_t departs,
			       char class)
{
	if (feeder >= 0) {
		struct gen_leg *leg = &b->leg[b->nr_legs++];

		*leg = other_leg(m, feeder, abroad, departs, class);
		departs = leg->arrives + connection(m);
	}
	b->leg[b->nr_legs++] =
		other_leg(m, abroad, m->day->home, departs, class);
}

/* From where the flight begins to `feeder` and back, in time for it. */
static void add_detour(struct gen_booking *b, struct gen_maker *m, int feeder,
		       char class)
{
	const struct gen_flight *f = m->flight;
	int64_t fly = gen_flying_minutes(feeder, f->from) * 60;
	int64_t back = f->departs - connection(m) - fly;
	int64_t out = back - connection(m) - fly;

	b->leg[b->nr_legs++] = other_leg(m, f->from, feeder, out, class);
	b->leg[b->nr_legs++] = other_leg(m, feeder, f->from, back, class);
}

/* The flight itself, with its feeder before (inbound) or after it. */
static void add_flight(struct gen_booking *b, struct gen_maker *m, int feeder,
		       char class)
{
	const struct gen_flight *f = m->flight;

	if (feeder >= 0 && b->recipe->flags & FLAG_TURNS_BACK) {
		add_detour(b, m, feeder, class);
	} else if (feeder >= 0 && f->inbound) {
		int64_t there = f->departs - connection(m);
		int64_t fly = gen_flying_minutes(feeder, f->from) * 60;

		b->leg[b->nr_legs++] =
			other_leg(m, feeder, f->from, there - fly, class);
	}
	b->pushed = b->nr_legs;
	b->leg[b->nr_legs++] = flight_leg(f, class);
	if (feeder >= 0 && !f->inbound)
		b->leg[b->nr_legs++] = other_leg(
			m, f->to, feeder, f->arrives + connection(m), class);
}

/* Enough time for the way out before a stay; more where there is a feeder. */
static int64_t way_out(const struct gen_maker *m, int abroad, int feeder)
{
	int64_t fly = gen_flying_minutes(abroad, m->day->home) * 60;

	if (feeder >= 0)
		fly += gen_flying_minutes(feeder, abroad) * 120 + 100 * 300;
	return fly;
}

/* The whole return trip; `first`: this flight is on the way out. */
static void make_return(struct gen_booking *b, struct gen_maker *m, int feeder,
			bool first, int64_t stay, char class)
{
	const struct gen_flight *f = m->flight;
	int abroad = f->inbound ? f->from : f->to;
	int64_t out = f->departs - stay - way_out(m, abroad, feeder);

	if (!first && f->inbound)
		add_home_to_abroad(b, m, abroad, feeder, out, class);
	if (!first && !f->inbound)
		add_abroad_to_home(b, m, abroad, feeder, out, class);
	add_flight(b, m, feeder, class);
	out = b->leg[b->nr_legs - 1].arrives + stay;
	if (first && f->inbound)
		add_home_to_abroad(b, m, abroad, feeder, out, class);
	if (first && !f->inbound)
		add_abroad_to_home(b, m, abroad, feeder, out, class);
}

void gen_make_trip(struct gen_booking *b, struct gen_maker *m)
{
	static const char classes[] = "YYYBMHKQVLTNSCJ";
	const struct gen_recipe *want = b->recipe;
	const struct gen_flight *f = m->flight;
	struct rng *r = &m->rng;
	int64_t stay =
		(int64_t)rng_range(r, want->stay.lo, want->stay.hi) * 3600;
	char class = classes[rng_below(r, sizeof(classes) - 1)];
	bool connects = want->flags & (FLAG_CONNECTS | FLAG_TURNS_BACK) ||
			(want->flags & FLAG_MAY_CONNECT && rng_chance(r, 400));
	int feeder =
		connects ? pick_feeder(m, f->inbound ? f->from : f->to) : -1;
	bool first = b->plant || rng_chance(r, 500);

	if (want->trip == TRIP_ONEWAY)
		add_flight(b, m, feeder, class);
	else
		make_return(b, m, feeder, first, stay, class);
	if (f->partner >= 0 && !b->plant && rng_chance(r, 250)) {
		b->leg[b->pushed].partner = f->partner;
		b->leg[b->pushed].partner_number = f->partner_number;
	}
}
