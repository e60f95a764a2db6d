/*
 * Claims on the structure of a segment: many bytes at a time is as its plain
 * twin, wherever the segment stands and whatever is in it.
 */
#include "base/buf.h"
#include "parsers/structure.h"
#include "tests/unit/unit.h"

#include <glob.h>
#include <string.h>

static struct arena arena;

/* Both ways through all segments from byte `pos` on. */
static void compare(struct str in, size_t pos, const char *name)
{
	struct edi_syntax syntax = EDI_SYNTAX_DEFAULT;
	struct claims fast, plain;
	struct edi_reader r;
	struct walk w = { .arena = &arena, .in = in, .syntax = syntax };

	claims_init(&fast, &arena, in.len);
	claims_init(&plain, &arena, in.len);
	edi_init(&r, in, pos, &syntax, &arena);
	while (edi_next(&r, &w.seg)) {
		w.claims = &fast;
		if (!structure_claim(&w, &r))
			walk_claim_structure(&w, &r);
		w.claims = &plain;
		walk_claim_structure(&w, &r);
	}
	ck_assert_uint_eq(fast.nr_segment, plain.nr_segment);
	ck_assert_msg(fast.nr_segment == 0 ||
			      !memcmp(fast.segment, plain.segment,
				      fast.nr_segment * sizeof(*fast.segment)),
		      "%s: segments differ", name);
	for (size_t i = 0; i < in.len; i++)
		ck_assert_msg(claims_kept(&fast, i) == claims_kept(&plain, i),
			      "%s, byte %zu", name, i);
}

/* Each byte of the text at each place of a word, and the end behind it. */
START_TEST(wherever_it_stands)
{
	enum { WORD = 64 };
	static const char text[] =
		"NAD+FL+++DOE:JANE'A'CNT'FTX+BAG+++X9123456:2'TVL+:::'"
		"SSR+DOCS:HK:1:X9:::::/P/UTO/X1234567/UTO/12JUL64/M/01JAN30/"
		"DOETEST/JOHN'IFT+4:28+A ?+B+C'\r\nRCI+X9:QZ7\nTST'LTS'"
		"xyz+1'RCI+X9:QZ7TST'TIF+DOE+JOHN:A:1";

	for (size_t before = 0; before < WORD; before++)
		for (size_t behind = 0; behind <= WORD; behind += 21) {
			struct buf b = { 0 };
			buf_fmt(&b, "%*s%s%*s", (int)before, "", text,
				(int)behind, "");
			compare(buf_view(&b), before, "text");
			buf_release(&b);
			arena_clear(&arena);
		}
}
END_TEST

START_TEST(all_golden_messages)
{
	struct buf text = { 0 };
	struct err e = { 0 };
	glob_t g;

	ck_assert_int_eq(glob("tests/golden/*.edi", 0, NULL, &g), 0);
	for (size_t i = 0; i < g.gl_pathc; i++) {
		buf_clear(&text);
		ck_assert_int_eq(buf_read_file(&text, g.gl_pathv[i], 0, &e), 0);
		compare(buf_view(&text), 0, g.gl_pathv[i]);
		arena_clear(&arena);
	}
	globfree(&g);
	buf_release(&text);
}
END_TEST

UNIT_MAIN("structure", wherever_it_stands, all_golden_messages)
