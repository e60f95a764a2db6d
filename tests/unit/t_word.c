/*
 * Words: what is told of eight bytes at once is what each of them says.
 */
#include "base/word.h"
#include "tests/unit/unit.h"

#include <stdio.h>

static uint64_t plain_load(const char *p, size_t len)
{
	uint64_t v = 0;

	for (size_t i = 0; i < len; i++)
		v |= (uint64_t)(uint8_t)p[i] << 8 * i;
	return v;
}

/* Every byte at every place of a text of every length. */
START_TEST(words_are_their_bytes)
{
	for (size_t len = 1; len <= WORD_MAX; len++)
		for (size_t at = 0; at < len; at++)
			for (int c = 0; c < 256; c++) {
				char s[] = "aZ09+z@[", up[WORD_MAX + 1] = "";
				struct str text = { s, len };
				bool capitals = true;
				uint64_t v;

				s[at] = (char)c;
				v = word_load(s, len);
				ck_assert_uint_eq(v, plain_load(s, len));
				ck_assert_uint_eq(word_of(text), c ? v : 0);
				for (size_t i = 0; i < len; i++) {
					up[i] = (char)(s[i] >= 'a' && s[i] <= 'z'
							       ? s[i] - 32
							       : s[i]);
					capitals &=
						up[i] >= 'A' && up[i] <= 'Z';
				}
				ck_assert_uint_eq(word_upper(v),
						  plain_load(up, len));
				ck_assert_int_eq(word_is_all(word_upper(v), len,
							     'A', 'Z'),
						 capitals);
			}
}
END_TEST

START_TEST(longer_and_empty_ones_are_none)
{
	ck_assert_uint_eq(word_of(STR("")), 0);
	ck_assert_uint_eq(word_of(STR_NONE), 0);
	ck_assert_uint_eq(word_of(STR("123456789")), 0);
	ck_assert_uint_ne(word_of(STR("12345678")), 0);
}
END_TEST

START_TEST(constants_are_as_texts)
{
	ck_assert_uint_eq(WORD(""), 0);
	ck_assert_uint_eq(WORD("J"), word_of(STR("J")));
	ck_assert_uint_eq(WORD("DOCS"), word_of(STR("DOCS")));
	ck_assert_uint_eq(WORD("SHEIKH"), word_of(STR("SHEIKH")));
	ck_assert_uint_eq(WORD("WILLIAMS"), word_of(STR("WILLIAMS")));
}
END_TEST

START_TEST(pairs_of_digits)
{
	for (int n = 0; n < 10000; n++) {
		char s[24]; /* room for any two int */
		uint64_t v;

		snprintf(s, sizeof(s), "%04d%04d", n, 9999 - n);
		v = word_pairs(word_load(s, 8));
		ck_assert_int_eq((int)(v & 0xff), n / 100);
		ck_assert_int_eq((int)(v >> 16 & 0xff), n % 100);
		ck_assert_int_eq((int)(v >> 32 & 0xff), (9999 - n) / 100);
		ck_assert_int_eq((int)(v >> 48 & 0xff), (9999 - n) % 100);
	}
}
END_TEST

UNIT_MAIN("word", words_are_their_bytes, longer_and_empty_ones_are_none,
	  constants_are_as_texts, pairs_of_digits)
