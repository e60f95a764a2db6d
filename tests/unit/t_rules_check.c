#include "tests/unit/rules_fixture.h"

#include <string.h>

struct bad_row {
	const char *text;
	size_t pos;
	enum err_code code;
	const char *says; /* part of the sentence */
};

static void refuse_all(const struct bad_row *row, size_t nr)
{
	struct fixture f;

	fixture_init(&f);
	for (size_t i = 0; i < nr; i++) {
		struct expr *n;
		int rc = fixture_compile(&f, row[i].text, false, &n);

		ck_assert_msg(rc == row[i].code, "%s: code %d (%s)",
			      row[i].text, rc, f.e.text);
		ck_assert_msg(f.e.pos == row[i].pos, "%s: byte %zu, %s",
			      row[i].text, f.e.pos, f.e.text);
		ck_assert_msg(strstr(f.e.text, row[i].says), "%s: %s",
			      row[i].text, f.e.text);
	}
	fixture_release(&f);
}

START_TEST(syntax_errors_point_at_the_byte)
{
	static const struct bad_row row[] = {
		{ "", 0, ERR_SYNTAX, "ends here" },
		{ "booking.lead_time", 0, ERR_VALUE, "found duration" },
		{ "booking.lead_time <", 19, ERR_SYNTAX, "ends here" },
		{ "booking.lead_time < 48h and", 27, ERR_SYNTAX, "ends here" },
		/*                              ^ 27 */
		{ "flight.carrier = X9", 15, ERR_SYNTAX, "'=='" },
		{ "flight.carrier == X9 && now > now", 21, ERR_SYNTAX, "and" },
		{ "flight.carrier == \"X9", 18, ERR_SYNTAX, "not closed" },
		{ "(flight.carrier == X9", 21, ERR_SYNTAX, "')'" },
		{ "flight.carrier == X9)", 20, ERR_SYNTAX, "does not belong" },
		{ "flight.carrier in X9]", 20, ERR_SYNTAX, "does not belong" },
		{ "flight.carrier in []", 19, ERR_SYNTAX, "a literal" },
		{ "flight.carrier in [X9 Y1]", 22, ERR_SYNTAX, "','" },
		{ "any(booking.legs)", 16, ERR_SYNTAX, "any(collection" },
		{ "cuont(booking.legs) == 3", 0, ERR_VALUE,
		  "did you mean 'count'?" },
		{ "every(booking.legs, carrier == X9)", 0, ERR_VALUE,
		  "no function 'every'" },
		{ "1 < booking.group_size < 5", 23, ERR_SYNTAX, "chain" },
		{ "flight.carrier not X9", 19, ERR_SYNTAX, "between" },
		{ "flight.departs > 2026-02-30", 17, ERR_SYNTAX, "calendar" },
		{ "flight.departs > 2026-2-03", 17, ERR_SYNTAX, "calendar" },
		{ "count(booking.legs) between 1 or 3", 30, ERR_SYNTAX,
		  "'and'" },
		{ "flight.carrier matches X9", 23, ERR_SYNTAX, "slashes" },
		{ "flight.carrier matches /X9", 23, ERR_SYNTAX, "not end" },
		{ "flight.carrier matches /X(9/", 27, ERR_SYNTAX, "pattern" },
		{ "flight.carrier matches /X/x", 26, ERR_SYNTAX, "'i'" },
		{ "flight.carrier == X9 \x01", 21, ERR_SYNTAX, "0x01" },
		{ "flight.carrier == \xc3\xa9", 18, ERR_SYNTAX, "0xc3" },
		{ "count(booking.legs) == 3 AND now > now", 25, ERR_SYNTAX,
		  "'AND'" },
	};

	refuse_all(row, ARRAY_SIZE(row));
}
END_TEST

START_TEST(names_and_types_are_checked)
{
	static const struct bad_row row[] = {
		{ "booking.lead_tme < 48h", 8, ERR_VALUE, "'lead_time'" },
		{ "boking.lead_time < 48h", 0, ERR_VALUE, "'booking'" },
		{ "booking == 3", 0, ERR_VALUE, "is a record" },
		{ "booking.agency == X", 0, ERR_VALUE, "is a record" },
		{ "booking.legs.carrier == X9", 0, ERR_VALUE, "collection" },
		{ "booking.legs == 3", 0, ERR_VALUE, "any(" },
		{ "flight.carrier.name == X9", 0, ERR_VALUE, "no members" },
		{ "any(flight.carrier, X)", 4, ERR_VALUE, "a collection" },
		{ "any(booking.legs, carier == X9)", 18, ERR_VALUE,
		  "'carrier'" },
		{ "message.bookings == 3", 0, ERR_VALUE, "one traveller" },
		{ "any(message.travellers, type == ADT)", 4, ERR_VALUE,
		  "one traveller" },
		{ "booking.lead_time < 48", 20, ERR_VALUE, "a duration" },
		{ "booking.lead_time < LHR", 20, ERR_VALUE, "a duration" },
		{ "flight.origin == AUT2", 17, ERR_VALUE, "airport" },
		{ "flight.origin == traveller.nationality", 17, ERR_LEGAL,
		  "reason" },
		{ "flight.origin == booking.agency.country", 17, ERR_VALUE,
		  "country(airport)" },
		{ "country(flight.origin) == DE", 26, ERR_VALUE, "DEU" },
		{ "country(flight.origin) == ZZZ", 26, ERR_VALUE, "country" },
		{ "country(flight.carrier) == DEU", 8, ERR_VALUE,
		  "wants an airport" },
		{ "flight.carrier < X9", 0, ERR_VALUE, "no order" },
		{ "flight.departs + flight.departs > now", 0, ERR_VALUE,
		  "makes no sense" },
		{ "any(booking.payments, amount > 500)", 31, ERR_VALUE,
		  "currency" },
		{ "trip.direction == inbond", 18, ERR_VALUE, "'inbound'" },
		{ "trip.type in [oneway, circle]", 22, ERR_VALUE, "never" },
		{ "sum(booking.legs, carrier) > 3", 18, ERR_VALUE, "summed" },
		{ "flight.carrier matches /x/ and inbound", 31, ERR_VALUE,
		  "no name" },
		{ "flight.origin contains \"A\"", 0, ERR_VALUE,
		  "text or code" },
		{ "booking.lead_time between 48h and 24h", 34, ERR_VALUE,
		  "ends before" },
		{ "flight.carrier in flight.number", 18, ERR_VALUE, "a list" },
	};

	refuse_all(row, ARRAY_SIZE(row));
}
END_TEST

START_TEST(what_holds_for_everybody_is_refused)
{
	static const struct bad_row row[] = {
		{ "true", 0, ERR_VALUE, "everybody" },
		{ "1 == 1", 0, ERR_VALUE, "everybody" },
		{ "now > 2026-01-01", 0, ERR_VALUE, "everybody" },
		{ "flight.carrier == flight.carrier", 0, ERR_VALUE, "itself" },
		{ "count(co_travellers) >= 0", 0, ERR_VALUE, "below 0" },
		{ "count(co_travellers) > -1", 0, ERR_VALUE, "below 0" },
		{ "flight.number contains \"\"", 23, ERR_VALUE, "not a code" },
		{ "X9 in [X9]", 0, ERR_VALUE, "no name" },
		{ "any(co_travellers, true)", 19, ERR_VALUE, "everybody" },
	};

	refuse_all(row, ARRAY_SIZE(row));
}
END_TEST

START_TEST(the_law_refuses)
{
	static const struct bad_row row[] = {
		/* closed fields */
		{ "traveller.birth_place == \"RIO\"", 0, ERR_LEGAL, "6(4)" },
		{ "traveller.title == DR", 0, ERR_LEGAL, "6(4)" },
		{ "any(booking.ssr, text contains \"X\")", 17, ERR_LEGAL,
		  "free text" },
		{ "count(traveller.names) > 1", 6, ERR_LEGAL, "6(4)" },
		/* a person in disguise */
		{ "traveller.surname == \"DOE\"", 0, ERR_LEGAL, "watchlist" },
		{ "\"DOE\" == traveller.surname", 9, ERR_LEGAL, "watchlist" },
		{ "traveller.surname in [\"DOE\"]", 0, ERR_LEGAL, "watchlist" },
		{ "traveller.surname matches /^DO/", 0, ERR_LEGAL,
		  "watchlist" },
		{ "traveller.surname starts_with \"DO\"", 0, ERR_LEGAL,
		  "watchlist" },
		{ "any(traveller.documents, number == X1)", 25, ERR_LEGAL,
		  "watchlist" },
		{ "any(traveller.contacts, value contains \"@x\")", 24,
		  ERR_LEGAL, "6(3)(a)" },
		{ "any(booking.payments, account == 4111)", 22, ERR_LEGAL,
		  "watchlist" },
		/* only with a reason */
		{ "traveller.age < 18", 0, ERR_LEGAL, "reason" },
		{ "traveller.sex == F", 0, ERR_LEGAL, "reason" },
		{ "traveller.nationality == UTO", 0, ERR_LEGAL, "reason" },
		{ "any(co_travellers, birth_date < 2000-01-01)", 19, ERR_LEGAL,
		  "reason" },
		/* proxies by name and by value */
		{ "traveller.meal == KSML", 10, ERR_LEGAL, "religion" },
		{ "meal == KSML", 0, ERR_LEGAL, "religion" },
		{ "traveller.language == X", 10, ERR_LEGAL, "ethnic" },
		{ "traveller.name_origin == X", 10, ERR_LEGAL, "ethnic" },
		{ "ramadan", 0, ERR_LEGAL, "religion" },
		{ "any(booking.ssr, code == MOML)", 25, ERR_LEGAL, "13(4)" },
		{ "any(booking.ssr, code in [UMNR, WCHR])", 32, ERR_LEGAL,
		  "13(4)" },
	};

	refuse_all(row, ARRAY_SIZE(row));
}
END_TEST

START_TEST(what_is_lawful_compiles)
{
	static const char *const good[] = {
		"booking.locator == booking.split_from",
		"any(booking.payments, holder != traveller.surname)",
		"any(booking.ssr, code == UMNR)",
		"flight.departs > 2026-12-24 and flight.departs < 2026-12-27",
		"any(booking.tickets, award)",
		"any(booking.legs, country(origin) == AND)",
		"count(booking.legs, number matches /^[0-9]{3}$/i) >= 2",
		"flight.carrier == '1A' or flight.carrier == 1A",
		"message.function == 22",
		"any(traveller.documents, expires < flight.departs)",
		"booking.lead_time > -2h",
		"not not (booking.lead_time < 48h)",
	};
	struct fixture f;
	struct expr *n;

	fixture_init(&f);
	for (size_t i = 0; i < ARRAY_SIZE(good); i++)
		ck_assert_msg(fixture_compile(&f, good[i], false, &n) == 0,
			      "%s: %s", good[i], f.e.text);
	ck_assert_int_eq(fixture_compile(&f, "traveller.age < 18", true, &n),
			 0);
	fixture_release(&f);
}
END_TEST

START_TEST(depth_and_length_have_limits)
{
	char text[EXPR_MAX_TEXT + 16];
	struct fixture f;
	struct expr *n;

	fixture_init(&f);
	for (int deep = EXPR_MAX_DEPTH - 1; deep <= EXPR_MAX_DEPTH; deep++) {
		memset(text, '(', (size_t)deep);
		memcpy(text + deep, "flight.carrier == X9", 21);
		memset(text + deep + 20, ')', (size_t)deep);
		text[deep * 2 + 20] = 0;
		ck_assert_int_eq(fixture_compile(&f, text, false, &n),
				 deep < EXPR_MAX_DEPTH ? 0 : ERR_LIMIT);
	}
	memset(text, ' ', sizeof(text));
	memcpy(text, "flight.carrier == X9", 20);
	text[EXPR_MAX_TEXT] = 0;
	ck_assert_int_eq(fixture_compile(&f, text, false, &n), 0);
	text[EXPR_MAX_TEXT] = ' ';
	text[EXPR_MAX_TEXT + 1] = 0;
	ck_assert_int_eq(fixture_compile(&f, text, false, &n), ERR_LIMIT);
	ck_assert_int_eq(
		fixture_compile(&f,
				"any(booking.travellers, any(documents, any("
				"booking.legs, any(booking.ssr, any(booking."
				"legs, carrier == X9)))))",
				false, &n),
		ERR_LIMIT);
	fixture_release(&f);
}
END_TEST

START_TEST(the_nearest_name_is_near)
{
	ck_assert_uint_eq(edit_distance(STR("kitten"), STR("sitting")), 3);
	ck_assert_uint_eq(edit_distance(STR(""), STR("abc")), 3);
	ck_assert_uint_eq(edit_distance(STR("abc"), STR("abc")), 0);
}
END_TEST

UNIT_MAIN("rules/check", syntax_errors_point_at_the_byte,
	  names_and_types_are_checked, what_holds_for_everybody_is_refused,
	  the_law_refuses, what_is_lawful_compiles,
	  depth_and_length_have_limits, the_nearest_name_is_near)
