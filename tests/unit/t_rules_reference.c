#include "rules/reference.h"
#include "tests/unit/unit.h"

#include <string.h>

#define ZONES  "A/Fixed,0,-570\nE/Dst,0,60\nE/Dst,10800,120\nE/Dst,36000,60\n"
#define PLACES "AAA,,USA,A/Fixed\nBBB,CCC,AUT,E/Dst\nDDD,CCC,DEU,E/Dst\n"

static struct reference *tiny(void)
{
	struct reference *r;
	struct err e = { 0 };

	ck_assert_msg(reference_read(&r, STR(PLACES), STR(ZONES), &e) == 0,
		      "%s", e.text);
	return r;
}

START_TEST(airports_cities_and_countries)
{
	struct reference *r = tiny();

	ck_str_is(reference_country(r, STR("AAA")), "USA");
	ck_str_is(reference_country(r, STR("CCC")), "AUT"); /* a city code */
	ck_assert_ptr_null(reference_country(r, STR("ZZZ")).ptr);
	ck_assert_ptr_null(reference_country(r, STR("aaa")).ptr);
	ck_assert_ptr_null(reference_country(r, STR("")).ptr);
	ck_assert_ptr_null(reference_country(r, STR_NONE).ptr);
	ck_assert_ptr_null(reference_country(r, STR("AAAA")).ptr);
	ck_assert(reference_same_city(r, STR("BBB"), STR("DDD")));
	ck_assert(reference_same_city(r, STR("BBB"), STR("CCC")));
	ck_assert(!reference_same_city(r, STR("AAA"), STR("DDD")));
	ck_assert(reference_same_city(r, STR("ZZZ"), STR("ZZZ")));
	reference_free(r);
}
END_TEST

/* E/Dst: from 10800 two hours ahead, from 36000 one hour again. */
START_TEST(clocks_that_skip_and_repeat)
{
	static const struct {
		int64_t local, utc;
	} row[] = {
		{ 3600, 0 },
		{ 14399, 10799 }, /* the last before */
		{ 14400, 10800 }, /* skipped: by the clock before */
		{ 17999, 14399 }, /* skipped */
		{ 18000, 10800 }, /* the first after */
		{ 39599, 32399 },
		{ 39600, 32400 }, /* twice: the first */
		{ 43199, 35999 },
		{ 43200, 39600 },   /* once again */
		{ -86400, -90000 }, /* before the table: its first row */
		{ 999999999, 999996399 },
	};
	struct reference *r = tiny();

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct moment m = { row[i].local, MOMENT_SECOND }, utc;
		int64_t east;

		ck_assert(reference_to_utc(r, STR("BBB"), m, &utc, &east));
		ck_assert_msg(utc.s == row[i].utc, "local %lld: %lld, not %lld",
			      (long long)row[i].local, (long long)utc.s,
			      (long long)row[i].utc);
		ck_assert_int_eq(east, row[i].local - row[i].utc);
	}
	reference_free(r);
}
END_TEST

START_TEST(unknown_places_and_times_have_no_utc)
{
	struct moment m = { 1, MOMENT_MINUTE }, none = NO_MOMENT, utc;
	struct reference *r = tiny();
	int64_t east;

	ck_assert(!reference_to_utc(r, STR("ZZZ"), m, &utc, &east));
	ck_assert(!reference_to_utc(r, STR_NONE, m, &utc, &east));
	ck_assert(!reference_to_utc(r, STR("AAA"), none, &utc, &east));
	m.s = INT64_MAX;
	ck_assert(!reference_to_utc(r, STR("AAA"), m, &utc, &east));
	reference_free(r);
}
END_TEST

START_TEST(bad_tables_name_file_and_line)
{
	static const struct {
		const char *places, *zones, *says;
	} row[] = {
		{ "AAA,USA\n", ZONES, "airports.csv: line 1: a row has 4" },
		{ "AAA,,USA,A/Fixed,x\n", ZONES, "line 1" },
		{ "aaa,,USA,A/Fixed\n", ZONES, "capital" },
		{ "# x\nAAA,,USA,No/Such\n", ZONES, "line 2: this zone" },
		{ "AAA,,USA,A/Fixed\nAAA,,USA,A/Fixed\n", ZONES, "twice" },
		{ PLACES, "A/Fixed,x,0\n", "zones.csv: line 1" },
		{ PLACES, "B,0,0\nA,0,0\n", "sorted" },
		{ PLACES, "B,5,0\nB,5,0\n", "sorted" },
		{ PLACES, "B,5,9999\n", "1440" },
		{ "\x00\xff", ZONES, "line 1" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct reference *r;
		struct err e = { 0 };

		ck_assert_int_eq(
			reference_read(
				&r,
				(struct str){ row[i].places,
					      i + 1 == ARRAY_SIZE(row)
						      ? 2
						      : strlen(row[i].places) },
				str_of(row[i].zones), &e),
			ERR_SYNTAX);
		ck_assert_msg(strstr(e.text, row[i].says), "%s", e.text);
	}
}
END_TEST

START_TEST(the_tables_we_ship_load)
{
	static const struct {
		const char *airport, *country;
		int64_t summer, winter; /* minutes */
	} row[] = {
		{ "VIE", "AUT", 120, 60 },    { "LHR", "GBR", 60, 0 },
		{ "JFK", "USA", -240, -300 }, { "KTM", "NPL", 345, 345 },
		{ "SYD", "AUS", 600, 660 },   { "BOG", "COL", -300, -300 },
		{ "CMN", "MAR", 60, 60 },
	};
	struct reference *r;
	struct err e = { 0 };
	struct moment jul, dec, utc;
	int64_t east;

	ck_assert_msg(reference_load(&r, "etc", &e) == 0, "%s", e.text);
	ck_assert(moment_read(STR("2026-07-15T12:00"), &jul));
	ck_assert(moment_read(STR("2039-12-15T12:00"), &dec));
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct str code = str_of(row[i].airport);

		ck_str_is(reference_country(r, code), row[i].country);
		ck_assert(reference_to_utc(r, code, jul, &utc, &east));
		ck_assert_int_eq(east, row[i].summer * 60);
		ck_assert(reference_to_utc(r, code, dec, &utc, &east));
		ck_assert_int_eq(east, row[i].winter * 60);
	}
	ck_assert(reference_same_city(r, STR("LHR"), STR("LGW")));
	ck_assert_uint_gt(reference_zones_text(r).len, 100000);
	reference_free(r);
	ck_assert_int_eq(reference_load(&r, "no/such/dir", &e), ERR_IO);
}
END_TEST

UNIT_MAIN("rules/reference", airports_cities_and_countries,
	  clocks_that_skip_and_repeat, unknown_places_and_times_have_no_utc,
	  bad_tables_name_file_and_line, the_tables_we_ship_load)
