#include "engine/histogram.h"

const int64_t histogram_bound[HISTOGRAM_BUCKETS] = {
#define HISTOGRAM_BOUND(us) us,
	HISTOGRAM_BOUNDS(HISTOGRAM_BOUND)
#undef HISTOGRAM_BOUND
};

void histogram_add(struct histogram *h, int64_t us)
{
	int i = 0;

	if (us < 0)
		us = 0;
	while (i < HISTOGRAM_BUCKETS && us > histogram_bound[i])
		i++;
	if (i < HISTOGRAM_BUCKETS)
		atomic_fetch_add_explicit(&h->bucket[i], 1,
					  memory_order_relaxed);
	atomic_fetch_add_explicit(&h->count, 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&h->sum_us, us, memory_order_relaxed);
}
