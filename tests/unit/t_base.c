#include "base/arena.h"
#include "base/country.h"
#include "base/date.h"
#include "base/docnumber.h"
#include "base/err.h"
#include "base/json_write.h"
#include "base/yaml.h"
#include "tests/unit/unit.h"

#include <string.h>

START_TEST(views_split_trim_and_compare)
{
	struct str s = STR("a:b::");

	ck_str_is(str_split(&s, ':'), "a");
	ck_str_is(str_split(&s, ':'), "b");
	ck_str_is(str_split(&s, ':'), "");
	ck_str_is(str_split(&s, ':'), "");
	ck_assert_ptr_null(s.ptr);
	ck_str_is(str_trim(STR(" \r\nX Y\t")), "X Y");
	ck_assert(!str_eq(STR_NONE, STR("")));
	ck_assert(str_eq_nocase(STR("Doe"), STR("dOE")));
	ck_assert(str_cmp(STR("AB"), STR("ABC")) < 0);
	ck_assert_int_eq(str_find(STR("XWHEELX"), STR("WHEEL")), 1);
	ck_assert_int_eq(str_find(STR("X"), STR("WHEEL")), -1);
}
END_TEST

START_TEST(numbers_stop_at_the_limits_of_64_bits)
{
	int64_t v = 7;

	ck_assert(str_to_i64(STR("9223372036854775807"), &v));
	ck_assert_int_eq(v, INT64_MAX);
	ck_assert(!str_to_i64(STR("9223372036854775808"), &v));
	ck_assert_int_eq(v, INT64_MAX);
	ck_assert(str_to_i64(STR("-9223372036854775808"), &v));
	ck_assert_int_eq(v, INT64_MIN);
	ck_assert(!str_to_i64(STR("-"), &v));
	ck_assert(!str_to_i64(STR("1x"), &v));
	ck_assert(!str_to_i64(STR(""), &v));
}
END_TEST

START_TEST(every_day_of_800_years_goes_there_and_back)
{
	struct date d = { 1600, 1, 1 };
	int64_t first = date_to_days(d);

	for (int64_t n = first; n < first + 800 * 366; n++) {
		struct date got = date_from_days(n);

		ck_assert(date_is_valid(got));
		ck_assert_int_eq(date_to_days(got), n);
	}
	ck_assert_int_eq(date_to_days((struct date){ 1970, 1, 1 }), 0);
	ck_assert_int_eq(date_to_days((struct date){ 2026, 11, 22 }), 20779);
}
END_TEST

START_TEST(dates_are_refused_that_no_calendar_has)
{
	struct date d;
	struct moment m;

	ck_assert(date_read(STR("2028-02-29"), &d));
	ck_assert(!date_read(STR("2027-02-29"), &d));
	ck_assert(!date_read(STR("2027-13-01"), &d));
	ck_assert(date_read(STR("1982-04"), &d));
	ck_assert_int_eq(d.day, 0);
	ck_assert(moment_read(STR("2026-11-22T10:00:30Z"), &m));
	ck_assert_int_eq(m.precision, MOMENT_SECOND);
	ck_assert(!moment_read(STR("2026-11-22T24:00"), &m));
	ck_assert(!moment_read(STR("2026-11-22T1000"), &m));
}
END_TEST

START_TEST(age_changes_on_the_birthday)
{
	struct date born = { 2008, 2, 29 };

	ck_assert_int_eq(date_years_between(born, (struct date){ 2026, 2, 28 }),
			 17);
	ck_assert_int_eq(date_years_between(born, (struct date){ 2026, 3, 1 }),
			 18);
}
END_TEST

START_TEST(arena_arrays_keep_what_was_pushed)
{
	struct arena a = { 0 };
	int *v = NULL;
	uint32_t nr = 0;

	for (int i = 0; i < 100000; i++)
		*(int *)arena_push(&a, &v, &nr, sizeof(*v)) = i;
	for (int i = 0; i < 100000; i++)
		ck_assert_int_eq(v[i], i);
	arena_clear(&a);
	v = arena_alloc(&a, 64);
	for (int i = 0; i < 16; i++)
		ck_assert_int_eq(v[i], 0);
	arena_release(&a);
}
END_TEST

START_TEST(json_escapes_and_is_always_utf8)
{
	struct buf b = { 0 };
	struct json j;

	json_init(&j, &b);
	json_open(&j, NULL, '{');
	json_str(&j, "a", STR("q\"\\\n\x01"));
	json_str(&j, "b", STR("\xc3\xa9\xe9")); /* e acute twice */
	json_milli(&j, "c", -2500);
	json_milli(&j, "d", 31000);
	json_str(&j, "e", STR_NONE);
	json_open(&j, "f", '[');
	json_close(&j, ']');
	json_close(&j, '}');
	ck_str_is(buf_view(&b), "{\"a\":\"q\\\"\\\\\\n\\u0001\","
				"\"b\":\"\xc3\xa9\xc3\xa9\",\"c\":-2.5,"
				"\"d\":31,\"e\":null,\"f\":[]}");
	buf_release(&b);
}
END_TEST

START_TEST(a_buffer_over_its_limit_fails_and_stays_failed)
{
	struct buf b = { .limit = 4 };

	buf_z(&b, "1234");
	ck_assert(!b.failed);
	buf_byte(&b, '5');
	ck_assert(b.failed);
	ck_str_is(buf_view(&b), "1234");
	buf_clear(&b);
	ck_assert(!b.failed);
	buf_release(&b);
}
END_TEST

START_TEST(the_first_error_wins_and_grows_context)
{
	struct err e = { 0 };

	ck_assert_int_eq(err_at(&e, ERR_VALUE, 8, "bad '%s'", "x"), ERR_VALUE);
	ck_assert_int_eq(err_at(&e, ERR_IO, 9, "late"), ERR_VALUE);
	ck_assert_int_eq(err_wrap(&e, "paxlst"), ERR_VALUE);
	ck_assert_str_eq(e.text, "paxlst: bad 'x'");
	ck_assert_uint_eq(e.pos, 8);
	ck_assert_int_eq(err_exit_code(&e), 3);
}
END_TEST

START_TEST(yaml_gives_places_and_refuses_tricks)
{
	static const char *const bad[] = {
		"a: 1\na: 2\n",	  "a: &x 1\nb: *x\n", "a: !!int 1\n",
		"--- 1\n--- 2\n", "a: [1,\n",	      "\tx: 1\n",
	};
	struct arena a = { 0 };
	struct yaml_node *doc;
	struct err e = { 0 };
	const struct yaml_node *n;

	ck_assert_int_eq(yaml_read(&doc, &a,
				   STR("p:\n  when: 'a == 1'\n  l: [x, y]\n"),
				   &e),
			 0);
	n = yaml_get(yaml_get(doc, STR("p")), STR("when"));
	ck_str_is(n->text, "a == 1");
	ck_assert_uint_eq(n->line, 2);
	ck_assert_uint_eq(n->column, 10);
	ck_assert(n->plain_inline);
	ck_assert_uint_eq(yaml_get(yaml_get(doc, STR("p")), STR("l"))->nr, 2);
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		e = (struct err){ 0 };
		ck_assert_int_eq(yaml_read(&doc, &a, str_of(bad[i]), &e),
				 ERR_SYNTAX);
		ck_assert_ptr_nonnull(strstr(e.text, "line "));
	}
	arena_release(&a);
}
END_TEST

/* What lists write, and the code; "": no country. */
static const struct {
	const char *name, *code;
} country_names[] = {
	{ "Iran", "IRN" },
	{ "iran", "IRN" },
	{ "Russia", "RUS" },
	{ "Russian Federation", "RUS" },
	{ "Korea, North", "PRK" },
	{ "Korea, South", "KOR" },
	{ "Turkey", "TUR" },
	{ "T\xc3\xbcrkiye", "TUR" },
	{ "Burma", "MMR" },
	{ "Congo, Democratic Republic of the", "COD" },
	{ "Congo, Republic of the", "COG" },
	{ "Palestinian", "PSE" },
	{ "The Gambia", "GMB" },
	{ "Macedonia, The Former Yugoslav Republic of", "MKD" },
	{ "Kosovo", "RKS" },
	{ "Hong Kong", "HKG" },
	/* no more */
	{ "Soviet Union", "SUN" },
	{ "Yugoslavia", "YUG" },
	{ "Serbia and Montenegro", "SCG" },
	{ "Zaire", "COD" },
	{ "Iranian", "" },
	{ "Ira", "" },
	{ "", "" },
};

/* Names of one country_name.def. */
static const struct {
	struct str name, code;
} other_names[] = {
#define COUNTRY_NAME(n, a3) { STR_INIT(n), STR_INIT(a3) },
#include "base/country_name.def"
#undef COUNTRY_NAME
};

/* Codes as documents and airlines write them; "": none. */
static const struct {
	const char *written, *code;
} country_codes[] = {
	{ "D", "DEU" },
	{ "D<<", "DEU" },
	{ "de", "DEU" },
	{ "DEU", "DEU" },
	{ "GB", "GBR" },
	{ "UK", "GBR" },
	{ "GBN", "GBR" },
	{ "EL", "GRC" },
	{ "XK", "RKS" },
	{ "XKX", "RKS" },
	{ "UTO", "UTO" },
	{ "XXA", "XXA" },
	/* one successor */
	{ "DDR", "DEU" },
	{ "DD", "DEU" },
	{ "ROM", "ROU" },
	{ "TMP", "TLS" },
	{ "TP", "TLS" },
	{ "ZAR", "COD" },
	{ "ZR", "COD" },
	{ "BUR", "MMR" },
	{ "BU", "MMR" },
	{ "YMD", "YEM" },
	{ "FXX", "FRA" },
	{ "RHO", "ZWE" },
	/* several: the code stays */
	{ "YUG", "YUG" },
	{ "YU", "YUG" },
	{ "SUN", "SUN" },
	{ "SU", "SUN" },
	{ "ANT", "ANT" },
	{ "AN", "ANT" },
	{ "CSK", "CSK" },
	{ "SCG", "SCG" },
	/* two States had it; nobody has */
	{ "CS", "" },
	{ "QQ", "" },
	{ "QQQ", "" },
	{ "", "" },
	{ "DEUX", "" },
	{ "D1", "" },
	{ "<<<", "" },
};

/* Codes of country_old.def. */
static const struct {
	struct str written, code;
} old_codes[] = {
#define COUNTRY_OLD(w, a3) { STR_INIT(w), STR_INIT(a3) },
#include "base/country_old.def"
#undef COUNTRY_OLD
};

START_TEST(countries_have_one_code)
{
	for (size_t i = 0; i < ARRAY_SIZE(country_codes); i++) {
		struct str got =
			country_canonical(str_of(country_codes[i].written));

		ck_assert_msg(str_eq(got.ptr ? got : STR(""),
				     str_of(country_codes[i].code)),
			      "%s", country_codes[i].written);
	}
	/* each row leads to a code that stays, and hides no other */
	for (size_t i = 0; i < ARRAY_SIZE(old_codes); i++) {
		struct str code = old_codes[i].code;

		ck_assert_msg(
			str_eq(country_canonical(code), code) &&
				str_eq(country_canonical(old_codes[i].written),
				       code) &&
				country_name(code).ptr &&
				!country_name(old_codes[i].written).ptr,
			STR_FMT, STR_ARG(old_codes[i].written));
	}
}
END_TEST

/* Blanks, hyphens and case part no number; what names nobody has none. */
static const struct {
	const char *raw, *fold, *canonical;
} numbers[] = {
	{ "L898902C3", "L898902C3", "L898902C3" },
	{ "l 8989-02.c3", "L898902C3", "L898902C3" },
	{ "L898902C3<", "L898902C3", "L898902C3" },
	{ "A123", "A123", "" },
	{ "A1234", "A1234", "A1234" },
	{ "ABCDE", "ABCDE", "" },
	{ "00000", "00000", "" },
	{ "123456789012345678901234", "123456789012345678901234",
	  "123456789012345678901234" },
	{ "1234567890123456789012345", "1234567890123456789012345", "" },
	{ "--", "", "" },
	{ "", "", "" },
};

START_TEST(numbers_of_documents_have_one_form)
{
	struct arena a = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		struct str raw = str_of(numbers[i].raw);
		struct str c = docnumber_canonical(&a, raw);

		ck_str_is(docnumber_fold(&a, raw), numbers[i].fold);
		ck_assert_msg(str_eq(c.ptr ? c : STR(""),
				     str_of(numbers[i].canonical)),
			      "%s", numbers[i].raw);
		ck_assert_int_eq(docnumber_same(raw, str_of(numbers[i].fold)),
				 numbers[i].fold[0] != '\0');
	}
	ck_assert(docnumber_fold(&a, STR_NONE).ptr);
	ck_assert_ptr_null(docnumber_canonical(&a, STR_NONE).ptr);
	ck_assert(!docnumber_same(STR("A1"), STR("A12")));
	arena_release(&a);
}
END_TEST

START_TEST(countries_are_found_by_their_names)
{
	for (size_t i = 0; i < ARRAY_SIZE(country_names); i++) {
		struct str got = country_of_name(str_of(country_names[i].name));

		ck_assert_msg(str_eq(got.ptr ? got : STR(""),
				     str_of(country_names[i].code)),
			      "%s", country_names[i].name);
	}
	ck_assert_ptr_null(country_of_name(STR_NONE).ptr);
	/* each row has a code there is, and no other row the same name */
	for (size_t i = 0; i < ARRAY_SIZE(other_names); i++) {
		struct str code = other_names[i].code;

		ck_assert_msg(
			str_eq(country_canonical(code), code) &&
				str_eq(country_of_name(other_names[i].name),
				       code),
			STR_FMT, STR_ARG(other_names[i].name));
	}
}
END_TEST

UNIT_MAIN("base", views_split_trim_and_compare,
	  numbers_stop_at_the_limits_of_64_bits,
	  every_day_of_800_years_goes_there_and_back,
	  dates_are_refused_that_no_calendar_has, age_changes_on_the_birthday,
	  arena_arrays_keep_what_was_pushed, json_escapes_and_is_always_utf8,
	  a_buffer_over_its_limit_fails_and_stays_failed,
	  the_first_error_wins_and_grows_context,
	  yaml_gives_places_and_refuses_tricks, countries_have_one_code,
	  numbers_of_documents_have_one_form,
	  countries_are_found_by_their_names)
