/*
 * t_parse_cost.c - what parsing takes: no malloc() once an arena has its
 * blocks, and memory and time that grow as the message does
 */
#include "engine/intake.h"
#include "tests/unit/unit.h"

#include "base/buf.h"

#include <string.h>
#include <time.h>

static uint64_t mallocs;

#if !defined(__SANITIZE_ADDRESS__)
/* glibc's own, under its other name: calls of anything linked here count. */
extern void *__libc_malloc(size_t size);
void *malloc(size_t size)
{
	mallocs++;
	return __libc_malloc(size);
}
#endif

static struct buf read_file(const char *path)
{
	struct buf b = { 0 };
	struct err e = { 0 };

	ck_assert_msg(buf_read_file(&b, path, 0, &e) == 0, "%s", e.text);
	return b;
}

static void parse(struct str in, struct payload *p, struct arena *a)
{
	struct err e = { 0 };

	ck_assert_msg(payload_parse(p, in, &PARSE_LIMITS_DEFAULT, a, &e) == 0,
		      "%s", e.text);
}

/* `nr` times the bookings of a message, in one message. */
static struct buf repeated(const char *path, uint32_t nr)
{
	struct buf in = read_file(path), out = { 0 };
	struct arena a = { 0 };
	struct payload p;
	const struct span *s;
	size_t from, to;

	parse(buf_view(&in), &p, &a);
	s = p.parsed[0].slice;
	ck_assert_uint_ge(p.parsed[0].nr_slice, 1);
	from = s[0].pos;
	to = (size_t)s[p.parsed[0].nr_slice - 1].pos +
	     s[p.parsed[0].nr_slice - 1].len;
	buf_str(&out, str_slice(p.bytes, 0, from));
	for (uint32_t i = 0; i < nr; i++)
		buf_str(&out, str_slice(p.bytes, from, to));
	buf_str(&out, str_slice(p.bytes, to, p.bytes.len));
	arena_release(&a);
	buf_release(&in);
	return out;
}

static const char *const files[] = { "tests/golden/pnrgov-14.edi",
				     "tests/golden/paxlst-combined.edi" };

/* Both ways through; the failures. Nothing of Check's is called in it. */
static int both(struct str in, struct arena *a)
{
	struct payload p;
	struct intake taken;
	struct err e = { 0 };
	int bad;

	arena_clear(a);
	bad = payload_parse(&p, in, &PARSE_LIMITS_DEFAULT, a, &e) != 0;
	arena_clear(a);
	bad += intake_read(&taken, in, &PARSE_LIMITS_DEFAULT, a, &e) != 0;
	return bad;
}

START_TEST(a_second_message_takes_no_memory)
{
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		struct buf in = repeated(files[i], 200);
		struct arena a = { 0 };
		uint64_t blocks, calls;
		int bad = both(buf_view(&in), &a);

		blocks = a.mallocs;
		calls = mallocs;
		for (int n = 0; n < 3; n++)
			bad += both(buf_view(&in), &a);
		calls = mallocs - calls;
		ck_assert_int_eq(bad, 0);
		ck_assert_uint_gt(blocks, 0);
		ck_assert_uint_eq(calls, 0);
		ck_assert_uint_eq(a.mallocs - blocks, 0);
		arena_release(&a);
		buf_release(&in);
	}
}
END_TEST

/* Arrays double, so up to twice as much for the same byte. */
START_TEST(memory_grows_as_the_message_does)
{
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		double each[2] = { 0, 0 };

		for (int big = 0; big < 2; big++) {
			struct buf in = repeated(files[i], big ? 800 : 50);
			struct arena a = { 0 };
			struct payload p;

			parse(buf_view(&in), &p, &a);
			each[big] = (double)arena_used(&a) / (double)in.len;
			arena_release(&a);
			buf_release(&in);
		}
		ck_assert_msg(each[1] < 2.2 * each[0], "%s: %.1f, %.1f bytes",
			      files[i], each[0], each[1]);
	}
}
END_TEST

/* Seconds of this thread for a byte; the least of several. */
static double cost(struct str in)
{
	struct arena a = { 0 };
	double least = 1;

	for (int n = 0; n < 5; n++) {
		struct timespec from, to;
		struct payload p;
		double seconds;

		arena_clear(&a);
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
		parse(in, &p, &a);
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
		seconds = (double)(to.tv_sec - from.tv_sec) +
			  (double)(to.tv_nsec - from.tv_nsec) * 1e-9;
		if (seconds < least)
			least = seconds;
	}
	arena_release(&a);
	return least / (double)in.len;
}

/* 40 times the bookings: what grew with their square would be 40 times dear. */
START_TEST(time_grows_as_the_message_does)
{
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		struct buf small = repeated(files[i], 20);
		struct buf big = repeated(files[i], 800);
		double a = cost(buf_view(&small)), b = cost(buf_view(&big));

		ck_assert_msg(b < 5 * a, "%s: %.1f ns a byte, then %.1f",
			      files[i], a * 1e9, b * 1e9);
		buf_release(&small);
		buf_release(&big);
	}
}
END_TEST

UNIT_MAIN("parse_cost", a_second_message_takes_no_memory,
	  memory_grows_as_the_message_does, time_grows_as_the_message_does)
