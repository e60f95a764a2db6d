/*
 * What fuzzing found holds now, and what it grows from does: the properties of
 * tests/fuzz/properties.h on the inputs of tests/fuzz/corpus/found and on the
 * golden messages. A property that does not hold aborts.
 */
#include "tests/fuzz/properties.h"
#include "tests/unit/unit.h"

#include <glob.h>

static size_t check_files(const char *pattern)
{
	glob_t g;
	size_t nr;

	ck_assert_int_eq(glob(pattern, 0, NULL, &g), 0);
	nr = g.gl_pathc;
	for (size_t i = 0; i < nr; i++) {
		struct buf b = { 0 };
		struct err e = { 0 };

		ck_assert(!buf_read_file(&b, g.gl_pathv[i], 0, &e));
		check_payload(buf_view(&b), STR(""));
		buf_release(&b);
	}
	globfree(&g);
	return nr;
}

START_TEST(findings_hold)
{
	ck_assert_uint_gt(check_files("tests/fuzz/corpus/found/*"), 8);
}
END_TEST

START_TEST(golden_messages_hold)
{
	ck_assert_uint_gt(check_files("tests/golden/*.edi"), 60);
	ck_assert_uint_gt(check_files("tests/golden/refused/*.edi"), 0);
}
END_TEST

UNIT_MAIN("fuzz_found", findings_hold, golden_messages_hold)
