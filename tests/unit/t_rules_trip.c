/*
 * Itineraries: stops, what is passed through, how long, and ways that turn
 * back; with airports and times missing here and there.
 */
#include "base/buf.h"
#include "tests/unit/rules_fixture.h"

#include <string.h>

#define T TRI_TRUE
#define F TRI_FALSE
#define U TRI_UNKNOWN

enum { MANY = TRIP_MAX_LEGS + 2, FLYING = 5 * 3600 };

static struct leg leg[MANY + 1];

static void go_on(struct leg *l, struct moment *now, struct str wait)
{
	int64_t hours = 0;

	if (str_eq(wait, STR("?"))) { /* nobody knows how long */
		l->departs = NO_MOMENT;
		return;
	}
	ck_assert(str_to_i64(wait, &hours));
	now->s += hours * 3600;
	l->departs = *now;
}

/*
 * "GRU 0 ADD 30 LGW/LHR 2 VIE": legs GRU-ADD, ADD-LGW, LHR-VIE with 30 and 2
 * hours on the ground between; `?` where the time is not known.
 */
static void route(struct fixture *f, const char *text)
{
	struct moment now = at("2026-11-20T00:00:00");
	struct str rest = str_of(text);
	uint32_t nr = 0;

	while (rest.ptr) {
		struct str from = str_split(&rest, ' ');
		struct str to = str_split(&from, '/');

		leg[nr] = (struct leg){ .origin = from.ptr ? from : to };
		if (nr) {
			now.s += FLYING;
			leg[nr - 1].destination = to;
			leg[nr - 1].arrives = now;
		}
		if (rest.ptr)
			go_on(&leg[nr], &now, str_split(&rest, ' '));
		nr++;
	}
	f->booking.legs = leg;
	f->booking.nr_legs = nr - 1;
	f->booking.known_legs = true;
}

START_TEST(stops_of_the_fixture)
{
	static const struct truth_row row[] = {
		{ "count(trip.stops) == 3", T },
		{ "any(trip.stops, via and airport == ADD)", T },
		{ "any(trip.stops, via and airport == VIE)", F },
		{ "any(trip.stops, airport == VIE and not via)", T },
		{ "any(trip.stops, via and country(airport) in [ETH, GBR])",
		  T },
		{ "any(trip.stops, airport == GRU)", F },
		{ "max(trip.stops, length) == 30h", T },
		{ "max(trip.stops, length) == trip.stay", T },
		{ "min(trip.stops, length) == 2h", T },
		{ "sum(trip.stops, length) == 35h", T },
		{ "any(trip.stops, airport == ADD and length > 2h)", T },
		{ "all(trip.stops, length < 3h)", F },
		{ "any(trip.stops, turns_back)", F },
		{ "trip.origin_country == BRA", T },
		{ "trip.origin_country == country(trip.origin)", T },
		/* within other collections, the elements of both */
		{ "any(booking.legs, any(trip.stops, origin == airport))", T },
		{ "any(trip.stops, any(co_travellers, length > 3h and "
		  "age < 12))",
		  T },
	};
	struct fixture f;

	fixture_init(&f);
	fixture_table(&f, row, ARRAY_SIZE(row));
	f.subject.booking = NULL; /* unknown, which is not empty */
	ck_assert_int_eq(fixture_eval(&f, "count(trip.stops) == 0"), U);
	ck_assert_int_eq(fixture_eval(&f, "any(trip.stops, via)"), U);
	ck_assert_int_eq(fixture_eval(&f, "trip.origin_country == BRA"), U);
	fixture_release(&f);
}
END_TEST

static const struct trip_row {
	const char *route, *text;
	enum tri want;
} rows[] = {
	/* one leg: no stop, and that is known */
	{ "GRU 0 VIE", "count(trip.stops) == 0", T },
	{ "GRU 0 VIE", "any(trip.stops, via)", F },
	{ "GRU 0 VIE", "max(trip.stops, length) > 1h", U },
	/* of a one-way all stops are passed through */
	{ "GRU 0 ADD 8 LHR 9 VIE", "all(trip.stops, via)", T },
	{ "GRU 0 ADD 8 LHR 25 VIE", "all(trip.stops, via)", F },
	{ "GRU 0 ADD 8 LHR 25 VIE", "any(trip.stops, via and airport == ADD)",
	  T },
	{ "GRU 0 ADD 8 LHR 25 VIE", "any(trip.stops, via and airport == LHR)",
	  F },
	/* another airport of the city: the stop is where one lands */
	{ "GRU 0 LGW/LHR 4 VIE", "any(trip.stops, airport == LGW)", T },
	{ "GRU 0 LGW/LHR 4 VIE", "any(trip.stops, airport == LHR)", F },
	{ "GRU 0 LGW/LHR 4 VIE", "any(trip.stops, length == 4h)", T },
	/* a time is missing: where is known, how long and via are not */
	{ "GRU 0 ADD ? VIE", "any(trip.stops, airport == ADD)", T },
	{ "GRU 0 ADD ? VIE", "any(trip.stops, airport == LHR and via)", F },
	{ "GRU 0 ADD ? VIE", "any(trip.stops, airport == ADD and via)", U },
	{ "GRU 0 ADD ? VIE", "any(trip.stops, length < 99h)", U },
	{ "GRU 0 ADD ? VIE", "max(trip.stops, length) > 1h", U },
	{ "GRU 0 ADD 30 VIE ? LHR", "any(trip.stops, length > 24h)", T },
	{ "GRU 0 ADD 30 VIE ? LHR", "all(trip.stops, length > 24h)", U },
	/* an airport that is in no table */
	{ "QQQ 0 ADD 8 VIE", "trip.origin_country == BRA", U },
	{ "QQQ 0 ADD 8 VIE", "trip.origin == QQQ", T },
	{ "GRU 0 QQQ 8 VIE", "any(trip.stops, airport == QQQ)", T },
	{ "GRU 0 QQQ 8 VIE", "any(trip.stops, country(airport) == ETH)", U },
	{ "GRU 0 QQQ 8 VIE", "any(trip.stops, length == 8h)", U },
	/* turning back: the city again, or the country over a border */
	{ "GRU 0 ADD 3 VIE", "any(trip.stops, turns_back)", F },
	{ "GRU 0 GIG 3 ADD 3 VIE", "any(trip.stops, turns_back)", F },
	{ "LHR 0 ADD 3 VIE 3 ADD 3 GRU", "any(trip.stops, turns_back)", T },
	{ "LHR 0 ADD 3 VIE 3 ADD 3 GRU",
	  "any(trip.stops, turns_back and airport == VIE)", T },
	{ "LHR 0 ADD 3 VIE 3 ADD 3 GRU", "count(trip.stops, turns_back) == 1",
	  T },
	{ "GRU 0 ADD 3 GIG 3 VIE", "any(trip.stops, turns_back)", T },
	{ "GRU 0 LGW 3 VIE 3 LHR 3 ADD", "any(trip.stops, turns_back)", T },
	{ "GRU 0 LGW/CDG 3 LHR 3 ADD", "any(trip.stops, turns_back)", T },
	/* back from a stay is no turning back; on the way home it may be */
	{ "GRU 0 ADD 3 VIE 30 ADD 3 GRU", "any(trip.stops, turns_back)", F },
	{ "GRU 0 ADD 3 VIE 6 ADD 3 GRU", "any(trip.stops, turns_back)", F },
	{ "GRU 0 VIE 30 LHR 3 CDG 3 LGW 3 GRU", "any(trip.stops, turns_back)",
	  T },
	{ "GRU 0 ADD 30 VIE 30 ADD 30 LHR", "any(trip.stops, turns_back)", F },
	{ "GRU 0 LHR 99 CDG 99 GRU", "any(trip.stops, turns_back)", F },
	/* is it the way back already? */
	{ "LHR 0 ADD 3 VIE ? ADD 3 GRU", "any(trip.stops, turns_back)", U },
	{ "LHR 0 ADD 3 CDG 3 ADD 3 VIE ? GRU", "any(trip.stops, turns_back)",
	  U },
	{ "LHR 0 ADD ? VIE 3 GRU", "any(trip.stops, turns_back)", F },
	{ "GRU 0 QQQ 3 VIE", "any(trip.stops, turns_back)", U },
	{ "GRU 0 QQQ 3 GRU 3 VIE", "any(trip.stops, turns_back)", U },
	{ "LHR 0 ADD 30 QQQ 30 VIE", "any(trip.stops, turns_back)", U },
};

START_TEST(routes_and_what_is_not_known_of_them)
{
	struct fixture f;

	fixture_init(&f);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		enum tri got;

		route(&f, rows[i].route);
		got = fixture_eval(&f, rows[i].text);
		ck_assert_msg(got == rows[i].want, "%s, %s: got %s",
			      rows[i].route, rows[i].text, tri_name(got));
	}
	fixture_release(&f);
}
END_TEST

START_TEST(a_leg_without_an_airport_makes_the_trip_unknown)
{
	static const struct truth_row row[] = {
		{ "trip.legs == 3", U },
		{ "trip.type == return", U },
		{ "trip.origin == GRU", U },
		{ "trip.stay < 99h", U },
		{ "any(trip.stops, airport == ADD)", U },
		{ "none(trip.stops, airport == LHR)", U },
		{ "trip.direction == inbound", T },
	};
	struct fixture f;

	fixture_init(&f);
	f.leg[3].destination = STR_NONE;
	fixture_table(&f, row, ARRAY_SIZE(row));
	f.leg[3].destination = STR("GRU");
	f.leg[0].origin = STR("");
	fixture_table(&f, row, ARRAY_SIZE(row));
	f.leg[0].status = STR("UN"); /* cancelled: it does not matter */
	ck_assert_int_eq(fixture_eval(&f, "trip.legs == 3"), T);
	f.leg[1].number = STR("ARNK");
	ck_assert_int_eq(fixture_eval(&f, "trip.origin == VIE"), T);
	fixture_release(&f);
}
END_TEST

/* Known to the day only, a stop may be longer than the longest. */
START_TEST(the_turning_point_must_be_certain)
{
	static const struct truth_row certain[] = {
		{ "trip.destination == VIE", T },
		{ "trip.stay between 63h and 87h", T },
		{ "any(trip.stops, airport == VIE and not via)", T },
	};
	static const struct truth_row open[] = {
		{ "trip.type == multi", T },
		{ "trip.destination == VIE", U },
		{ "trip.stay >= 70h", T },
		{ "trip.stay <= 87h", T },
		{ "trip.stay > 71h", U },
		{ "any(trip.stops, airport == VIE and via)", U },
		{ "any(trip.stops, airport == LHR and via)", U },
		{ "max(trip.stops, length) > 71h", U },
		{ "max(trip.stops, length) <= 87h", T },
	};
	struct fixture f;

	fixture_init(&f);
	route(&f, "GRU 0 VIE 86 LHR 30 GRU");
	leg[0].arrives = at("2026-11-20"); /* 05:00 in truth */
	leg[1].departs = at("2026-11-23T15:00");
	fixture_table(&f, certain, ARRAY_SIZE(certain));
	leg[2].departs.s = leg[1].arrives.s + 70 * 3600;
	leg[2].arrives.s = leg[2].departs.s + FLYING;
	fixture_table(&f, open, ARRAY_SIZE(open));
	fixture_release(&f);
}
END_TEST

START_TEST(sixty_four_legs_are_read_and_no_more)
{
	struct fixture f;
	struct buf b = { 0 };

	fixture_init(&f);
	for (int nr = TRIP_MAX_LEGS; nr <= TRIP_MAX_LEGS + 1; nr++) {
		enum tri want = nr <= TRIP_MAX_LEGS ? T : U;

		buf_clear(&b);
		for (int i = 0; i < nr; i++)
			buf_z(&b, i % 2 ? "ADD 1 " : "GRU 1 ");
		buf_z(&b, "VIE");
		buf_byte(&b, '\0');
		route(&f, b.data);
		ck_assert_uint_eq(f.booking.nr_legs, (uint32_t)nr);
		ck_assert_int_eq(fixture_eval(&f, "trip.legs == 64"), want);
		ck_assert_int_eq(fixture_eval(&f, "count(trip.stops) == 63"),
				 want);
		ck_assert_int_eq(fixture_eval(&f, "any(trip.stops, "
						  "turns_back)"),
				 want);
	}
	buf_release(&b);
	fixture_release(&f);
}
END_TEST

UNIT_MAIN("rules/trip", stops_of_the_fixture,
	  routes_and_what_is_not_known_of_them,
	  a_leg_without_an_airport_makes_the_trip_unknown,
	  the_turning_point_must_be_certain,
	  sixty_four_legs_are_read_and_no_more)
