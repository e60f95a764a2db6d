/*
 * Random expressions on random travellers: whatever the parser and checker
 * let through, evaluation ends and says true, false or unknown, and says the
 * same again. Seeded: a failure comes back.
 */
#include "tests/unit/rules_random.h"

#include <string.h>

enum { TREES = 20000, TRAVELLERS = 4 };

static void try_one(struct fixture *f, const struct expr *n, const char *text)
{
	for (int i = 0; i < TRAVELLERS; i++) {
		struct eval v;
		enum tri a, b;

		shake(f);
		eval_start(&v, &f->context, &f->subject, f->regex);
		a = eval_bool(&v, n);
		b = eval_bool(&v, n);
		ck_assert_msg(a == b && a <= TRI_TRUE, "%s", text);
	}
}

START_TEST(evaluation_is_total)
{
	struct buf b = { 0 };
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
		if (fixture_compile(&f, b.data, true, &n))
			continue;
		nr_good++;
		try_one(&f, n, b.data);
	}
	/* enough got through the checker for the test to mean something */
	ck_assert_uint_gt(nr_good, TREES / 100);
	buf_release(&b);
	fixture_release(&f);
}
END_TEST

/* Bytes at random, and good text with a byte changed: no crash, a place. */
START_TEST(any_bytes_are_refused_or_compiled)
{
	static const char good[] =
		"any(booking.payments, form == \"CA\" and amount > 500 EUR) or "
		"flight.number matches /^1[0-9]+$/ and trip.stay < 48h";
	char text[sizeof(good)];
	struct fixture f;

	random_state = 88172645463325252u;
	fixture_init(&f);
	for (int i = 0; i < TREES; i++) {
		struct expr *n;
		size_t pos;

		memcpy(text, good, sizeof(good));
		for (uint32_t k = 0; k <= below(3); k++)
			text[below(sizeof(good) - 1)] = (char)(1 + below(255));
		if (below(10) == 0)
			for (size_t k = 0; k + 1 < sizeof(good); k++)
				text[k] = (char)(1 + below(255));
		arena_clear(&f.arena);
		if (fixture_compile(&f, text, true, &n)) {
			pos = f.e.pos;
			ck_assert_uint_le(pos, strlen(text));
			continue;
		}
		try_one(&f, n, text);
	}
	fixture_release(&f);
}
END_TEST

UNIT_MAIN("rules/random", evaluation_is_total,
	  any_bytes_are_refused_or_compiled)
