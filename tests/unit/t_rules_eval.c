#include "tests/unit/rules_fixture.h"

#define T TRI_TRUE
#define F TRI_FALSE
#define U TRI_UNKNOWN

/* Conditions on the fixture with a known truth. */
#define YES "booking.cancelled == false"
#define NO  "booking.cancelled == true"
#define DIM "booking.ticketed_at < now"

static const char *text_of(enum tri t)
{
	return t == T ? YES : t == F ? NO : DIM;
}

static void three(struct fixture *f, enum tri a, const char *word, enum tri b,
		  enum tri want)
{
	struct str s =
		arena_fmt(&f->arena, "%s %s %s", text_of(a), word, text_of(b));

	ck_assert_msg(fixture_eval(f, s.ptr) == want, "%s", s.ptr);
}

START_TEST(and_or_not_follow_kleene)
{
	static const enum tri all[] = { F, U, T };
	static const enum tri and_[3][3] = { { F, F, F },
					     { F, U, U },
					     { F, U, T } };
	static const enum tri or_[3][3] = { { F, U, T },
					    { U, U, T },
					    { T, T, T } };
	static const enum tri not_[3] = { T, U, F };
	struct fixture f;

	fixture_init(&f);
	f.booking.cancelled = FLAG_NO;
	for (int a = 0; a < 3; a++) {
		struct str n = arena_fmt(&f.arena, "not (%s)", text_of(all[a]));

		ck_assert_int_eq(fixture_eval(&f, n.ptr), not_[a]);
		for (int b = 0; b < 3; b++) {
			three(&f, all[a], "and", all[b], and_[a][b]);
			three(&f, all[a], "or", all[b], or_[a][b]);
		}
	}
	fixture_release(&f);
}
END_TEST

START_TEST(any_all_none_follow_the_bodies)
{
	static const struct {
		enum flag award[2];
		uint32_t nr;
		enum tri any, all;
	} row[] = {
		{ { 0, 0 }, 0, F, T },
		{ { FLAG_YES, 0 }, 1, T, T },
		{ { FLAG_NO, 0 }, 1, F, F },
		{ { FLAG_UNSET, 0 }, 1, U, U },
		{ { FLAG_YES, FLAG_NO }, 2, T, F },
		{ { FLAG_YES, FLAG_UNSET }, 2, T, U },
		{ { FLAG_NO, FLAG_UNSET }, 2, U, F },
		{ { FLAG_UNSET, FLAG_YES }, 2, T, U },
		{ { FLAG_UNSET, FLAG_NO }, 2, U, F },
		{ { FLAG_NO, FLAG_NO }, 2, F, F },
		{ { FLAG_YES, FLAG_YES }, 2, T, T },
	};
	struct ticket ticket[2] = { 0 };
	struct fixture f;

	fixture_init(&f);
	f.booking.tickets = ticket;
	f.booking.known_tickets = true;
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		f.booking.nr_tickets = row[i].nr;
		ticket[0].award = row[i].award[0];
		ticket[1].award = row[i].award[1];
		ck_assert_int_eq(
			fixture_eval(&f, "any(booking.tickets, award)"),
			row[i].any);
		ck_assert_int_eq(
			fixture_eval(&f, "none(booking.tickets, award)"),
			tri_not(row[i].any));
		ck_assert_int_eq(
			fixture_eval(&f, "all(booking.tickets, award)"),
			row[i].all);
	}
	f.booking.known_tickets = false; /* unknown is not empty */
	ck_assert_int_eq(fixture_eval(&f, "any(booking.tickets, award)"), U);
	ck_assert_int_eq(fixture_eval(&f, "all(booking.tickets, award)"), U);
	ck_assert_int_eq(fixture_eval(&f, "none(booking.tickets, award)"), U);
	ck_assert_int_eq(fixture_eval(&f, "count(booking.tickets) == 0"), U);
	fixture_release(&f);
}
END_TEST

START_TEST(operators_on_the_fixture)
{
	static const struct truth_row row[] = {
		/* lead time: 22 Nov 15:00Z - 21 Nov 08:00Z = 31 h */
		{ "booking.lead_time == 31h", T },
		{ "booking.lead_time < 48h", T },
		{ "booking.lead_time between 31h and 32h", T },
		{ "booking.lead_time between 32h and 40h", F },
		{ "flight.departs - booking.created_at == 1860m", T },
		{ "booking.created_at + 31h == flight.departs", T },
		{ "flight.departs == 2026-11-22T15:00", T },
		{ "flight.departs == 2026-11-22", T },
		{ "flight.departs < 2026-11-22", F },
		{ "now > booking.created_at", T },
		{ "traveller.birth_date - traveller.birth_date < 1d", T },
		{ "max(co_travellers, traveller.birth_date - birth_date) > "
		  "365d",
		  F },
		{ "min(co_travellers, birth_date - traveller.birth_date) > "
		  "7000d",
		  T },
		/* known to the day only: an interval */
		{ "booking.changed_at == 2026-11-22", T },
		{ "booking.changed_at < 2026-11-22T00:00", F },
		{ "booking.changed_at < 2026-11-23T00:00", T },
		{ "booking.changed_at < 2026-11-22T12:00", U },
		{ "flight.departs - booking.changed_at < 24h", T },
		{ "flight.departs - booking.changed_at < 5h", U },
		{ "flight.departs - booking.changed_at > 16h", F },
		/* codes, texts */
		{ "flight.carrier == X9", T },
		{ "flight.carrier in [Y1, X9]", T },
		{ "flight.carrier not in [Y1, X9]", F },
		{ "message.function == 22", U },
		{ "message.function not in [22]", U },
		{ "flight.number == 101", T },
		{ "flight.number starts_with \"10\"", T },
		{ "flight.number contains \"01\"", T },
		{ "flight.number matches /^1[0-9]+$/", T },
		{ "flight.carrier matches /x9/", F },
		{ "flight.carrier matches /x9/i", T },
		{ "message.sender matches /./", U },
		{ "traveller.surname == booking.locator", F },
		/* countries, airports */
		{ "country(flight.origin) == ETH", T },
		{ "country(flight.origin) in [COL, ECU]", F },
		{ "flight.origin in [ADD, PTY]", T },
		{ "traveller.nationality == UTO", T },
		{ "booking.agency.country != country(trip.origin)", T },
		{ "country(booking.agency.location) == AUT", U },
		/* numbers and money */
		{ "traveller.bag_weight > 23", T },
		{ "traveller.bag_weight == 23.5", T },
		{ "traveller.bag_weight + 0.5 == 24", T },
		{ "count(booking.legs) + 1 == 5", T },
		{ "booking.group_size > 3", U },
		{ "any(booking.payments, amount > 100 EUR)", T },
		{ "all(booking.payments, amount > 100 EUR)", F },
		{ "any(booking.payments, amount > 100 USD)", U },
		{ "sum(booking.payments, amount) == 200.5 EUR", T },
		{ "max(booking.payments, amount) == 120.5 EUR", T },
		{ "min(booking.payments, amount) == 80 EUR", T },
		{ "sum(booking.splits, travellers) == 0", T },
		{ "min(booking.splits, travellers) == 0", U },
		{ "max(booking.legs, arrives - departs) < 24h", T },
		/* counts with unknown bodies are ranges */
		{ "count(booking.history, status == HX) >= 1", T },
		{ "count(booking.history, status == HX) >= 2", U },
		{ "count(booking.history, status == HX) <= 2", T },
		{ "count(booking.history, status == HX) == 0", F },
		/* others */
		{ "count(co_travellers) == 2", T },
		{ "any(co_travellers, surname == traveller.surname)", T },
		{ "all(co_travellers, surname != traveller.surname)", F },
		{ "any(booking.payments, not holder contains "
		  "traveller.surname)",
		  T },
		{ "any(booking.payments, any(co_travellers, holder contains "
		  "surname))",
		  T },
		{ "any(co_travellers, age < 12)", T },
		{ "all(co_travellers, age < 16)", U },
		{ "all(co_travellers, age < 17)", T },
		{ "traveller.age == 36", T },
	};
	struct fixture f;

	fixture_init(&f);
	fixture_table(&f, row, ARRAY_SIZE(row));
	fixture_release(&f);
}
END_TEST

START_TEST(trips_are_what_the_page_says)
{
	static const struct truth_row row[] = {
		{ "trip.type == return", T },
		{ "trip.legs == 4", T },
		{ "trip.origin == GRU", T },
		{ "trip.destination == VIE", T },
		{ "trip.stay == 30h", T },
		{ "trip.direction == inbound", T },
	};
	static const struct truth_row oneway[] = {
		{ "trip.type == oneway", T },
		{ "trip.destination == VIE", T },
		{ "trip.stay < 48h", U },
		{ "trip.legs == 2", T },
	};
	static const struct truth_row api_only[] = {
		{ "trip.type == oneway", U },
		{ "trip.legs >= 1", U },
		{ "trip.direction == inbound", T },
		{ "count(co_travellers) >= 1", U },
		{ "booking.lead_time < 48h", U },
	};
	struct fixture f;

	fixture_init(&f);
	fixture_table(&f, row, ARRAY_SIZE(row));
	f.booking.nr_legs = 2;
	fixture_table(&f, oneway, ARRAY_SIZE(oneway));
	f.booking.nr_legs = 4;
	f.leg[2].departs = at("2026-11-24T04:00");
	f.leg[3].departs = at("2026-11-26T14:00"); /* two long stops */
	f.leg[3].arrives = at("2026-11-26T20:00");
	ck_assert_int_eq(fixture_eval(&f, "trip.type == multi"), T);
	ck_assert_int_eq(fixture_eval(&f, "trip.destination == ADD"), T);
	f.leg[2].departs = at("2026-11-23T12:00"); /* 14 h in Vienna */
	f.leg[3].departs = at("2026-11-24T14:00");
	ck_assert_int_eq(fixture_eval(&f, "trip.direction == transit"), T);
	ck_assert_int_eq(fixture_eval(&f, "trip.type == return"), T);
	f.leg[2].departs = NO_MOMENT;
	ck_assert_int_eq(fixture_eval(&f, "trip.type == return"), U);
	ck_assert_int_eq(fixture_eval(&f, "trip.direction == inbound"), U);
	f.leg[2] = leg_of("VIE", "LHR", "2026-11-26T12:00", "2026-11-26T14:00");
	f.leg[3].status = STR("HX"); /* cancelled: does not count */
	ck_assert_int_eq(fixture_eval(&f, "trip.type == multi"), T);
	f.leg[0].origin = STR("LGW"); /* same city as LHR */
	ck_assert_int_eq(fixture_eval(&f, "trip.type == return"), T);
	f.subject.booking = NULL;
	fixture_table(&f, api_only, ARRAY_SIZE(api_only));
	f.context.home = STR("ETH");
	ck_assert_int_eq(fixture_eval(&f, "trip.direction == outbound"), T);
	f.context.home = STR("USA");
	ck_assert_int_eq(fixture_eval(&f, "trip.direction == transit"), T);
	fixture_release(&f);
}
END_TEST

START_TEST(each_derived_row_has_a_function_and_each_local_time_a_clock)
{
	size_t nr = 0;

	for (size_t i = 0; i < field_table_nr; i++) {
		const struct field *x = &field_table[i];

		if (x->derived && x->type != FIELD_LIST) {
			const struct derived *d = derived_find(x);

			ck_assert_msg(d && d->compute, "%s.%s", x->record,
				      x->name);
			nr++;
		}
		if (x->type == FIELD_LOCAL)
			ck_assert_msg(local_airport(x) != NULL, "%s.%s",
				      x->record, x->name);
	}
	ck_assert_uint_eq(nr, derived_table_nr);
	ck_assert_uint_le(nr, EVAL_MAX_DERIVED);
}
END_TEST

START_TEST(numbers_that_leave_64_bits_are_unknown)
{
	struct value max = value_exact(TYPE_INT, INT64_MAX);
	struct value one = value_exact(TYPE_INT, 1), min, v;

	v = value_add(TYPE_INT, &max, &one);
	ck_assert(!v.known);
	min = value_exact(TYPE_INT, INT64_MIN);
	v = value_sub(TYPE_INT, &min, &one);
	ck_assert(!v.known);
	v = value_to_decimal(max);
	ck_assert(!v.known);
	v = value_time((struct moment){ INT64_MAX, MOMENT_DAY }, 0, false);
	ck_assert(!v.known);
	ck_assert_int_eq(value_compare(CMP_EQ, &v, &v), TRI_UNKNOWN);
}
END_TEST

/* Each row: [a_lo, a_hi] against [b_lo, b_hi]: ==, <, <= */
START_TEST(intervals_compare_by_all_they_may_be)
{
	static const struct {
		int64_t a_lo, a_hi, b_lo, b_hi;
		enum tri eq, lt, le;
	} row[] = {
		{ 1, 1, 1, 1, T, F, T }, { 1, 1, 2, 2, F, T, T },
		{ 2, 2, 1, 1, F, F, F }, { 1, 3, 2, 2, U, U, U },
		{ 1, 2, 2, 3, U, U, T }, { 1, 2, 3, 4, F, T, T },
		{ 3, 4, 1, 2, F, F, F }, { 2, 3, 1, 2, U, F, U },
		{ 1, 2, 1, 2, U, U, U },
	};

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct value a = value_exact(TYPE_INT, row[i].a_lo);
		struct value b = value_exact(TYPE_INT, row[i].b_lo);

		a.hi = row[i].a_hi;
		b.hi = row[i].b_hi;
		ck_assert_int_eq(value_compare(CMP_EQ, &a, &b), row[i].eq);
		ck_assert_int_eq(value_compare(CMP_NE, &a, &b),
				 tri_not(row[i].eq));
		ck_assert_int_eq(value_compare(CMP_LT, &a, &b), row[i].lt);
		ck_assert_int_eq(value_compare(CMP_GE, &a, &b),
				 tri_not(row[i].lt));
		ck_assert_int_eq(value_compare(CMP_LE, &a, &b), row[i].le);
		ck_assert_int_eq(value_compare(CMP_GT, &a, &b),
				 tri_not(row[i].le));
	}
}
END_TEST

UNIT_MAIN("rules/eval", and_or_not_follow_kleene,
	  any_all_none_follow_the_bodies, operators_on_the_fixture,
	  trips_are_what_the_page_says,
	  each_derived_row_has_a_function_and_each_local_time_a_clock,
	  numbers_that_leave_64_bits_are_unknown,
	  intervals_compare_by_all_they_may_be)
