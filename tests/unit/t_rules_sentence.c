/*
 * What `paxgate profile show` says of a condition: every construct has words.
 */
#include "rules/sentence.h"
#include "tests/unit/rules_random.h"

enum { TREES = 5000 };

static const char *const row[][2] = {
	{ "booking.lead_time < 48h",
	  "the booking's lead time is less than 48 hours" },
	{ "booking.lead_time == 1d", "the booking's lead time is 1 day" },
	{ "booking.lead_time between 1h and 2w",
	  "the booking's lead time is from 1 hour to 2 weeks" },
	{ "booking.agency.country != country(trip.origin)",
	  "the booking's agency country is not the country of the trip's "
	  "origin" },
	{ "flight.departs < 2026-11-22",
	  "the flight's departure is before 2026-11-22" },
	{ "flight.departs >= now",
	  "the flight's departure is not before the moment of screening" },
	{ "any(booking.payments, form == CA)",
	  "for at least one of the booking's payments, the payment's form is "
	  "CA" },
	{ "all(booking.payments, amount >= 80 EUR)",
	  "for each of the booking's payments, the payment's amount is at "
	  "least 80 EUR" },
	{ "none(co_travellers, surname == traveller.surname)",
	  "for none of the other persons of the booking, the person's surname "
	  "is the traveller's surname" },
	{ "any(booking.payments, any(co_travellers, holder contains surname))",
	  "for at least one of the booking's payments, for at least one of "
	  "the other persons of the booking, the payment's holder contains "
	  "the person's surname" },
	{ "count(booking.legs) >= 2",
	  "the number of the booking's legs is at least 2" },
	{ "count(booking.history, status in [HX, UN, XX]) <= 2",
	  "the number of the booking's changes of itinerary for which the "
	  "change's status is one of HX, UN or XX is at most 2" },
	{ "sum(booking.payments, amount) / 2 > 1 EUR + 2 EUR",
	  "the sum, over the booking's payments, of the payment's amount "
	  "divided by 2 is more than 1 EUR plus 2 EUR" },
	{ "max(booking.legs, arrives - departs) < 24h",
	  "the greatest, among the booking's legs, of the leg's arrival minus "
	  "the leg's departure is less than 24 hours" },
	{ "trip.legs * (trip.legs - 1) == min(booking.legs, party)",
	  "the trip's number of legs times (the trip's number of legs minus "
	  "1) is the least, among the booking's legs, of the leg's party" },
	{ "avg(booking.legs, arrives - departs) != distinct(booking.legs, "
	  "origin) * 1h",
	  "the average, over the booking's legs, of the leg's arrival minus "
	  "the leg's departure is not the number of different values, among "
	  "the booking's legs, of the leg's origin times 1 hour" },
	{ "any(trip.stops, via and not turns_back)",
	  "for at least one of the trip's stops, (the stop is passed through, "
	  "and the stop is not where the journey turns back)" },
	{ "booking.cancelled", "the booking is cancelled" },
	{ "traveller.verified or not traveller.verified",
	  "the traveller's verified is true, or the traveller's verified is "
	  "not true" },
	{ "flight.number starts_with 1 and not (flight.number ends_with \"x\" "
	  "or flight.number matches /^9/i)",
	  "the flight's number begins with 1, and it is not so that (the "
	  "flight's number ends with x, or the flight's number matches the "
	  "pattern /^9/i)" },
	{ "flight.number not contains 9",
	  "the flight's number does not contain 9" },
	{ "known(traveller.bags) and not known(trip.stay)",
	  "the traveller's bags is known, and the trip's stay is not known" },
	{ "abs(booking.lead_time - 40h) <= 9h",
	  "the size, whatever its sign, of the booking's lead time minus 40 "
	  "hours is at most 9 hours" },
	{ "trip.route contains \"ADD-VIE\"",
	  "the trip's route contains \"ADD-VIE\"" },
};

START_TEST(every_construct_has_words)
{
	struct buf b = { 0 };
	struct fixture f;

	fixture_init(&f);
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct expr *n;

		ck_assert_msg(!fixture_compile(&f, row[i][0], true, &n),
			      "%s: %s", row[i][0], f.e.text);
		buf_clear(&b);
		sentence_write(&b, n);
		ck_str_is(buf_view(&b), row[i][1]);
	}
	buf_release(&b);
	fixture_release(&f);
}
END_TEST

/* Whatever the checker lets through can be said. */
START_TEST(any_condition_can_be_said)
{
	struct buf b = { 0 }, said = { 0 };
	struct fixture f;

	random_state = 0x9e3779b97f4a7c15u;
	fixture_init(&f);
	for (int i = 0; i < TREES; i++) {
		struct expr *n;

		buf_clear(&b);
		put_bool(&b, 1 + (int)below(3));
		buf_byte(&b, '\0');
		arena_clear(&f.arena);
		if (fixture_compile(&f, b.data, true, &n))
			continue;
		buf_clear(&said);
		sentence_write(&said, n);
		ck_assert_uint_gt(said.len, 0);
	}
	buf_release(&b);
	buf_release(&said);
	fixture_release(&f);
}
END_TEST

UNIT_MAIN("rules/sentence", every_construct_has_words,
	  any_condition_can_be_said)
