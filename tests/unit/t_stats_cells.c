/*
 * t_stats_cells.c - small numbers are not told, nor can they be worked out
 */
#include "tests/unit/unit.h"
#include "tools/stats_cells.h"

#include <stdio.h>

static struct arena arena;

/* Figures of quarantined by code, as "sum part part ..."; hidden ones '-'. */
static const char *shown(const int64_t *n, uint32_t nr)
{
	static char text[200];
	static const char *const code[] = { "a", "b", "c", "d" };
	struct statistic s[4];
	struct stats_cell *c;
	uint32_t cells;
	int at = 0;

	for (uint32_t i = 0; i < nr; i++)
		s[i] = (struct statistic){ STR("quarantined"), str_of(code[i]),
					   n[i] };
	stats_cells(&c, &cells, s, nr, &arena);
	*text = '\0';
	for (uint32_t i = 0; i < cells; i++) {
		if (!str_eq(c[i].figure, STR("quarantined")))
			continue;
		if (c[i].hidden)
			at += snprintf(text + at, 30, "- ");
		else
			at += snprintf(text + at, 30, "%lld ",
				       (long long)c[i].n);
	}
	return text;
}

START_TEST(small_cells)
{
	static const struct {
		int64_t n[4];
		uint32_t nr;
		const char *shown;
	} row[] = {
		{ { 0 }, 0, "0 " },
		{ { 9 }, 1, "- - " },
		{ { 10 }, 1, "10 10 " },
		{ { 1, 1 }, 2, "- - - " },
		{ { 10, 11 }, 2, "21 10 11 " },
		{ { 9, 11 }, 2, "20 - - " },
		{ { 9, 30, 20 }, 3, "59 - 30 - " },
		{ { 9, 30, 9 }, 3, "48 - 30 - " },
		{ { 9, 30, 0 }, 3, "39 - - 0 " },
		{ { 5, 5 }, 2, "10 - - " },
	};

	for (size_t i = 0; i < ARRAY_SIZE(row); i++)
		ck_assert_str_eq(shown(row[i].n, row[i].nr), row[i].shown);
}
END_TEST

/* Art. 20 comes first, and is there when nothing came. */
START_TEST(order)
{
	struct stats_cell *c;
	uint32_t nr;

	stats_cells(&c, &nr, NULL, 0, &arena);
	ck_str_is(c[0].figure, "traveller.collected");
	ck_str_is(c[1].figure, "traveller.exchanged");
	ck_str_is(c[2].figure, "traveller.identified");
	for (uint32_t i = 0; i < nr; i++)
		ck_assert(c[i].n == 0 && !c[i].hidden && *c[i].definition);
}
END_TEST

UNIT_MAIN("stats cells", small_cells, order)
