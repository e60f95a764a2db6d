#include "tools/peer_profiles.h"

#include "tools/gen_tables.h"

enum { SEED = 9, MOST = 4, POINTS = 20, SECONDS_PER_MINUTE = 60 };

/* What a clause compares. */
struct term {
	const char *path, *name;
	enum { SPAN, NUMBER, AIRPORTS, COUNTRIES } kind;
	char less;     /* '<' or '>'; 0: one of a set */
	int low, high; /* minutes, numbers, members of the set */
};

/* clang-format off */
static const struct term incriminating[] = {
	{ "booking.lead_time", "lead", SPAN, '<', 1440, 20160 },
	{ "booking.ticketing_time", "ticketing", SPAN, '<', 1440, 43200 },
	{ "trip.stay", "stay", SPAN, '<', 1440, 20160 },
	{ "trip.stay", "stay", SPAN, '>', 10080, 40320 },
	{ "trip.duration", "duration", SPAN, '<', 2880, 20160 },
	{ "trip.legs", "legs", NUMBER, '>', 0, 2 },
	{ "trip.legs", "legs", NUMBER, '<', 2, 5 },
	{ "count(traveller.bags)", "bags", NUMBER, '<', 1, 3 },
	{ "count(traveller.bags)", "bags", NUMBER, '>', 0, 2 },
	{ "count(booking.history)", "history", NUMBER, '>', 0, 3 },
	{ "count(booking.payments)", "payments", NUMBER, '<', 2, 4 },
	{ "booking.agency.country", "agency", COUNTRIES, 0, 1, 5 },
	{ "trip.origin_country", "from_country", COUNTRIES, 0, 1, 5 },
	{ "trip.origin", "origin", AIRPORTS, 0, 1, 6 },
	{ "trip.destination", "destination", AIRPORTS, 0, 1, 6 },
};
static const struct term exonerating[] = {
	{ "count(co_travellers)", "others", NUMBER, '>', 2, 6 },
	{ "booking.lead_time", "lead", SPAN, '>', 20160, 90000 },
	{ "trip.stay", "stay", SPAN, '>', 20160, 60480 },
	{ "booking.agency.country", "agency", COUNTRIES, 0, 1, 4 },
	{ "trip.origin", "origin", AIRPORTS, 0, 1, 4 },
};
/* clang-format on */

static bool is_set(const struct term *t)
{
	return t->kind == AIRPORTS || t->kind == COUNTRIES;
}

/* The set's members, in `quote`s; the same for the same `r`. */
static void put_members(struct buf *b, struct rng r, const struct term *t,
			char quote)
{
	int nr = rng_range(&r, t->low, t->high);

	for (int i = 0; i < nr; i++) {
		const struct gen_airport *a =
			&gen_airports[rng_below(&r, (uint32_t)gen_airports_nr)];

		buf_fmt(b, "%s%c%s%c", i ? ", " : "[", quote,
			t->kind == AIRPORTS ? a->code : a->country, quote);
	}
	buf_byte(b, ']');
}

/* In a profile's words. */
static void put_condition(struct buf *b, struct rng r, const struct term *t)
{
	buf_fmt(b, "%s ", t->path);
	if (is_set(t)) {
		buf_z(b, "in ");
		put_members(b, r, t, '"');
	} else {
		buf_fmt(b, "%c %d%s", t->less, rng_range(&r, t->low, t->high),
			t->kind == SPAN ? "m" : "");
	}
}

/*
 * In a-tree's. One that speaks against a hit is turned round; it leaves the
 * hit alone when it is not known.
 */
static void put_term(struct buf *b, struct rng r, const struct term *t,
		     bool against)
{
	const char *end = t->less == '>' ? "_low" : "_high";

	if (is_set(t))
		end = "";
	if (against)
		buf_fmt(b, "(%s%s is null or ", t->name, end);
	if (is_set(t)) {
		buf_fmt(b, "%s %sin ", t->name, against ? "not " : "");
		put_members(b, r, t, '\'');
	} else {
		buf_fmt(b, "%s%s %s %d", t->name, end,
			!against	 ? (t->less == '>' ? ">" : "<")
			: t->less == '>' ? "<="
					 : ">=",
			rng_range(&r, t->low, t->high) *
				(t->kind == SPAN ? SECONDS_PER_MINUTE : 1));
	}
	if (against)
		buf_byte(b, ')');
}

/* `nr` different rows, each with its own randomness. */
struct clauses {
	const struct term *term[MOST];
	struct rng r[MOST];
	int nr;
};

static struct clauses draw(struct rng *r, const struct term *from,
			   uint32_t nr_from, int nr)
{
	struct clauses c = { .nr = nr };

	for (int i = 0; i < nr; i++) {
		bool again;

		do {
			c.term[i] = &from[rng_below(r, nr_from)];
			again = false;
			for (int k = 0; k < i; k++)
				again |= c.term[k]->name == c.term[i]->name;
		} while (again);
		rng_seed(&c.r[i], SEED, rng_below(r, UINT32_MAX));
	}
	return c;
}

/* All that incriminate, none that exonerates: so a-tree's `and` is a hit. */
static void put_profile(struct buf *b, uint32_t number,
			const struct clauses *in, const struct clauses *ex)
{
	buf_fmt(b,
		"profile: peer-%05u\nrevision: 1\ntitle: made to measure\n"
		"purpose:\n  offences: [\"04\"]\n  basis: none\n"
		"  author: bench\n"
		"  valid: {from: 2026-09-01, until: 2027-02-28}\n"
		"budget: {max_share: 0.001}\nincriminating:\n",
		number);
	for (int i = 0; i < in->nr; i++) {
		buf_fmt(b, "  - {id: i%d, points: %d, why: made, when: '", i,
			POINTS);
		put_condition(b, in->r[i], in->term[i]);
		buf_z(b, "'}\n");
	}
	buf_z(b, "exonerating:\n");
	for (int i = 0; i < ex->nr; i++) {
		buf_fmt(b, "  - {id: e%d, points: -%d, why: made, when: '", i,
			POINTS);
		put_condition(b, ex->r[i], ex->term[i]);
		buf_z(b, "'}\n");
	}
	buf_fmt(b, "threshold: %d\n", in->nr * POINTS);
}

static void put_expression(struct buf *b, const struct clauses *in,
			   const struct clauses *ex)
{
	for (int i = 0; i < in->nr; i++) {
		buf_z(b, i ? " and " : "");
		put_term(b, in->r[i], in->term[i], false);
	}
	for (int i = 0; i < ex->nr; i++) {
		buf_z(b, " and ");
		put_term(b, ex->r[i], ex->term[i], true);
	}
	buf_byte(b, '\n');
}

const struct profile_text *
peer_profiles_make(uint32_t nr, struct buf *expressions, struct arena *a)
{
	struct profile_text *text = arena_alloc(a, nr * sizeof(*text));
	struct buf b = { 0 };

	for (uint32_t i = 0; i < nr; i++) {
		struct clauses in, ex;
		struct rng r;

		rng_seed(&r, SEED, i);
		in = draw(&r, incriminating, ARRAY_SIZE(incriminating),
			  rng_range(&r, MOST - 1, MOST));
		ex = draw(&r, exonerating, ARRAY_SIZE(exonerating),
			  rng_range(&r, 1, 2));
		buf_clear(&b);
		put_profile(&b, i, &in, &ex);
		put_expression(expressions, &in, &ex);
		text[i].file = arena_fmt(a, "peer-%05u.yaml", i).ptr;
		text[i].text = arena_str(a, buf_view(&b));
	}
	buf_release(&b);
	return text;
}

static void add_value(struct peer_value *v, uint32_t *nr, const struct term *t,
		      struct arena *a)
{
	struct buf b = { 0 };
	struct rng r;

	for (uint32_t i = 0; i < *nr; i++)
		if (str_eq(str_of(v[i].name), str_of(t->name)))
			return;
	rng_seed(&r, SEED, 0);
	put_condition(&b, r, t);
	v[(*nr)++] = (struct peer_value){ t->name, is_set(t),
					  arena_str(a, buf_view(&b)) };
	buf_release(&b);
}

const struct peer_value *peer_values(uint32_t *nr, struct arena *a)
{
	enum { ALL = ARRAY_SIZE(incriminating) + ARRAY_SIZE(exonerating) };
	struct peer_value *v = arena_alloc(a, ALL * sizeof(*v));

	*nr = 0;
	for (size_t i = 0; i < ARRAY_SIZE(incriminating); i++)
		add_value(v, nr, &incriminating[i], a);
	for (size_t i = 0; i < ARRAY_SIZE(exonerating); i++)
		add_value(v, nr, &exonerating[i], a);
	return v;
}
