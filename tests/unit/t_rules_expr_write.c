/*
 * An expression written out is the same expression: it parses to the same
 * tree, and is written the same once more.
 */
#include "rules/canonical.h"
#include "rules/expr_write.h"
#include "tests/unit/rules_random.h"

enum { TREES = 20000 };

static void write_of(struct fixture *f, struct str text, struct buf *out)
{
	struct expr *n;

	f->e = (struct err){ 0 };
	ck_assert_msg(expr_parse(&n, &f->arena, &f->regexes, text, &f->e) == 0,
		      "%.*s: %s", STR_ARG(text), f->e.text);
	buf_clear(out);
	expr_write(out, n);
}

START_TEST(it_has_one_form)
{
	static const char *const row[][2] = {
		{ "any( booking.payments,form=='CA' )",
		  "any(booking.payments, form == \"CA\")" },
		{ "((flight.carrier))==X9", "flight.carrier == X9" },
		{ "(a == 1 and b == 2) or (not (c == 3))",
		  "a == 1 and b == 2 or not c == 3" },
		{ "a == 1 and (b == 2 or c == 3)",
		  "a == 1 and (b == 2 or c == 3)" },
		{ "a == 1 and (b == 2 and c == 3)",
		  "a == 1 and (b == 2 and c == 3)" },
		{ "not (a == 1 and b == 2)", "not (a == 1 and b == 2)" },
		{ "not a in [ X , Y ]", "a not in [X, Y]" },
		{ "a - (b - c) > - 3", "a - (b - c) > -3" },
		{ "(a - b) - c > 500   EUR", "a - b - c > 500 EUR" },
		{ "a > 500\tEUR", "a > 500 EUR" },
		{ "a == \"x\\\"y\\\\z\"", "a == \"x\\\"y\\\\z\"" },
		{ "a == 'x\"y'", "a == \"x\\\"y\"" },
		{ "a matches /x y\\/z/i and b", "a matches /x y\\/z/i and b" },
		{ "(a == b) == (c == d)", "(a == b) == (c == d)" },
		{ "a between(b)and c+1", "a between b and c + 1" },
		{ "count(x)>=2", "count(x) >= 2" },
	};
	struct buf b = { 0 };
	struct fixture f;

	fixture_init(&f);
	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		write_of(&f, str_of(row[i][0]), &b);
		ck_str_is(buf_view(&b), row[i][1]);
	}
	buf_release(&b);
	fixture_release(&f);
}
END_TEST

START_TEST(sides_of_the_topmost_pair_stand_below_each_other)
{
	struct buf b = { 0 };
	struct expr *n;
	struct fixture f;

	fixture_init(&f);
	ck_assert_int_eq(expr_parse(&n, &f.arena, NULL,
				    STR("a == 1 or b == 2 and c == 3 or d"),
				    &f.e),
			 0);
	expr_write_lines(&b, n, 2);
	ck_str_is(buf_view(&b), "a == 1\n  or b == 2 and c == 3\n  or d");
	buf_release(&b);
	fixture_release(&f);
}
END_TEST

/* The bytes of the checked tree. */
static bool canonical_of(struct fixture *f, const char *text, struct buf *out)
{
	struct expr *n;

	if (fixture_compile(f, text, true, &n))
		return false;
	buf_clear(out);
	canonical_write(out, n);
	return true;
}

START_TEST(it_parses_to_the_same_tree)
{
	struct buf b = { 0 }, one = { 0 }, two = { 0 }, c = { 0 }, d = { 0 };
	unsigned nr_good = 0;
	struct fixture f;

	random_state = 0x9e3779b97f4a7c15u;
	fixture_init(&f);
	for (int i = 0; i < TREES; i++) {
		struct expr *n;

		buf_clear(&b);
		put_bool(&b, 1 + (int)below(3));
		buf_byte(&b, '\0');
		arena_clear(&f.arena);
		write_of(&f, str_of(b.data), &one);
		buf_byte(&one, '\0');
		write_of(&f, str_of(one.data), &two);
		ck_str_is(buf_view(&two), one.data);
		if (!canonical_of(&f, b.data, &c))
			continue;
		nr_good++;
		ck_assert_msg(canonical_of(&f, one.data, &d), "%s", one.data);
		ck_assert_msg(str_eq(buf_view(&c), buf_view(&d)), "%s\n%s",
			      b.data, one.data);
		/* after the check it is written the same */
		ck_assert_int_eq(fixture_compile(&f, b.data, true, &n), 0);
		buf_clear(&two);
		expr_write(&two, n);
		ck_str_is(buf_view(&two), one.data);
	}
	ck_assert_uint_gt(nr_good, TREES / 100);
	buf_release(&b);
	buf_release(&one);
	buf_release(&two);
	buf_release(&c);
	buf_release(&d);
	fixture_release(&f);
}
END_TEST

UNIT_MAIN("rules/expr_write", it_has_one_form,
	  sides_of_the_topmost_pair_stand_below_each_other,
	  it_parses_to_the_same_tree)
