#include "engine/quarantine.h"
#include "tests/unit/unit.h"

START_TEST(tags_and_separators_stay_and_nothing_else)
{
	static const struct {
		const char *in, *out;
	} row[] = {
		{ "NAD+FL+++DOETEST:JANE'DTM+329:820417'",
		  "NAD+xx+++xxxxxxx:xxxx'DTM+999:999999'" },
		{ "TIF+ADD+REF:A'", "TIF+xxx+xxx:x'" },
		{ "\x01QU PIUXX\r\nUNB+UNOA:4", ".xx xxxxx\r\nUNB+xxxx:9" },
		{ "UNBX+", "xxxx+" },
		{ "ALI YY\xc3\x89", "xxx xxxx" },
		{ "UN", "xx" },
		{ "", "" },
	};
	struct arena a = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(row); i++)
		ck_str_is(quarantine_skeleton(str_of(row[i].in), &a),
			  row[i].out);
	arena_release(&a);
}
END_TEST

START_TEST(a_long_payload_is_cut)
{
	struct arena a = { 0 };
	char *big = calloc(1, SKELETON_BYTES + 2);
	size_t len[] = { SKELETON_BYTES - 1, SKELETON_BYTES,
			 SKELETON_BYTES + 1 };

	for (size_t i = 0; i < ARRAY_SIZE(len); i++) {
		struct str s =
			quarantine_skeleton((struct str){ big, len[i] }, &a);

		ck_assert_uint_eq(s.len, len[i] > SKELETON_BYTES
						 ? SKELETON_BYTES
						 : len[i]);
	}
	free(big);
	arena_release(&a);
}
END_TEST

UNIT_MAIN("quarantine", tags_and_separators_stay_and_nothing_else,
	  a_long_payload_is_cut)
