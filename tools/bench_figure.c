#include "tools/bench_figure.h"

#include "base/json_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double read_clock(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

double bench_now(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

double bench_cpu(void)
{
	return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

static int by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

void bench_sort(double *v, size_t nr)
{
	qsort(v, nr, sizeof(*v), by_size);
}

struct timing timing_of(double *seconds, size_t nr)
{
	bench_sort(seconds, nr);
	return (struct timing){ seconds[0], seconds[nr / 2], seconds[nr - 1] };
}

struct timing bench_time(double (*once)(void *arg), void *arg, int64_t ms)
{
	double seconds[REPETITIONS];

	(void)once(arg);
	for (int i = 0; i < REPETITIONS; i++) {
		double units = 0, from = bench_cpu(), now;

		do {
			units += once(arg);
			now = bench_cpu();
		} while (now - from < (double)ms * 1e-3);
		seconds[i] = (now - from) / units;
	}
	return timing_of(seconds, REPETITIONS);
}

static double value_of(const struct figure *f, double seconds)
{
	return f->per_second > 0 ? f->per_second / seconds : f->each * seconds;
}

double figure_value(const struct figure *f)
{
	return value_of(f, f->timing.median);
}

/* A number of six digits. */
static void put_value(struct json *j, const char *key, double v)
{
	char text[32];
	int n = snprintf(text, sizeof(text), "%.6g", v);

	json_raw(j, key, (struct str){ text, (size_t)n });
}

/* The same, but null for 0, which stands for "none". */
static void put_number(struct json *j, const char *key, double v)
{
	if (v > 0)
		put_value(j, key, v);
	else
		json_null(j, key);
}

void figure_print(const struct figure *f)
{
	double x = value_of(f, f->timing.shortest), value = figure_value(f);
	double y = value_of(f, f->timing.longest);
	double against = f->limit > 0 ? f->limit : f->peer;
	struct buf line = { 0 };
	struct json j;

	json_init(&j, &line);
	json_open(&j, NULL, '{');
	json_z(&j, "figure", f->name);
	put_value(&j, "value", value);
	json_z(&j, "unit", f->unit);
	put_value(&j, "min", x < y ? x : y);
	put_value(&j, "max", x < y ? y : x);
	put_number(&j, "limit", f->limit);
	put_number(&j, "peer", f->peer);
	put_number(&j, "ratio", against > 0 ? value / against : 0);
	json_z(&j, "of", f->of);
	json_close(&j, '}');
	buf_byte(&line, '\n');
	fwrite(line.data, 1, line.len, stdout);
	fflush(stdout);
	buf_release(&line);
}
