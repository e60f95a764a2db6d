#include "tools/stats_cells.h"

static const struct {
	const char *figure;
	bool per_source;
	const char *definition;
} stats[] = {
#define STAT(figure, per, definition) { figure, per, definition },
#include "tools/stats.def"
};

int64_t stats_sum(const struct statistic *s, uint32_t nr, struct str figure)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < nr; i++)
		if (str_eq(s[i].figure, figure))
			sum += s[i].n;
	return sum;
}

static bool is_small(int64_t n)
{
	return n > 0 && n < STATS_K;
}

/* The least of what is told and is not nothing; NULL: there is none. */
static struct stats_cell *least_told(struct stats_cell *c, uint32_t nr)
{
	struct stats_cell *least = NULL;

	for (uint32_t i = 0; i < nr; i++)
		if (!c[i].hidden && c[i].n && (!least || c[i].n < least->n))
			least = &c[i];
	return least;
}

/*
 * A sum and its parts. One part hidden alone is the sum less the others: hide
 * another, or the sum.
 */
static void hide(struct stats_cell *sum, struct stats_cell *part, uint32_t nr)
{
	uint32_t hidden = 0;

	sum->hidden = is_small(sum->n);
	for (uint32_t i = 0; i < nr; i++) {
		part[i].hidden = is_small(part[i].n);
		hidden += part[i].hidden;
	}
	if (hidden == 1 && !sum->hidden) {
		struct stats_cell *least = least_told(part, nr);

		if (least)
			least->hidden = true;
		else
			sum->hidden = true;
	}
}

void stats_cells(struct stats_cell **out, uint32_t *nr,
		 const struct statistic *s, uint32_t nr_s, struct arena *a)
{
	struct stats_cell *c =
		arena_alloc(a, (nr_s + ARRAY_SIZE(stats)) * sizeof(*c));
	uint32_t n = 0;

	for (size_t k = 0; k < ARRAY_SIZE(stats); k++) {
		struct str figure = str_of(stats[k].figure);
		uint32_t sum = n;

		c[n++] = (struct stats_cell){ figure, STR(""),
					      stats[k].definition,
					      stats_sum(s, nr_s, figure),
					      false };
		for (uint32_t i = 0; i < nr_s && stats[k].per_source; i++)
			if (str_eq(s[i].figure, figure))
				c[n++] = (struct stats_cell){
					figure, s[i].source,
					stats[k].definition, s[i].n, false
				};
		hide(&c[sum], &c[sum + 1], n - sum - 1);
	}
	*out = c;
	*nr = n;
}
