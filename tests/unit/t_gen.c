/* The generator's dice and writer. They are no library: included as they are */
#include "tools/gen_edifact.c"
#include "tools/gen_rng.c"

#include "tests/unit/unit.h"

#include <string.h>

START_TEST(dice_are_those_of_the_published_generator)
{
	/* xoshiro256**, state 1 2 3 4: first outputs of the reference code */
	static const uint64_t first[] = { 11520u, 0u, 1509978240u,
					  1215971899390074240u };
	struct rng r = { { 1, 2, 3, 4 } };

	for (size_t i = 0; i < ARRAY_SIZE(first); i++)
		ck_assert_uint_eq(rng_next(&r), first[i]);
}
END_TEST

START_TEST(splitmix_is_that_of_the_published_generator)
{
	/* state 1234567: first outputs of the reference code */
	uint64_t state = 1234567;

	ck_assert_uint_eq(splitmix64(&state), 6457827717110365317u);
	ck_assert_uint_eq(splitmix64(&state), 3203168211198807973u);
	ck_assert_uint_eq(splitmix64(&state), 9817491932198370423u);
}
END_TEST

START_TEST(a_seed_repeats_and_streams_differ)
{
	struct rng a, b, c, d;

	rng_seed(&a, 7, 1);
	rng_seed(&b, 7, 1);
	rng_seed(&c, 7, 2);
	rng_seed(&d, 8, 1);
	for (int i = 0; i < 100; i++) {
		uint64_t x = rng_next(&a);

		ck_assert_uint_eq(x, rng_next(&b));
		ck_assert_uint_ne(x, rng_next(&c));
		ck_assert_uint_ne(x, rng_next(&d));
	}
}
END_TEST

START_TEST(throws_reach_both_ends_and_are_even)
{
	int seen[7] = { 0 };
	struct rng r;

	rng_seed(&r, 1, 0);
	for (int i = 0; i < 70000; i++) {
		int x = rng_range(&r, -3, 3);

		ck_assert(x >= -3 && x <= 3);
		seen[x + 3]++;
	}
	for (int i = 0; i < 7; i++)
		ck_assert_msg(seen[i] > 9500 && seen[i] < 10500, "%d: %d", i,
			      seen[i]);
	ck_assert_int_eq(rng_range(&r, 5, 5), 5);
	ck_assert_uint_eq(rng_below(&r, 1), 0);
	ck_assert(!rng_chance(&r, 0));
	ck_assert(rng_chance(&r, 1000));
}
END_TEST

START_TEST(data_is_released_and_syntax_is_not)
{
	static const struct {
		const char *data, *out;
	} cases[] = {
		{ "DOE", "TIF+DOE:A'" },
		{ "O'BRIEN", "TIF+O?'BRIEN:A'" },
		{ "A+B:C?D", "TIF+A?+B?:C??D:A'" },
		{ "'", "TIF+?':A'" },
		{ "", "TIF+:A'" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct buf b = { 0 };
		struct edi_writer w = { &b, "", 0 };

		edi_put(&w, "TIF+%s:A'", cases[i].data);
		ck_str_is(buf_view(&b), cases[i].out);
		ck_assert_int_eq(w.segments, 1);
		buf_release(&b);
	}
}
END_TEST

START_TEST(numbers_are_padded_and_segments_counted)
{
	struct buf b = { 0 };
	struct edi_writer w = { &b, "\r\n", 0 };

	edi_put(&w, "DTM+%d:%02d%02d%02d'CNT+42:%d'", 329, 5, 0, 31, 12345);
	ck_str_is(buf_view(&b), "DTM+329:050031'\r\nCNT+42:12345'\r\n");
	ck_assert_int_eq(w.segments, 2);
	buf_release(&b);
}
END_TEST

START_TEST(teletype_lines_have_at_most_69_characters)
{
	static const size_t len[] = { 0, 1, 68, 69, 70, 138, 139 };
	static const struct type_b env = { "BRUPIXB", "CMNDCX9", 14, 12, 5 };
	char text[139];

	memset(text, 'A', sizeof(text));
	for (size_t i = 0; i < ARRAY_SIZE(len); i++) {
		struct buf b = { 0 };
		struct str rest;
		size_t got = 0;

		type_b_wrap(&b, &env, (struct str){ text, len[i] });
		rest = buf_view(&b);
		ck_str_is(str_split(&rest, '\n'), "QU BRUPIXB\r");
		ck_str_is(str_split(&rest, '\n'), ".CMNDCX9 141205\r");
		while (!str_empty(rest)) {
			struct str line = str_split(&rest, '\n');

			ck_assert_uint_gt(line.len, 1);
			ck_assert_uint_le(line.len, 70);
			ck_assert_int_eq(line.ptr[line.len - 1], '\r');
			got += line.len - 1;
		}
		ck_assert_uint_eq(got, len[i]);
		buf_release(&b);
	}
}
END_TEST

START_TEST(a_failed_buffer_stays_quiet)
{
	struct buf b = { .limit = 8 };
	struct edi_writer w = { &b, "", 0 };

	edi_put(&w, "TIF+%s'", "LONGERTHANEIGHT");
	ck_assert(b.failed);
	buf_release(&b);
}
END_TEST

UNIT_MAIN("gen", dice_are_those_of_the_published_generator,
	  splitmix_is_that_of_the_published_generator,
	  a_seed_repeats_and_streams_differ,
	  throws_reach_both_ends_and_are_even,
	  data_is_released_and_syntax_is_not,
	  numbers_are_padded_and_segments_counted,
	  teletype_lines_have_at_most_69_characters,
	  a_failed_buffer_stays_quiet)
