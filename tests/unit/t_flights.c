/*
 * The flights a worker keeps: bounded in bytes between batches, those used
 * longest ago go first, one with a pending state never.
 */
#include "engine/flights.h"
#include "tests/unit/unit.h"

#include <stdlib.h>

/* A flight of so many bytes, used after all that are there. */
static struct flight_entry *put(struct flights *f, size_t bytes)
{
	struct flight_entry *n = calloc(1, sizeof(*n));
	struct flight_key key = { .text = "X9" };

	ck_assert_ptr_nonnull(n);
	flight_state_init(&n->committed, &key);
	(void)arena_room(&n->committed.arena, bytes);
	n->used = ++f->clock;
	if (!f->entry)
		f->entry = calloc(FLIGHTS_KEPT, sizeof(*f->entry));
	ck_assert_ptr_nonnull(f->entry);
	f->entry[f->nr++] = n;
	return n;
}

static bool is_there(const struct flights *f, const struct flight_entry *n)
{
	for (uint32_t i = 0; i < f->nr; i++)
		if (f->entry[i] == n)
			return true;
	return false;
}

START_TEST(bytes_are_bounded)
{
	enum { PART = FLIGHTS_BYTES / 8 };
	struct flights f = { 0 };
	struct flight_entry *first, *n[8];
	struct flight_key key = { .text = "X9" };

	first = put(&f, PART);
	for (int i = 0; i < 6; i++)
		n[i] = put(&f, PART);
	flights_commit(&f); /* seven eighths: all stay */
	ck_assert_uint_eq(f.nr, 7);
	(void)put(&f, PART);
	flights_commit(&f); /* just as much as may be */
	ck_assert_uint_eq(f.nr, 8);
	n[6] = f.entry[7];
	(void)arena_room(&n[6]->committed.arena, 16);
	flights_commit(&f); /* and a little more */
	ck_assert_uint_eq(f.nr, 7);
	ck_assert(!is_there(&f, first));
	for (int i = 0; i < 7; i++)
		ck_assert(is_there(&f, n[i]));

	/* one that became large by this batch's messages stays: it is the newest */
	n[7] = put(&f, 16);
	flight_state_init(&n[7]->pending, &key);
	(void)arena_room(&n[7]->pending.arena, 6 * PART);
	n[7]->has_pending = true;
	flights_commit(&f);
	ck_assert(is_there(&f, n[7]));
	ck_assert_int_eq(n[7]->version, 1);
	ck_assert_uint_eq(f.nr, 2);
	ck_assert(is_there(&f, n[6]));
	flights_release(&f);
}
END_TEST

START_TEST(one_that_is_too_large_alone_goes)
{
	struct flights f = { 0 };

	put(&f, FLIGHTS_BYTES + 1);
	flights_commit(&f);
	ck_assert_uint_eq(f.nr, 0);
	flights_release(&f);
}
END_TEST

UNIT_MAIN("engine/flights", bytes_are_bounded, one_that_is_too_large_alone_goes)
