/*
 * Dates and times: what is read in one go is what its plain twin reads.
 */
#include "parsers/when.h"
#include "tests/unit/unit.h"

#include <stdio.h>

static const struct date today = { 2026, 11, 28 };

/* The two together, as pnr_moment() asks them. */
static struct moment plain(struct str date, struct str time)
{
	struct date d;

	if (!when_date(date, WHEN_DMY, WHEN_WINDOW, today, &d))
		return NO_MOMENT;
	return when_moment(d, time);
}

/* False: the twin has to be asked. */
static bool compare(struct str date, struct str time)
{
	struct moment m, want = plain(date, time);

	if (!when_minute(date, time, today, &m))
		return false;
	ck_assert_msg(m.s == want.s && m.precision == want.precision,
		      "%.*s %.*s: %ld, not %ld", STR_ARG(date), STR_ARG(time),
		      (long)m.s, (long)want.s);
	return true;
}

/* Each day of each century's last and first years, and days there are not. */
START_TEST(every_date)
{
	for (int n = 0; n < 1000000; n++) {
		char s[12]; /* room for any int */
		struct str date = { s, 6 };

		snprintf(s, sizeof(s), "%06d", n);
		if (!compare(date, STR("2359")))
			ck_assert_int_le(plain(date, STR("2359")).precision,
					 MOMENT_DAY);
	}
}
END_TEST

START_TEST(every_time)
{
	for (int n = 0; n < 10000; n++) {
		char s[12]; /* room for any int */
		struct str time = { s, 4 };

		snprintf(s, sizeof(s), "%04d", n);
		ck_assert_int_eq(compare(STR("290224"), time),
				 n / 100 < 24 && n % 100 < 60);
	}
}
END_TEST

START_TEST(what_it_leaves_to_the_twin)
{
	ck_assert(!compare(STR("28112026"), STR("0900")));
	ck_assert(!compare(STR("281126"), STR("090000")));
	ck_assert(!compare(STR("281126"), STR_NONE));
	ck_assert(!compare(STR_NONE, STR("0900")));
	ck_assert(!compare(STR("2811-6"), STR("0900")));
	ck_assert(!compare(STR("281126"), STR("09:0")));
	ck_assert(!compare(STR("290225"), STR("0900")));
	ck_assert(!compare(STR("001126"), STR("0900")));
	ck_assert(!compare(STR("000026"), STR("0900")));
}
END_TEST

START_TEST(months_in_either_case)
{
	static const char *const names[] = { "jan", "Feb", "MAR", "apr",
					     "MAY", "jun", "JUL", "AUG",
					     "sep", "OCT", "Nov", "DEC" };
	static const char *const none[] = { "JAM", "NAJ",	"A N",
					    "@AN", "\xca\x41N", "XYZ" };
	struct date d;
	char s[16];

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		snprintf(s, sizeof(s), "12%s64", names[i]);
		ck_assert(when_text_date(str_of(s), WHEN_PAST, today, &d));
		ck_assert_int_eq(d.year, 1964);
		ck_assert_int_eq(d.month, (int)i + 1);
		ck_assert_int_eq(d.day, 12);
	}
	for (size_t i = 0; i < ARRAY_SIZE(none); i++) {
		snprintf(s, sizeof(s), "12%s64", none[i]);
		ck_assert(!when_text_date(str_of(s), WHEN_PAST, today, &d));
	}
	ck_assert(when_text_date(STR("29FEB2024"), WHEN_PAST, today, &d));
	ck_assert(!when_text_date(STR("29FEB2023"), WHEN_PAST, today, &d));
	ck_assert(!when_text_date(STR("2AFEB2024"), WHEN_PAST, today, &d));
	ck_assert(!when_text_date(STR("29FEB20X4"), WHEN_PAST, today, &d));
	ck_assert(!when_text_date(STR("29FEBX4"), WHEN_PAST, today, &d));
}
END_TEST

UNIT_MAIN("when", every_date, every_time, what_it_leaves_to_the_twin,
	  months_in_either_case)
