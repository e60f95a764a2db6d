#include "tools/bench_many.h"

#include "base/buf.h"
#include "base/date.h"
#include "tools/gen_tables.h"

/* What stands for %: */
enum blank {
	NOTHING,
	MINUTES,   /* low to high minutes */
	COUNT,	   /* low to high */
	AIRPORTS,  /* low to high of them */
	COUNTRIES, /* likewise */
	ROUTE,	   /* "IST-BRU" */
	HUNDREDTHS /* low to high, of 100 */
};

struct form {
	const char *before, *behind;
	enum blank blank;
	int low, high;
};

/* clang-format off */
static const struct form incriminating[] = {
	{ "booking.lead_time < ", "", MINUTES, 120, 10080 },
	{ "booking.lead_time < ", "", MINUTES, 120, 10080 },
	{ "booking.ticketing_time < ", "", MINUTES, 60, 7200 },
	{ "trip.stay < ", "", MINUTES, 720, 10080 },
	{ "trip.stay > ", "", MINUTES, 20160, 60480 },
	{ "any(booking.payments, form == CA)", "", NOTHING, 0, 0 },
	{ "any(booking.payments, amount > ", " EUR)", HUNDREDTHS, 50000, 500000 },
	{ "trip.type == oneway", "", NOTHING, 0, 0 },
	{ "trip.type == oneway and count(traveller.bags) == ", "", COUNT, 0, 1 },
	{ "trip.legs >= ", "", COUNT, 3, 5 },
	{ "count(traveller.bags) >= ", "", COUNT, 2, 4 },
	{ "traveller.bag_weight > ", "", HUNDREDTHS, 3000, 9000 },
	{ "traveller.age < ", "", COUNT, 16, 30 },
	{ "count(booking.history) >= ", "", COUNT, 3, 6 },
	{ "flight.departs - booking.changed_at < ", "", MINUTES, 60, 4320 },
	{ "booking.lead_time - booking.ticketing_time > ", "", MINUTES, 1440, 20160 },
	{ "booking.agency.country in ", "", COUNTRIES, 1, 4 },
	{ "trip.origin_country in ", "", COUNTRIES, 1, 6 },
	{ "trip.origin in ", "", AIRPORTS, 1, 5 },
	{ "trip.destination in ", "", AIRPORTS, 1, 5 },
	{ "trip.route contains ", "", ROUTE, 0, 0 },
	{ "trip.duration < ", "", MINUTES, 600, 10080 },
	{ "any(booking.legs, destination in ", " and destination != trip.destination)", AIRPORTS, 1, 5 },
	{ "any(trip.stops, via and airport in ", ")", AIRPORTS, 1, 5 },
	{ "any(trip.stops, via and length < ", ")", MINUTES, 60, 600 },
	{ "any(booking.history, status in [TK, UN, SC])", "", NOTHING, 0, 0 },
	{ "any(booking.payments, not holder contains traveller.surname)", "", NOTHING, 0, 0 },
};

static const struct form exonerating[] = {
	{ "count(co_travellers) >= ", "", COUNT, 1, 5 },
	{ "count(traveller.frequent_flyers) >= 1", "", NOTHING, 0, 0 },
	{ "booking.lead_time > ", "", MINUTES, 20160, 90000 },
	{ "booking.lead_time > ", "", MINUTES, 20160, 90000 },
	{ "trip.stay > ", "", MINUTES, 10080, 43200 },
	{ "trip.stay > ", "", MINUTES, 10080, 43200 },
	{ "any(booking.ssr, code == UMNR)", "", NOTHING, 0, 0 },
	{ "booking.agency.kind == A", "", NOTHING, 0, 0 },
	{ "trip.origin in ", "", AIRPORTS, 1, 3 },
	{ "booking.ticketing_time > ", "", MINUTES, 10080, 90000 },
	{ "booking.ticketing_time > ", "", MINUTES, 10080, 90000 },
	{ "booking.lead_time - booking.ticketing_time < ", "", MINUTES, 30, 2880 },
	{ "booking.agency.country in ", "", COUNTRIES, 1, 4 },
	{ "trip.duration > ", "", MINUTES, 20160, 60480 },
	{ "any(trip.stops, length > ", ")", MINUTES, 1440, 20160 },
	{ "any(booking.payments, amount < ", " EUR)", HUNDREDTHS, 5000, 40000 },
	{ "traveller.age > ", "", COUNT, 60, 80 },
};
/* clang-format on */

static const char *place(struct rng *r, enum blank blank)
{
	const struct gen_airport *a =
		&gen_airports[rng_below(r, (uint32_t)gen_airports_nr)];

	return blank == AIRPORTS ? a->code : a->country;
}

static void put_places(struct buf *b, struct rng *r, enum blank blank, int nr)
{
	buf_z(b, "[");
	while (nr-- > 0)
		buf_fmt(b, "\"%s\"%s", place(r, blank), nr ? ", " : "]");
}

static void put_condition(struct buf *b, struct rng *r, const struct form *f)
{
	int n = rng_range(r, f->low, f->high);

	buf_z(b, f->before);
	if (f->blank == MINUTES)
		buf_fmt(b, "%dm", n);
	else if (f->blank == COUNT)
		buf_fmt(b, "%d", n);
	else if (f->blank == HUNDREDTHS)
		buf_fmt(b, "%d.%02d", n / 100, n % 100);
	else if (f->blank == ROUTE)
		buf_fmt(b, "\"%s-%s\"", place(r, AIRPORTS), place(r, AIRPORTS));
	else if (f->blank != NOTHING)
		put_places(b, r, f->blank, n);
	buf_z(b, f->behind);
}

/* `nr` clauses of different forms. */
static void put_clauses(struct buf *b, struct rng *r, const struct form *form,
			uint32_t nr_forms, const int *points, int nr)
{
	bool used[ARRAY_SIZE(incriminating)] = { false };

	for (int i = 0; i < nr; i++) {
		uint32_t k;

		do
			k = rng_below(r, nr_forms);
		while (used[k]);
		used[k] = true;
		buf_fmt(b,
			"  - {id: c%s%d, points: %d, why: made, reason: made, "
			"when: '",
			points[i] < 0 ? "e" : "i", i, points[i]);
		put_condition(b, r, &form[k]);
		buf_z(b, "'}\n");
	}
}

/* Valid for two months to come; a bound of the law is that it ends. */
enum { VALID_BEFORE = 30, VALID_AFTER = 60 };

static void put_profile(struct buf *b, struct rng *r, uint32_t number,
			int64_t today)
{
	static const int points[] = { 30, 30, 20, 20 };
	static const int against[] = { -30, -20, -25 };

	buf_fmt(b,
		"profile: made-%05u\nrevision: 1\ntitle: made to measure\n"
		"purpose:\n  offences: [\"04\"]\n  basis: none\n"
		"  author: bench\n"
		"  valid: {from: ",
		number);
	date_write(b, date_from_days(today - VALID_BEFORE));
	buf_z(b, ", until: ");
	date_write(b, date_from_days(today + VALID_AFTER));
	buf_fmt(b, "}\nscope: {direction: %s",
		rng_chance(r, 600) ? "inbound" : "outbound");
	if (rng_chance(r, 250)) {
		buf_z(b, ", origin_countries: ");
		put_places(b, r, COUNTRIES, rng_range(r, 1, 5));
	}
	buf_z(b, "}\nbudget: {max_share: 0.001}\nincriminating:\n");
	put_clauses(b, r, incriminating, ARRAY_SIZE(incriminating), points,
		    rng_range(r, 3, 4));
	buf_z(b, "exonerating:\n");
	put_clauses(b, r, exonerating, ARRAY_SIZE(exonerating), against,
		    rng_range(r, 1, 3));
	buf_fmt(b, "threshold: %d\n", rng_range(r, 60, 80));
}

const struct profile_text *bench_many_make(uint32_t nr, uint64_t seed,
					   int64_t today, struct arena *a)
{
	struct profile_text *text = arena_alloc(a, nr * sizeof(*text));
	struct buf b = { 0 };

	for (uint32_t i = 0; i < nr; i++) {
		struct rng r;

		rng_seed(&r, seed, i);
		buf_clear(&b);
		put_profile(&b, &r, i, today);
		text[i].file = arena_fmt(a, "made-%05u.yaml", i).ptr;
		text[i].text = arena_str(a, buf_view(&b));
	}
	buf_release(&b);
	return text;
}
