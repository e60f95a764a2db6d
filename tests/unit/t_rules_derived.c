/*
 * Derived fields that count each thing once, and those of time left: true,
 * false, and unknown where the messages do not say.
 */
#include "rules/derived_count.h"
#include "tests/unit/rules_fixture.h"

#define T TRI_TRUE
#define F TRI_FALSE
#define U TRI_UNKNOWN

enum { MANY = COUNT_MAX + 1 };

START_TEST(time_left_and_time_between)
{
	static const struct truth_row stated[] = {
		/* ADD 18:00 is 15:00 UTC; screened at 10:00 UTC */
		{ "flight.time_to_departure == 5h", T },
		{ "flight.time_to_departure < 5h", F },
		{ "flight.time_to_departure == flight.departs - now", T },
		{ "booking.ticket_delay == 2d", T },
		{ "booking.ticket_delay < 2d", F },
		/* GRU 22:00 is 01:00 UTC of the 22nd; GRU 20:00 is 23:00 */
		{ "trip.duration == 70h", T },
		{ "trip.duration > 3d", F },
	};
	static const struct truth_row silent[] = {
		{ "flight.time_to_departure < 99h", U },
		{ "booking.ticket_delay >= 0h", U },
		{ "trip.duration > 0h", U },
	};
	struct fixture f;

	fixture_init(&f);
	f.booking.ticketed_at = at("2026-11-23T08:00:00");
	fixture_table(&f, stated, ARRAY_SIZE(stated));
	f.subject.screened_at = at("2026-11-22T16:00:00"); /* it has left */
	ck_assert_int_eq(fixture_eval(&f, "flight.time_to_departure == -1h"),
			 T);
	f.message.flight.departs = NO_MOMENT;
	f.booking.ticketed_at = NO_MOMENT;
	f.leg[3].arrives = NO_MOMENT;
	fixture_table(&f, silent, ARRAY_SIZE(silent));
	f.subject.booking = NULL;
	fixture_table(&f, silent, ARRAY_SIZE(silent));
	fixture_release(&f);
}
END_TEST

START_TEST(the_route_is_one_text)
{
	struct fixture f;

	fixture_init(&f);
	ck_assert_int_eq(
		fixture_eval(&f, "trip.route == \"GRU-ADD-VIE-ADD-GRU\""), T);
	ck_assert_int_eq(fixture_eval(&f, "trip.route contains \"VIE-GRU\""),
			 F);
	f.leg[1].origin = STR("CDG");
	f.leg[2].status = STR("HX");
	ck_assert_int_eq(
		fixture_eval(&f, "trip.route == \"GRU-ADD//CDG-VIE//ADD-GRU\""),
		T);
	f.leg[1].origin = STR("CDGX");
	ck_assert_int_eq(fixture_eval(&f, "trip.route contains \"GRU\""), U);
	f.leg[1].origin = STR_NONE;
	ck_assert_int_eq(fixture_eval(&f, "trip.route contains \"GRU\""), U);
	fixture_release(&f);
}
END_TEST

START_TEST(the_longest_route_fits)
{
	static struct leg leg[TRIP_MAX_LEGS];
	struct fixture f;

	fixture_init(&f);
	for (int i = 0; i < TRIP_MAX_LEGS; i++)
		leg[i] = leg_of("LGW", "VIE", "2026-11-22T18:00",
				"2026-11-22T22:00");
	f.booking.legs = leg;
	f.booking.nr_legs = TRIP_MAX_LEGS;
	ck_assert_int_eq(fixture_eval(&f, "trip.route matches "
					  "/^LGW(-VIE\\/\\/LGW){63}-VIE$/"),
			 T);
	fixture_release(&f);
}
END_TEST

START_TEST(documents_have_time_left)
{
	static struct document document[2] = {
		{ .type = STR_INIT("P"), .expires = { 2026, 12, 22 } },
		{ .type = STR_INIT("I"), .expires = { 2027, 1, 0 } },
	};
	static struct visa visa[1] = { { .expires = { 2026, 11, 21 } } };
	static const struct truth_row row[] = {
		{ "any(traveller.documents, type == P and validity == 30d)",
		  T },
		{ "any(traveller.documents, type == P and validity < 30d)", F },
		/* known to the month: 40 to 70 days */
		{ "any(traveller.documents, type == I and validity >= 40d)",
		  T },
		{ "any(traveller.documents, type == I and validity > 70d)", F },
		{ "any(traveller.documents, type == I and validity < 60d)", U },
		{ "min(traveller.documents, validity) == 30d", T },
		{ "any(traveller.visas, validity < 0d)", T },
		{ "any(traveller.visas, validity == -1d)", T },
	};
	struct fixture f;

	fixture_init(&f);
	f.traveller.documents = document;
	f.traveller.nr_documents = 2;
	f.traveller.known_documents = true;
	f.traveller.visas = visa;
	f.traveller.nr_visas = 1;
	f.traveller.known_visas = true;
	fixture_table(&f, row, ARRAY_SIZE(row));
	visa[0].expires = (struct date){ 0 };
	ck_assert_int_eq(fixture_eval(&f, "any(traveller.visas, "
					  "validity < 0d)"),
			 U);
	f.message.flight.departs = NO_MOMENT;
	ck_assert_int_eq(fixture_eval(&f, "any(traveller.documents, "
					  "validity < 99d)"),
			 U);
	fixture_release(&f);
}
END_TEST

static void carry(struct traveller *t, struct bag *bag, uint32_t nr)
{
	t->bags = bag;
	t->nr_bags = nr;
	t->known_bags = true;
}

START_TEST(a_bag_counts_once)
{
	static struct bag own[3] = { { .tag = STR_INIT("0618000001") },
				     { .tag = STR_INIT("0618000001") },
				     { .carrier = STR_INIT("X9") } };
	static struct bag same[2] = { { .tag = STR_INIT("0618000001") },
				      { .tag = STR_INIT("0618000002") } };
	struct fixture f;

	fixture_init(&f);
	carry(&f.traveller, own, 3);
	ck_assert_int_eq(fixture_eval(&f, "traveller.bag_count == 2"), T);
	ck_assert_int_eq(fixture_eval(&f, "traveller.bag_count > 2"), F);
	ck_assert_int_eq(fixture_eval(&f, "booking.bag_count >= 0"), U);
	carry(&f.other[0], same, 2);
	carry(&f.other[1], NULL, 0);
	ck_assert_int_eq(fixture_eval(&f, "booking.bag_count == 3"), T);
	ck_assert_int_eq(fixture_eval(&f, "any(co_travellers, bag_count == 2)"),
			 T);
	f.traveller.known_bags = false; /* before closure */
	ck_assert_int_eq(fixture_eval(&f, "traveller.bag_count >= 0"), U);
	ck_assert_int_eq(fixture_eval(&f, "booking.bag_count >= 0"), U);
	f.traveller.known_bags = true;
	f.subject.booking = NULL;
	ck_assert_int_eq(fixture_eval(&f, "booking.bag_count >= 0"), U);
	fixture_release(&f);
}
END_TEST

START_TEST(a_pool_is_its_heads)
{
	static struct bag pool[2] = { { .tag = STR_INIT("1") },
				      { .tag = STR_INIT("2") } };
	struct fixture f;

	fixture_init(&f);
	carry(&f.traveller, NULL, 0);
	carry(&f.other[0], pool, 2);
	carry(&f.other[1], NULL, 0);
	f.traveller.bag_weight.set = false;
	f.traveller.bag_pool = STR("MP");
	f.other[0].bag_pool = STR("HP");
	f.other[0].bag_weight = (struct number){ 31000, true };
	ck_assert_int_eq(fixture_eval(&f, "traveller.bag_count == 0"), U);
	ck_assert_int_eq(fixture_eval(&f, "booking.bag_count == 2"), T);
	ck_assert_int_eq(fixture_eval(&f, "booking.bag_weight == 31"), T);
	ck_assert_int_eq(fixture_eval(&f, "booking.bag_weight > 31"), F);
	f.other[0].bag_weight.set = false; /* bags of an unknown weight */
	ck_assert_int_eq(fixture_eval(&f, "booking.bag_weight >= 0"), U);
	f.other[0].bag_pool = STR_NONE; /* the head is in another booking */
	ck_assert_int_eq(fixture_eval(&f, "booking.bag_count >= 0"), U);
	f.traveller.bag_pool = STR_NONE;
	ck_assert_int_eq(fixture_eval(&f, "traveller.bag_count == 0"), T);
	fixture_release(&f);
}
END_TEST

START_TEST(counts_end_at_their_limit)
{
	static struct bag bag[MANY];
	static struct split split[MANY];
	static struct history change[MANY];
	struct fixture f;

	fixture_init(&f);
	for (int more = 0; more <= 1; more++) {
		enum tri want = more ? U : T;
		uint32_t nr = COUNT_MAX + (uint32_t)more;

		carry(&f.traveller, bag, nr);
		f.booking.splits = split;
		f.booking.nr_splits = nr;
		f.booking.history = change;
		f.booking.nr_history = nr;
		ck_assert_int_eq(fixture_eval(&f, "traveller.bag_count == 512"),
				 want);
		ck_assert_int_eq(fixture_eval(&f, "booking.split_count <= 600"),
				 want);
		ck_assert_int_eq(
			fixture_eval(&f, "booking.change_count <= 600"), want);
	}
	fixture_release(&f);
}
END_TEST

START_TEST(splits_and_changes_count_once)
{
	static struct split split[3] = { { .locator = STR_INIT("QZ1") },
					 { .locator = STR_INIT("QZ2") },
					 { .locator = STR_INIT("QZ1") } };
	static struct history change[3];
	struct fixture f;

	fixture_init(&f);
	ck_assert_int_eq(fixture_eval(&f, "booking.split_count == 0"), T);
	f.booking.splits = split;
	f.booking.nr_splits = 3;
	f.booking.split_from = STR("QZ2");
	ck_assert_int_eq(fixture_eval(&f, "booking.split_count == 2"), T);
	split[2].locator = STR_NONE; /* another, or one of them */
	ck_assert_int_eq(fixture_eval(&f, "booking.split_count == 2"), U);
	ck_assert_int_eq(fixture_eval(&f, "booking.split_count > 3"), F);
	f.booking.known_splits = false;
	ck_assert_int_eq(fixture_eval(&f, "booking.split_count >= 0"), U);

	for (int i = 0; i < 3; i++) /* out and in again, and a day later */
		change[i].at =
			at(i < 2 ? "2026-11-01T10:00" : "2026-11-02T10:00");
	f.booking.history = change;
	f.booking.nr_history = 3;
	ck_assert_int_eq(fixture_eval(&f, "booking.change_count == 2"), T);
	change[2].at = NO_MOMENT;
	ck_assert_int_eq(fixture_eval(&f, "booking.change_count == 2"), U);
	ck_assert_int_eq(fixture_eval(&f, "booking.change_count >= 1"), T);
	f.booking.nr_history = 0;
	ck_assert_int_eq(fixture_eval(&f, "booking.change_count == 0"), T);
	f.booking.known_history = false;
	ck_assert_int_eq(fixture_eval(&f, "booking.change_count == 0"), U);
	fixture_release(&f);
}
END_TEST

START_TEST(changes_of_names_and_rebookings_are_told_apart)
{
	static struct history change[4] = {
		{ .item = STR_INIT("leg"), .action = STR_INIT("cancelled") },
		{ .item = STR_INIT("name"), .action = STR_INIT("cancelled") },
		{ .item = STR_INIT("leg"), .action = STR_INIT("added") },
		{ .item = STR_INIT("name"), .action = STR_INIT("added") },
	};
	struct fixture f;

	fixture_init(&f);
	f.booking.history = change;
	f.booking.nr_history = 4;
	for (int i = 0; i < 4; i++)
		change[i].at = at("2026-11-01T10:00");
	ck_assert_int_eq(fixture_eval(&f, "booking.change_count == 1"), T);
	ck_assert_int_eq(fixture_eval(&f, "booking.name_changes == 1"), T);
	ck_assert_int_eq(fixture_eval(&f, "booking.rebookings == 1"), T);
	change[2].at = at("2026-11-02T10:00"); /* a day later: two changes */
	ck_assert_int_eq(fixture_eval(&f, "booking.change_count == 2"), T);
	ck_assert_int_eq(fixture_eval(&f, "booking.rebookings == 0"), T);
	change[2].at = NO_MOMENT;
	ck_assert_int_eq(fixture_eval(&f, "booking.rebookings == 0"), U);
	change[2].action = STR("cancelled"); /* nothing was added */
	ck_assert_int_eq(fixture_eval(&f, "booking.rebookings == 0"), T);
	change[3].at = NO_MOMENT;
	ck_assert_int_eq(fixture_eval(&f, "booking.name_changes == 1"), U);
	ck_assert_int_eq(fixture_eval(&f, "booking.name_changes >= 1"), T);
	f.booking.known_history = false;
	ck_assert_int_eq(fixture_eval(&f, "booking.name_changes == 0"), U);
	ck_assert_int_eq(fixture_eval(&f, "booking.rebookings == 0"), U);
	fixture_release(&f);
}
END_TEST

START_TEST(comparisons_are_a_collection)
{
	static const struct truth_row one_side[] = {
		{ "any(traveller.comparisons, differs)", U },
		{ "count(traveller.comparisons) == 3", U },
		{ "traveller.discrepancies == 0", U },
	};
	static const struct truth_row both[] = {
		{ "any(traveller.comparisons, differs)", T },
		{ "any(traveller.comparisons, item == sex and differs)", F },
		{ "any(traveller.comparisons, item == name and differs)", T },
		{ "any(traveller.comparisons, item == expiry and differs)", U },
		{ "traveller.discrepancies >= 1", T },
		{ "traveller.discrepancies == 1", U },
		{ "traveller.discrepancies > 2", F },
		/* only the one who is screened has both sides */
		{ "any(co_travellers, any(comparisons, differs))", U },
		{ "any(co_travellers, discrepancies > 0)", U },
	};
	struct fixture f;
	struct expr *n;

	fixture_init(&f);
	fixture_table(&f, one_side, ARRAY_SIZE(one_side));
	f.subject.nr_comparisons = 3;
	f.subject.comparison[0] = (struct comparison){ STR("name"), FLAG_YES };
	f.subject.comparison[1] = (struct comparison){ STR("sex"), FLAG_NO };
	f.subject.comparison[2] =
		(struct comparison){ STR("expiry"), FLAG_UNSET };
	fixture_table(&f, both, ARRAY_SIZE(both));
	ck_assert_int_ne(fixture_compile(&f,
					 "any(traveller.comparisons, "
					 "item == nmae)",
					 true, &n),
			 0);
	fixture_release(&f);
}
END_TEST

START_TEST(earlier_bookings_are_counts)
{
	static const struct truth_row known[] = {
		{ "past.same_phone == 3", T },
		{ "past.same_email >= 1", U },
		{ "past.same_card == 0", T },
		{ "past.same_document == 1", T },
		{ "past.same_agency >= 100", T },
		{ "past.same_agency < 100", F },
		{ "past.same_agency > 100", U },
		{ "past.same_address == 99", T },
		{ "past.trips == 2", T },
		{ "past.cancellations == 4", T },
		{ "past.co_travellers == 5", T },
	};
	static const struct past counts = {
		PAST_DAYS, { 3, PAST_UNKNOWN, 0, 1, PAST_MOST, 99, 2, 4, 5 }
	};
	struct fixture f;

	fixture_init(&f);
	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		ck_assert_int_eq(fixture_eval(&f, known[i].text), U);
	f.subject.past = &counts;
	fixture_table(&f, known, ARRAY_SIZE(known));
	fixture_release(&f);
}
END_TEST

UNIT_MAIN("rules/derived", time_left_and_time_between, the_route_is_one_text,
	  the_longest_route_fits, documents_have_time_left, a_bag_counts_once,
	  a_pool_is_its_heads, counts_end_at_their_limit,
	  splits_and_changes_count_once,
	  changes_of_names_and_rebookings_are_told_apart,
	  comparisons_are_a_collection, earlier_bookings_are_counts)
