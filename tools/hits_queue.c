#include "tools/hits_queue.h"

#include <stdlib.h>

/* To come, without a time, arrived. */
static int group(const struct hits_place *p)
{
	return p->arrived ? 2 : moment_is_set(p->until) ? 0 : 1;
}

static int by_time_left(const void *x, const void *y)
{
	const struct hits_place *a = x, *b = y;
	int by_group = group(a) - group(b);
	int by_time = (a->until.s > b->until.s) - (a->until.s < b->until.s);

	if (by_group)
		return by_group;
	if (group(a) == 2)
		by_time = -by_time;
	if (group(a) != 1 && by_time)
		return by_time;
	/* qsort() keeps no order: they stand in one array */
	return (a->waiting > b->waiting) - (a->waiting < b->waiting);
}

uint32_t hits_queue_sort(struct hits_place *place, uint32_t nr,
			 struct moment now, int64_t hit_s, int64_t reviewers)
{
	uint32_t late = 0;

	for (uint32_t i = 0; i < nr; i++)
		place[i].arrived = moment_is_set(place[i].until) &&
				   place[i].until.s <= now.s;
	qsort(place, nr, sizeof(*place), by_time_left);
	for (uint32_t i = 0; i < nr; i++) {
		int64_t turns = (int64_t)i / reviewers + 1;

		place[i].reached = !place[i].arrived &&
				   (!moment_is_set(place[i].until) ||
				    now.s + turns * hit_s <= place[i].until.s);
		late += !place[i].reached && !place[i].arrived;
	}
	return late;
}
