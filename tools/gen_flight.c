#include "tools/gen_flight.h"

#include "base/country.h"

#include <string.h>

enum {
	LONG_HAUL = 300, /* minutes */
	FIRST_SLOT = 5 * 12 /* of five minutes: 05:00 local time */,
	LAST_SLOT = 22 * 12,
	EU_EVERY = 8, /* pairs of flights */
};

int64_t gen_local(int airport, int64_t utc)
{
	return utc + gen_airports[airport].utc_offset * 60;
}

struct gen_clock gen_clock(int64_t s)
{
	struct date d = date_from_days(s / SECONDS_PER_DAY);
	int minute = (int)(s % SECONDS_PER_DAY / 60);

	return (struct gen_clock){ d.year % 100, d.month, d.day, minute / 60,
				   minute % 60 };
}

const char *gen_flight_key(struct arena *a, const struct gen_flight *f)
{
	int64_t local = gen_local(f->from, f->departs);
	struct date d = date_from_days(local / SECONDS_PER_DAY);

	return arena_fmt(a, "%s-%d-%04d-%02d-%02d-%s",
			 gen_airlines[f->airline].code, f->number, d.year,
			 d.month, d.day, gen_airports[f->from].code)
		.ptr;
}

int64_t gen_sent_at(const struct gen_flight *f, enum gen_phase phase)
{
	static const int before[PHASES] = { 48 * 3600, 24 * 3600, 0 };

	return f->departs - before[phase];
}

static bool is_eu(int airport)
{
	return country_is_eu(str_of(gen_airports[airport].country));
}

/* An airport abroad; `eu`: inside the Union, or else outside. */
static int pick_abroad(const struct gen_day *day, bool eu, struct rng *r)
{
	const char *home = gen_airports[day->home].country;

	for (;;) {
		int i = (int)rng_below(r, (uint32_t)gen_airports_nr);

		if (strcmp(gen_airports[i].country, home) != 0 &&
		    is_eu(i) == eu)
			return i;
	}
}

/* Where a long flight touches down on its way: near `abroad`, not too near. */
static int pick_beyond(int abroad, int home, struct rng *r)
{
	for (int tries = 0; tries < 40; tries++) {
		int i = (int)rng_below(r, (uint32_t)gen_airports_nr);
		int hop = gen_flying_minutes(i, abroad);

		if (i != abroad && hop > 60 && hop < 200 && !is_eu(i) &&
		    gen_flying_minutes(i, home) > LONG_HAUL)
			return i;
	}
	return -1;
}

static void set_times(struct gen_flight *f, const struct gen_day *day,
		      struct rng *r)
{
	int64_t local = date_to_days(day->date) * SECONDS_PER_DAY +
			rng_range(r, FIRST_SLOT, LAST_SLOT) * 300;

	f->departs = local - gen_airports[f->from].utc_offset * 60;
	f->arrives = f->departs + gen_flying_minutes(f->from, f->to) * 60;
}

static void make_flight(struct gen_flight *f, const struct gen_day *day,
			struct rng *r)
{
	static const char *const narrow[] = { "320", "32N", "738", "E90" };
	static const char *const wide[] = { "333", "789", "77W", "359" };
	bool eu = f->index / 2 % EU_EVERY == EU_EVERY - 1 && is_eu(day->home);
	int abroad =
		f->index ? pick_abroad(day, eu, r) : gen_airport_find("ADD");

	f->inbound = f->index % 2 == 0;
	f->from = f->inbound ? abroad : day->home;
	f->to = f->inbound ? day->home : abroad;
	f->airline = (int)rng_below(r, (uint32_t)gen_airlines_nr);
	/* 7 and 8900 have no common divisor: no number comes twice */
	f->number = 101 + f->index * 7 % 8900;
	f->partner = -1;
	if (rng_chance(r, 300)) {
		f->partner = (f->airline + 1 + (int)rng_below(r, 5)) %
			     gen_airlines_nr;
		f->partner_number = 9999 - f->index % 900;
	}
	f->beyond = -1;
	if (gen_flying_minutes(f->from, f->to) > LONG_HAUL) {
		f->equipment = wide[rng_below(r, ARRAY_SIZE(wide))];
		if (rng_chance(r, 200))
			f->beyond = pick_beyond(abroad, day->home, r);
	} else {
		f->equipment = narrow[rng_below(r, ARRAY_SIZE(narrow))];
	}
	set_times(f, day, r);
}

struct gen_flight *gen_day_flights(const struct gen_day *day, struct arena *a)
{
	struct gen_flight *f =
		arena_alloc(a, (size_t)day->flights * sizeof(*f));
	int64_t weights = 0, so_far = 0;
	int given = 0;
	struct rng r;

	rng_seed(&r, day->seed, UINT64_MAX);
	for (int i = 0; i < day->flights; i++) {
		f[i].index = i;
		make_flight(&f[i], day, &r);
		f[i].travellers = rng_range(&r, 80, 120);
		if (f[i].equipment[0] != '3' || f[i].equipment[1] == '3')
			f[i].travellers += 40;
		weights += f[i].travellers;
	}
	for (int i = 0; i < day->flights; i++) {
		int upto;

		so_far += f[i].travellers;
		upto = (int)(so_far * day->travellers / weights);
		f[i].travellers = upto - given;
		given = upto;
	}
	return f;
}
