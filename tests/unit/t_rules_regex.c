#include "rules/regex.h"
#include "tests/unit/unit.h"

#include <string.h>
#include <time.h>

static struct regex *list;
static struct regex_scratch *scratch;

static int compile(const char *pattern, struct err *e)
{
	*e = (struct err){ 0 };
	return regex_compile(&list, str_of(pattern), false, e);
}

static void setup_scratch(void)
{
	struct err e = { 0 };

	ck_assert_int_eq(regex_scratch_new(&scratch, &e), 0);
}

static void release(void)
{
	regex_scratch_free(scratch);
	regex_free_list(list);
	list = NULL;
}

START_TEST(patterns_match)
{
	static const struct {
		const char *pattern, *text;
		enum tri want;
	} row[] = {
		{ "^AB[0-9]+$", "AB12", TRI_TRUE },
		{ "^AB[0-9]+$", "AB", TRI_FALSE },
		{ "B", "ABC", TRI_TRUE },
		{ "^$", "", TRI_TRUE },
		{ "(?i)ab", "xAB", TRI_TRUE },
		{ "(?:a|b){2}", "ba", TRI_TRUE },
		{ "[]a]", "]", TRI_TRUE },
		{ "A",
		  "\xff"
		  "A",
		  TRI_TRUE },			 /* not UTF-8 beside it */
		{ "^.$", "\xc3\xa9", TRI_TRUE }, /* one character */
		{ "^.$", "\xff", TRI_FALSE },
	};
	struct err e;

	setup_scratch();
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		ck_assert_msg(compile(row[i].pattern, &e) == 0, "%s: %s",
			      row[i].pattern, e.text);
		ck_assert_msg(regex_match(list, scratch, str_of(row[i].text)) ==
				      row[i].want,
			      "%s on %s", row[i].pattern, row[i].text);
	}
	ck_assert_uint_eq(regex_limits_reached(scratch), 0);
	release();
}
END_TEST

START_TEST(what_a_profile_may_not_use_is_refused)
{
	static const struct {
		const char *pattern;
		size_t pos;
		enum err_code code;
	} row[] = {
		{ "(a)\\1", 3, ERR_VALUE },
		{ "a(?=b)", 1, ERR_VALUE },
		{ "a(?!b)", 1, ERR_VALUE },
		{ "(?<=a)b", 0, ERR_VALUE },
		{ "(?<!a)b", 0, ERR_VALUE },
		{ "a(?C1)b", 1, ERR_VALUE },
		{ "(?R)", 0, ERR_VALUE },
		{ "(?<n>a)\\k<n>", 0, ERR_VALUE },
		{ "(*UTF)a", 0, ERR_VALUE },
		{ "a\\Kb", 1, ERR_VALUE },
		{ "\\Qa(?=b)", 0, ERR_VALUE },
		{ "(?(1)a)", 0, ERR_VALUE },
		{ "[]x[y](?=z)", 6, ERR_VALUE },
		{ "\\g{1}", 0, ERR_VALUE },
		{ "a\xc3\xa9", 1, ERR_VALUE },
		{ "(a", 2, ERR_SYNTAX },
		{ "a{3", 99, ERR_NONE },
		{ "[a", 2, ERR_SYNTAX },
	};
	char longer[600];
	struct err e;

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		ck_assert_msg(compile(row[i].pattern, &e) == row[i].code,
			      "%s: %d %s", row[i].pattern, e.code, e.text);
		if (row[i].code)
			ck_assert_uint_eq(e.pos, row[i].pos);
	}
	memset(longer, 'a', sizeof(longer));
	longer[sizeof(longer) - 1] = 0;
	ck_assert_int_eq(compile(longer, &e), ERR_LIMIT);
	regex_free_list(list);
	list = NULL;
}
END_TEST

START_TEST(an_exploding_pattern_is_unknown_and_quick)
{
	char text[64];
	struct timespec a, b;
	struct err e;

	setup_scratch();
	memset(text, 'a', 60);
	memcpy(text + 60, "!", 2);
	ck_assert_int_eq(compile("(a+)+$", &e), 0);
	clock_gettime(CLOCK_MONOTONIC, &a);
	ck_assert_int_eq(regex_match(list, scratch, str_of(text)), TRI_UNKNOWN);
	clock_gettime(CLOCK_MONOTONIC, &b);
	ck_assert_uint_eq(regex_limits_reached(scratch), 1);
	/* generous: sanitizers and a busy machine; without limit, hours */
	ck_assert_int_lt((b.tv_sec - a.tv_sec) * 1000 +
				 (b.tv_nsec - a.tv_nsec) / 1000000,
			 500);
	ck_assert_int_eq(regex_match(list, scratch, STR("aaa")), TRI_TRUE);
	/* our limit, not PCRE2's: this much work it would do by itself */
	ck_assert_int_eq(regex_match(list, scratch, STR("aaaaaaaaaaaaaaaaaa!")),
			 TRI_UNKNOWN);
	release();
}
END_TEST

UNIT_MAIN("rules/regex", patterns_match, what_a_profile_may_not_use_is_refused,
	  an_exploding_pattern_is_unknown_and_quick)
