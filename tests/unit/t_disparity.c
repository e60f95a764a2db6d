/*
 * t_disparity.c - hit rates by group: who is counted where, who is unlike
 */
#include "engine/disparity.h"
#include "rules/offences.h"
#include "tests/unit/unit.h"

#include <stdio.h>

#define PROFILE                                                             \
	"profile: p\nrevision: 1\ntitle: t\npurpose:\n"                     \
	"  offences: [\"04\"]\n  basis: b\n  author: a\n"                   \
	"  valid: {from: 2026-09-01, until: 2027-02-28}\n"                  \
	"budget: {max_share: 0.001}\nincriminating:\n"                      \
	"  - {id: late, points: 30, when: 'booking.lead_time < 48h', why: " \
	"x}\n"                                                              \
	"  - {id: cash, points: 30, when: 'any(booking.payments, form == "  \
	"CA)', why: x}\n"                                                   \
	"  - {id: sex, points: 30, when: 'traveller.sex == M and "          \
	"traveller.age > 20', why: y, reason: r}\nexonerating:\n"           \
	"  - {id: family, points: -40, when: 'count(co_travellers) >= 3', " \
	"why: z}\nthreshold: 60\n"

static struct arena arena;
static struct disparity d;
static struct regex *regexes;
static struct offences *offences;

static void setup(void)
{
	struct profile_source s = { "p.yaml", STR(PROFILE), NULL,
				    NULL,     &arena,	    &regexes };
	struct faults faults = { 0 };
	struct profile *p;
	struct err e = { 0 };

	ck_assert_int_eq(offences_load(&offences, "etc/offences.yaml", &e), 0);
	s.offences = offences;
	ck_assert_msg(!profile_read(&p, &s, &faults, &e), "%s", e.text);
	disparity_init(&d, p, &arena);
}

static void teardown(void)
{
	regex_free_list(regexes);
	offences_free(offences);
	arena_release(&arena);
}

static void add(int nr, const char *record, const char *hit)
{
	struct moment departs =
		moment_make((struct date){ 2026, 11, 22 }, 10, 0, 0);
	struct err e = { 0 };

	while (nr-- > 0)
		ck_assert_msg(!disparity_add(&d, str_of(record), departs,
					     str_of(hit), &e),
			      "%s", e.text);
}

#define CLAUSE(id, points, outcome)                                            \
	"{\"id\":\"" id "\",\"points\":" points ",\"outcome\":\"" outcome "\"" \
	"}"
#define SHADOW "{\"clauses\":[" CLAUSE("late", "30", "true") ","
#define WITH                                                         \
	SHADOW CLAUSE("cash", "30", "false") "," CLAUSE("sex", "30", \
							"true") "]}"
#define WITHOUT \
	SHADOW CLAUSE("cash", "30", "true") "," CLAUSE("sex", "30", "true") "]}"
#define EVIDENCE                                                                   \
	"{\"verdict\":{\"incriminating\":[" CLAUSE(                                \
		"late", "30",                                                      \
		"true") "," CLAUSE("cash", "30",                                   \
				   "true") "," CLAUSE("sex", "30",                 \
						      "true") "],"                 \
							      "\"exonerating"      \
							      "\":"                \
							      "[" CLAUSE(          \
								      "famil"      \
								      "y",         \
								      "-40",       \
								      "true") "]}" \
									      "}"

static const struct disparity_cell *cell(enum trait t, const char *group)
{
	for (uint32_t i = 0; i < d.nr; i++)
		if (d.cell[i].trait == t &&
		    str_eq(d.cell[i].group, str_of(group)))
			return &d.cell[i];
	ck_abort_msg("no group %s", group);
	return NULL;
}

static void ck_cell(enum trait t, const char *group, int64_t travellers,
		    int64_t hits, int64_t without)
{
	const struct disparity_cell *c = cell(t, group);

	ck_assert_msg(c->travellers == travellers && c->hits == hits &&
			      c->without == without,
		      "%s: %lld, %lld, %lld", group, (long long)c->travellers,
		      (long long)c->hits, (long long)c->without);
}

START_TEST(each_stands_in_one_group_of_each_trait)
{
	static const struct {
		const char *born, *group;
	} row[] = {
		{ "2008-11-23", "0-17" },    { "2008-11-22", "18-29" },
		{ "1996-11-23", "18-29" },   { "1996-11-22", "30-44" },
		{ "1981-11-22", "45-59" },   { "1966-11-22", "60-" },
		{ "1966-11", "not stated" },
	};
	char record[80];

	setup();
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		snprintf(record, sizeof(record),
			 "{\"birth_date\":\"%s\",\"sex\":\"F\"}", row[i].born);
		add(10 + (int)i, record, NULL);
	}
	add(20, "{\"sex\":\"M\",\"nationality\":\"UTO\"}", NULL);
	disparity_finish(&d);
	ck_cell(TRAIT_AGE, "0-17", 10, 0, 0);
	ck_cell(TRAIT_AGE, "18-29", 11 + 12, 0, 0);
	ck_cell(TRAIT_AGE, "30-44", 13, 0, 0);
	ck_cell(TRAIT_AGE, "45-59", 14, 0, 0);
	ck_cell(TRAIT_AGE, "60-", 15, 0, 0);
	ck_cell(TRAIT_AGE, "not stated", 16 + 20, 0, 0);
	ck_cell(TRAIT_SEX, "M", 20, 0, 0);
	for (uint32_t i = 0; i < d.nr; i++) /* it does not read origin */
		ck_assert_int_ne(d.cell[i].trait, TRAIT_ORIGIN);
	teardown();
}
END_TEST

START_TEST(hits_are_judged_without_the_trait)
{
	setup();
	add(20, "{\"sex\":\"M\"}", WITH);
	add(30, "{\"sex\":\"M\"}", WITHOUT);
	add(40, "{\"sex\":\"M\"}", EVIDENCE); /* 60 - 40 without the trait */
	add(50, "{\"sex\":\"F\"}", NULL);
	disparity_finish(&d);
	ck_cell(TRAIT_SEX, "M", 90, 90, 30);
	ck_cell(TRAIT_SEX, "F", 50, 0, 0);
	ck_assert_int_eq(d.travellers, 140);
	ck_assert_int_eq(d.without, 30);
	teardown();
}
END_TEST

START_TEST(small_groups_are_not_told_apart)
{
	struct buf text = { 0 };

	setup();
	add(9, "{\"sex\":\"X\"}", NULL);
	add(10, "{\"sex\":\"F\"}", NULL);
	add(3, "{}", WITH);
	disparity_finish(&d);
	ck_cell(TRAIT_SEX, "few", 12, 3, 0);
	ck_cell(TRAIT_SEX, "F", 10, 0, 0);
	disparity_write(&text, &d);
	ck_assert_int_eq(str_find(buf_view(&text), STR("\"X\"")), -1);
	buf_release(&text);
	teardown();
}
END_TEST

START_TEST(unlike_begins_above_125_percent)
{
	static const struct {
		int of_m, of_f;
		bool unlike;
	} row[] = {
		{ 4, 0, false },  /* so few are chance */
		{ 5, 0, true },	  /* at the fifth they are not */
		{ 10, 8, false }, /* 125 % */
		{ 11, 8, true },  { 50, 41, false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		setup();
		add(row[i].of_m, "{\"sex\":\"M\"}", WITH);
		add(1000 - row[i].of_m, "{\"sex\":\"M\"}", NULL);
		add(row[i].of_f, "{\"sex\":\"F\"}", WITH);
		add(1000 - row[i].of_f, "{\"sex\":\"F\"}", NULL);
		disparity_finish(&d);
		ck_assert_msg(cell(TRAIT_SEX, "M")->unlike == row[i].unlike,
			      "row %zu", i);
		ck_assert(disparity_is_unlike(&d) == row[i].unlike);
		teardown();
	}
}
END_TEST

START_TEST(what_is_no_record_is_refused)
{
	struct err e = { 0 };

	setup();
	ck_assert_int_ne(disparity_add(&d, STR("x"), NO_MOMENT, STR_NONE, &e),
			 0);
	teardown();
}
END_TEST

UNIT_MAIN("disparity", each_stands_in_one_group_of_each_trait,
	  hits_are_judged_without_the_trait, small_groups_are_not_told_apart,
	  unlike_begins_above_125_percent, what_is_no_record_is_refused)
