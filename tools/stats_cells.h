/*
 * stats_cells.h - a year's figures as cells fit to be published
 *
 * A cell of 1 to STATS_K - 1 is not told, since few can be recognised; nor is a
 * second one of the same figure where the sum would give the first away.
 *
 * Pure. Lifetime: in the arena given; texts are borrowed.
 */
#ifndef TOOLS_STATS_CELLS_H
#define TOOLS_STATS_CELLS_H

#include "db/statistics.h"

enum { STATS_K = 10 };

struct stats_cell {
	struct str figure, source; /* source "": the figure's sum */
	const char *definition;	   /* of tools/stats.def */
	int64_t n;
	bool hidden;
};

/*
 * The figures of stats.def in their order, each with its sum first and, where
 * it has sources, a cell for each of them.
 */
void stats_cells(struct stats_cell **out, uint32_t *nr,
		 const struct statistic *s, uint32_t nr_s, struct arena *a);

/* The sum of a figure, whether it is told or not. */
int64_t stats_sum(const struct statistic *s, uint32_t nr, struct str figure);

#endif
