/*
 * bench_figure.h - times a piece of work and prints what came out
 *
 *	static double parse_all(void *arg);	does it, returns the bytes
 *
 *	struct timing t = bench_time(parse_all, &job, bench->ms);
 *	figure_print(&(struct figure){ .name = "parse.pnrgov", .unit = "MB/s",
 *				       .per_second = 1e-6, .timing = t });
 *
 * Five repetitions: the median is the figure, the extremes stand beside it.
 * Nothing here is a constant somebody wrote down: what is compared with is
 * measured in the same run.
 */
#ifndef TOOLS_BENCH_FIGURE_H
#define TOOLS_BENCH_FIGURE_H

#include <stddef.h>
#include <stdint.h>

enum { REPETITIONS = 5 };

/* Seconds for one unit of work. */
struct timing {
	double shortest, median, longest;
};

/* Seconds on the monotonic clock. */
double bench_now(void);

/*
 * Seconds this thread has worked: what other processes do to the machine in
 * the meantime is left out.
 */
double bench_cpu(void);

/*
 * Call `once` again and again, at least `ms` milliseconds of bench_cpu() in
 * each repetition, after one call that does not count. It returns how many
 * units of work (bytes, travellers) it has done; more than 0.
 */
struct timing bench_time(double (*once)(void *arg), void *arg, int64_t ms);

/* Smallest first. */
void bench_sort(double *v, size_t nr);

/* The same from `nr` times taken elsewhere; sorts them. */
struct timing timing_of(double *seconds, size_t nr);

/*
 * One of `per_second` (units a second, in thousands with 1e-3) and `each`
 * (time for one unit, in us with 1e6) is set. `limit` and `peer` are in the
 * figure's unit, 0: none. `limit`: what the machine does when it does nothing
 * else; `peer`: the same work done another way. `ratio` is the figure over the
 * limit, or over the peer where there is no limit.
 */
struct figure {
	const char *name, *unit;
	double per_second, each;
	struct timing timing;
	double limit, peer;
	const char *of; /* what it was measured on, for people */
};

/* The value as it will be printed. */
double figure_value(const struct figure *f);

/* Print it as a line of JSON on standard output. */
void figure_print(const struct figure *f);

#endif
