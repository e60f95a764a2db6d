#include "law/regime.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int load(struct regimes **out, const char *text, struct err *e)
{
	char name[] = "/tmp/t_regime.XXXXXX";
	int fd = mkstemp(name), rc;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, strlen(text)), (int)strlen(text));
	close(fd);
	rc = regimes_load(out, name, e);
	unlink(name);
	return rc;
}

static void date_is(struct date d, const char *want)
{
	char got[40];

	snprintf(got, sizeof(got), "%04d-%02d-%02d", d.year, d.month, d.day);
	ck_assert_str_eq(got, want);
}

static const struct {
	struct date from;
	const char *period, *end;
} ends[] = {
	{ { 2026, 11, 22 }, "P6M", "2027-05-22" },
	{ { 2026, 8, 31 }, "P6M", "2027-02-28" },
	{ { 2027, 8, 31 }, "P6M", "2028-02-29" },
	{ { 2026, 8, 29 }, "P6M", "2027-02-28" },
	{ { 2026, 8, 28 }, "P6M", "2027-02-28" },
	{ { 2026, 10, 31 }, "P1M", "2026-11-30" },
	{ { 2026, 12, 31 }, "P12M", "2027-12-31" },
	{ { 2024, 2, 29 }, "P5Y", "2029-02-28" },
	{ { 2024, 2, 29 }, "P4Y", "2028-02-29" },
	{ { 2026, 12, 31 }, "P1D", "2027-01-01" },
	{ { 2026, 8, 31 }, "P6M1D", "2027-03-01" },
	{ { 2026, 1, 31 }, "P5Y6M", "2031-07-31" },
	{ { 2026, 1, 1 }, "P1Y2M3D", "2027-03-04" },
	{ { 2099, 12, 31 }, "P100Y", "2199-12-31" },
};

START_TEST(months_end_as_the_calendar_has_it)
{
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		struct period p;

		ck_assert(period_read(str_of(ends[i].period), &p));
		date_is(period_after(ends[i].from, p), ends[i].end);
	}
}
END_TEST

START_TEST(no_record_is_kept_longer_than_its_months)
{
	struct period half = { 6, 0 };

	/* never a day later than the same day six months on */
	for (int64_t d = 20000; d < 20000 + 3 * 366; d++) {
		struct date from = date_from_days(d);
		struct date to = period_after(from, half);

		ck_assert(to.day == from.day ||
			  (to.day < from.day && to.day >= 28));
		ck_assert_int_eq((to.year * 12 + to.month) -
					 (from.year * 12 + from.month),
				 6);
	}
}
END_TEST

START_TEST(periods_that_are_none_are_refused)
{
	static const char *const wrong[] = {
		"",	  "P",	     "6M",	"P6",
		"PM",	  "P6M5Y",   "P6M6M",	"p6m",
		"P0D",	  "P0Y0M",   "P-6M",	"P6M ",
		"PT96H",  "P6W",     "P1.5Y",	"P101Y",
		"P1201M", "P36526D", "P99Y13M", "P99999999999999999999Y",
	};
	struct period p = { 7, 7 };

	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		ck_assert_msg(!period_read(str_of(wrong[i]), &p), "%s",
			      wrong[i]);
	ck_assert(!period_read(STR_NONE, &p));
	ck_assert_uint_eq(p.months, 7);
}
END_TEST

START_TEST(the_default_is_the_judgment_not_the_letter)
{
	const struct regime *r = NULL, *used[REGIMES_MAX];
	struct regimes *set;
	struct retention t;
	struct err e = { 0 };

	ck_assert_msg(regimes_load(&set, "etc/regimes.yaml", &e) == 0, "%s",
		      e.text);
	ck_assert_int_eq(
		regimes_choose(used, set, STR(" eu_pnr_2016_681_ljdh "), &e),
		1);
	ck_str_is(used[0]->id, "eu_pnr_2016_681_ljdh");
	ck_assert(used[0]->link_required);
	t = retention_dates(used, 1, (struct date){ 2026, 8, 31 });
	date_is(t.mask_on, "2027-02-28");
	date_is(t.delete_unlinked_on, "2027-02-28");
	date_is(t.delete_on, "2031-08-31");
	ck_assert_int_eq(
		regime_find(set, STR("eu_pnr_2016_681_literal"), &r, &e),
		ERR_LEGAL);
	ck_assert_ptr_null(r);
	ck_assert_ptr_nonnull(strstr(e.text, "C-817/19"));
	e = (struct err){ 0 };
	ck_assert_int_eq(regime_find(set, STR("eu"), &r, &e), ERR_USAGE);
	regimes_free(set);
	regimes_free(NULL);
}
END_TEST

#define ROW(name, mask, del, link, lawful)                     \
	"  " name ":\n    basis: b\n    verified: full\n" mask \
	"    delete_at: " del "\n    link_required: " link     \
	"\n    lawful_in_eu: " lawful "\n"
#define MASK(at) "    mask_at: " at "\n    mask_profile: eu_art12_2\n"

START_TEST(of_several_regimes_the_earliest_day_counts)
{
	static const char text[] = "mode: ljdh_strict\nregimes:\n" ROW(
		"a", MASK("P6M"), "P5Y", "true", "true")
		ROW("b", MASK("P3M"), "P6Y", "false", "true")
			ROW("c", "", "P4Y", "false", "true");
	static const char *const orders[] = { "a b  c", "c b a", "b c a" };
	const struct regime *used[REGIMES_MAX];
	struct regimes *set;
	struct retention t;
	struct err e = { 0 };

	ck_assert_msg(load(&set, text, &e) == 0, "%s", e.text);
	for (size_t i = 0; i < ARRAY_SIZE(orders); i++) {
		ck_assert_int_eq(
			regimes_choose(used, set, str_of(orders[i]), &e), 3);
		t = retention_dates(used, 3, (struct date){ 2026, 1, 15 });
		date_is(t.mask_on, "2026-04-15");
		date_is(t.delete_unlinked_on, "2026-07-15");
		date_is(t.delete_on, "2030-01-15");
	}
	ck_assert_int_eq(regimes_choose(used, set, STR("c"), &e), 1);
	t = retention_dates(used, 1, (struct date){ 2026, 1, 15 });
	ck_assert(!date_is_set(t.mask_on));
	ck_assert(!date_is_set(t.delete_unlinked_on));
	date_is(t.delete_on, "2030-01-15");
	regimes_free(set);
}
END_TEST

START_TEST(an_unlawful_regime_needs_the_mode)
{
	static const char body[] =
		"\nregimes:\n" ROW("l", MASK("P6M"), "P5Y", "false", "false");
	const struct regime *used[REGIMES_MAX];
	struct regimes *set = NULL;
	struct err e = { 0 };
	char text[400];

	snprintf(text, sizeof(text), "mode: ljdh_strict%s", body);
	ck_assert_int_eq(load(&set, text, &e), 0);
	ck_assert_int_eq(regimes_choose(used, set, STR("l"), &e), ERR_LEGAL);
	regimes_free(set);
	ck_assert_int_eq(err_exit_code(&e), 4);
	e = (struct err){ 0 };
	snprintf(text, sizeof(text), "mode: directive_literal%s", body);
	ck_assert_msg(load(&set, text, &e) == 0, "%s", e.text);
	ck_assert(set->literal);
	ck_assert_int_eq(regimes_choose(used, set, STR("l"), &e), 1);
	ck_assert_int_eq(regimes_choose(used, set, STR(" "), &e), ERR_USAGE);
	e = (struct err){ 0 };
	ck_assert_int_eq(regimes_choose(used, set, STR("l x"), &e), ERR_USAGE);
	e = (struct err){ 0 };
	ck_assert_int_eq(
		regimes_choose(used, set,
			       STR("l l l l l l l l l l l l l l l l l"), &e),
		ERR_USAGE);
	regimes_free(set);
}
END_TEST

#define MODE "mode: ljdh_strict\nregimes:\n"

static const struct {
	const char *text, *says;
	enum err_code code;
} bad[] = {
	{ "", "'mode' is missing", ERR_USAGE },
	{ "mode: ljdh_strict\n", "'regimes' is missing", ERR_USAGE },
	{ "mode: lax\nregimes: {}\n", "line 1, column 7", ERR_VALUE },
	{ "mod: x\n", "line 1, column 1: unknown key 'mod'", ERR_SYNTAX },
	{ MODE "  a:\n    basis: b\n    mask_on: P6M\n",
	  "line 5, column 5: unknown key 'mask_on'", ERR_SYNTAX },
	{ MODE "  a:\n    basis: b\n    mask_at: 6 months\n",
	  "line 5, column 14: a period", ERR_VALUE },
	{ MODE "  a: P5Y\n", "keys and values", ERR_SYNTAX },
	{ MODE ROW("a", MASK("P60M"), "P5Y", "false", "true"),
	  "mask_at is not before", ERR_VALUE },
	{ MODE ROW("a", "    mask_at: P6M\n", "P5Y", "false", "true"),
	  "go together", ERR_VALUE },
	{ MODE ROW("a", "", "P5Y", "true", "true"), "link_required needs",
	  ERR_VALUE },
	{ MODE ROW("a", "", "P5Y", "maybe", "true"), "true or false",
	  ERR_VALUE },
	{ MODE "  a:\n    basis: b\n", "'verified' is missing", ERR_USAGE },
	{ "mode: ljdh_strict\nregimes: []\n", "by name", ERR_SYNTAX },
	{ "\x01\x02", "not YAML", ERR_SYNTAX },
};

START_TEST(wrong_files_are_refused_with_their_place)
{
	struct regimes *set = NULL;
	struct err none = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct err e = { 0 };

		ck_assert_msg(load(&set, bad[i].text, &e) == (int)bad[i].code,
			      "row %zu: %d %s", i, e.code, e.text);
		ck_assert_msg(strstr(e.text, bad[i].says), "row %zu: %s", i,
			      e.text);
		ck_assert_ptr_null(set);
	}
	ck_assert_int_eq(regimes_load(&set, "/nowhere.yaml", &none), ERR_IO);
}
END_TEST

UNIT_MAIN("regime", months_end_as_the_calendar_has_it,
	  no_record_is_kept_longer_than_its_months,
	  periods_that_are_none_are_refused,
	  the_default_is_the_judgment_not_the_letter,
	  of_several_regimes_the_earliest_day_counts,
	  an_unlawful_regime_needs_the_mode,
	  wrong_files_are_refused_with_their_place)
