/*
 * histogram.h - how often something took how long
 *
 * Fixed bounds in microseconds, counts that only grow: what a dashboard makes
 * quantiles of. Threads: any may add, any may read.
 */
#ifndef ENGINE_HISTOGRAM_H
#define ENGINE_HISTOGRAM_H

#include <stdatomic.h>
#include <stdint.h>

/* Upper bounds, us, each included; longer ones are in none of these. */
#define HISTOGRAM_BOUNDS(X) \
	X(1000)             \
	X(2500)             \
	X(5000)             \
	X(10000)            \
	X(25000)            \
	X(50000)            \
	X(100000)           \
	X(250000)           \
	X(500000)           \
	X(1000000)          \
	X(2500000)          \
	X(10000000)         \
	X(60000000)

enum {
#define HISTOGRAM_ONE(us) +1
	HISTOGRAM_BUCKETS = HISTOGRAM_BOUNDS(HISTOGRAM_ONE),
#undef HISTOGRAM_ONE
};

extern const int64_t histogram_bound[HISTOGRAM_BUCKETS];

struct histogram {
	_Atomic int64_t bucket[HISTOGRAM_BUCKETS]; /* each by itself */
	_Atomic int64_t count, sum_us;
};

/* Count one that took `us`; less than nothing counts as nothing. */
void histogram_add(struct histogram *h, int64_t us);

#endif
