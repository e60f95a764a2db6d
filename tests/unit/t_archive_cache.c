/*
 * t_archive_cache.c - a slice of a message in hand says what it would say if
 * it were parsed by itself; all messages of tests/golden
 */
#include "base/buf.h"
#include "engine/archive.h"
#include "engine/intake.h"
#include "parsers/record_json.h"
#include "tests/unit/unit.h"

#include <glob.h>
#include <string.h>

static struct arena arena;

static struct str json_of(const struct message *m)
{
	struct buf b = { 0 };
	struct json j;
	struct str out;

	json_init(&j, &b);
	record_write_json(&j, NULL, "message", m);
	out = arena_str(&arena, buf_view(&b));
	buf_release(&b);
	return out;
}

/* How often a slice was taken from the message it is part of. */
static uint32_t taken;

static void check_slice(struct archive_cache *c,
			const struct archived_message *am, uint32_t slice,
			const void *record, const char *path)
{
	const struct archived *s = &am->slice[slice];
	struct archive_ref ref = { am->header.bytes, s->bytes, am->header.hash,
				   s->hash };
	const struct parsed *got, *again;
	struct parsed want;
	struct err e = { 0 };
	struct str have;

	ck_assert_msg(!archive_parse(&want, ref.header, ref.slice, &arena, &e),
		      "%s: %s", path, e.text);
	ck_assert(!archive_parse_once(&got, c, &ref, &arena, &e));
	ck_assert(!archive_parse_once(&again, c, &ref, &arena, &e));
	ck_assert_ptr_eq(got, again);
	have = json_of(&got->message);
	ck_assert_msg(str_eq(have, json_of(&want.message)),
		      "%s, slice %u: %.*s", path, slice, STR_ARG(have));
	taken += got->message.bookings == record ||
		 got->message.travellers == record;
}

static void check_message(struct str archive, const struct parsed *p,
			  const char *path)
{
	const struct message *m = &p->message;
	struct archive_cache cache = { .nr = 0 };
	struct archived_message am;

	archive_message(&am, archive, p, &arena);
	archive_seed(&cache, &am, p, &arena);
	for (uint32_t i = 0; i < m->nr_bookings; i++)
		check_slice(&cache, &am, m->bookings[i].slice, &m->bookings[i],
			    path);
	for (uint32_t i = 0; i < m->nr_travellers; i++)
		check_slice(&cache, &am, m->travellers[i].slice,
			    &m->travellers[i], path);
}

START_TEST(slices_say_what_they_say_alone)
{
	struct parse_limits limits = PARSE_LIMITS_DEFAULT;
	glob_t g;

	ck_assert_int_eq(glob("tests/golden/*.edi", 0, NULL, &g), 0);
	for (size_t i = 0; i < g.gl_pathc; i++) {
		struct buf b = { 0 };
		struct err e = { 0 };
		struct intake in;

		arena_clear(&arena);
		ck_assert(!buf_read_file(&b, g.gl_pathv[i], 0, &e));
		if (!intake_read(&in, buf_view(&b), &limits, &arena, &e))
			for (uint32_t k = 0; k < in.payload.nr_parsed; k++)
				if (!in.payload.parsed[k].error.code)
					check_message(in.archive,
						      &in.payload.parsed[k],
						      g.gl_pathv[i]);
		buf_release(&b);
	}
	/* all but the first slice of each message */
	ck_assert_uint_gt(taken, g.gl_pathc / 2);
	globfree(&g);
	arena_release(&arena);
}
END_TEST

/* Hashes nobody knows, or another message's: the bytes are parsed. */
START_TEST(strangers_are_parsed)
{
	struct parse_limits limits = PARSE_LIMITS_DEFAULT;
	uint8_t other[CRYPT_HASH_LEN] = { 1 };
	struct archive_cache cache = { .nr = 0 };
	struct archived_message am;
	const struct parsed *p;
	struct archive_ref ref;
	struct buf b = { 0 };
	struct err e = { 0 };
	struct intake in;

	ck_assert(!buf_read_file(&b, "tests/golden/pnrgov-14.edi", 0, &e));
	ck_assert(!intake_read(&in, buf_view(&b), &limits, &arena, &e));
	archive_message(&am, in.archive, in.payload.parsed, &arena);
	archive_seed(&cache, &am, in.payload.parsed, &arena);
	for (uint32_t i = 0; i < am.nr_slice; i++) {
		ref = (struct archive_ref){ am.header.bytes, am.slice[i].bytes,
					    i ? other : NULL,
					    i ? am.slice[i].hash : NULL };
		ck_assert(!archive_parse_once(&p, &cache, &ref, &arena, &e));
		ck_assert_ptr_ne(p->message.bookings,
				 &in.payload.parsed[0].message.bookings[i]);
	}
	buf_release(&b);
	arena_release(&arena);
}
END_TEST

UNIT_MAIN("archive_cache", slices_say_what_they_say_alone, strangers_are_parsed)
