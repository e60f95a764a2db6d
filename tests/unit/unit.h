/*
 * unit.h - one Check program per module
 *
 * A test file defines its tests and ends with
 *
 *	UNIT_MAIN("str", test_one, test_two)
 *
 * The program's exit code is 0 when all passed; Check prints the closing line
 * that tests/check.sh counts. Give the name of the thing tested.
 */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

#include "base/str.h"

#include <check.h>
#include <stdlib.h>

enum { UNIT_SECONDS = 60 };

static inline int unit_run(const char *name, const TTest *const *test,
			   size_t nr)
{
	Suite *s = suite_create(name);
	TCase *tc = tcase_create(name);
	SRunner *r;
	int failed;

	tcase_set_timeout(tc, UNIT_SECONDS);
	for (size_t i = 0; i < nr; i++)
		tcase_add_test(tc, test[i]);
	suite_add_tcase(s, tc);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define UNIT_MAIN(name, ...)                                   \
	int main(void)                                         \
	{                                                      \
		const TTest *const test[] = { __VA_ARGS__ };   \
                                                               \
		return unit_run(name, test, ARRAY_SIZE(test)); \
	}

/* A view equals a C string. */
#define ck_str_is(view, z)                                                     \
	do {                                                                   \
		struct str ck_v = (view);                                      \
		ck_assert_msg(str_eq(ck_v, str_of(z)), "got '%.*s', not '%s'", \
			      STR_ARG(ck_v), (z));                             \
	} while (0)

#endif
