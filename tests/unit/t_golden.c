/*
 * t_golden.c - messages and what they say; tests/golden/NAME.edi and .json
 *
 * dirt-*.diag holds the diagnostics: byte, severity, code. A
 * message that is refused stands in tests/golden/refused, with NAME.err, the
 * byte and why, for NAME.json. Each other message is read as it stands, without line ends, with what was not
 * claimed blanked (redaction's view), slice by slice, and cut off at every
 * byte. GOLDEN_WRITE=1 in the environment writes the .json files anew.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "parsers/message.h"
#include "parsers/record_json.h"
#include "tests/unit/unit.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>

static struct arena arena;

static struct buf read_file(const char *path)
{
	struct buf b = { 0 };
	struct err e = { 0 };

	ck_assert_msg(buf_read_file(&b, path, 0, &e) == 0, "%s", e.text);
	return b;
}

static struct payload parse(struct str bytes, const char *path)
{
	struct payload p;
	struct err e = { 0 };

	ck_assert_msg(payload_parse(&p, bytes, &PARSE_LIMITS_DEFAULT, &arena,
				    &e) == 0,
		      "%s: %s", path, e.text);
	return p;
}

static void add_record(struct buf *b, const char *record, const void *r)
{
	struct json j;

	json_init(&j, b);
	record_write_json(&j, NULL, record, r);
}

/* All messages, one a line, diagnostics left out. */
static struct buf records(const struct payload *p)
{
	struct buf b = { 0 };

	for (uint32_t i = 0; i < p->nr_parsed; i++) {
		add_record(&b, "message", &p->parsed[i].message);
		buf_byte(&b, '\n');
	}
	return b;
}

/* Shows where they part. */
static void check_same(struct buf got, struct buf want, const char *path,
		       const char *what)
{
	enum { SHOWN = 200 };
	size_t at = 0;

	while (at < got.len && at < want.len && got.data[at] == want.data[at])
		at++;
	at = at > SHOWN / 2 ? at - SHOWN / 2 : 0;
	ck_assert_msg(str_eq(buf_view(&got), buf_view(&want)),
		      "%s, %s: got\n" STR_FMT "\nwanted\n" STR_FMT, path, what,
		      STR_ARG(str_slice(buf_view(&got), at, at + SHOWN)),
		      STR_ARG(str_slice(buf_view(&want), at, at + SHOWN)));
	buf_release(&got);
}

/* What is left when all that nobody claimed is overwritten with blanks. */
static struct str blanked(const struct payload *p)
{
	struct str out = arena_str(&arena, p->bytes);
	char *c = (char *)(uintptr_t)out.ptr;

	for (size_t i = 0; i < out.len; i++)
		if (!claims_kept(&p->claims, i) && c[i] != '\r' && c[i] != '\n')
			c[i] = ' ';
	return out;
}

static struct str without_line_ends(struct str s)
{
	char *to = arena_alloc(&arena, s.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] != '\n' && s.ptr[i] != '\r')
			to[n++] = s.ptr[i];
	return (struct str){ to, n };
}

/* The header slice and slice `i` behind it. */
static struct str slice_of(const struct payload *p, const struct parsed *m,
			   uint32_t i)
{
	struct buf b = { 0 };
	struct str out;

	buf_str(&b, message_head(p->bytes, m, &arena));
	buf_add(&b, p->bytes.ptr + m->slice[i].pos, m->slice[i].len);
	out = arena_str(&arena, buf_view(&b));
	buf_release(&b);
	return out;
}

static void check_slice(const struct payload *p, const struct parsed *m,
			const char *record, const void *r, uint32_t slice,
			const char *path)
{
	struct buf want = { 0 }, got = { 0 };
	struct payload again;

	ck_assert_uint_lt(slice, m->nr_slice);
	again = parse(slice_of(p, m, slice), path);
	ck_assert_uint_eq(again.nr_parsed, 1);
	add_record(&want, record, r);
	if (strcmp(record, "booking") == 0) {
		ck_assert_uint_eq(again.parsed[0].message.nr_bookings, 1);
		add_record(&got, record, again.parsed[0].message.bookings);
	} else {
		ck_assert_uint_eq(again.parsed[0].message.nr_travellers, 1);
		add_record(&got, record, again.parsed[0].message.travellers);
	}
	check_same(got, want, path, "slice");
	buf_release(&want);
}

static void check_slices(const struct payload *p, const char *path)
{
	for (uint32_t i = 0; i < p->nr_parsed; i++) {
		const struct parsed *m = &p->parsed[i];
		const struct message *msg = &m->message;

		for (uint32_t k = 0; k < msg->nr_bookings; k++)
			check_slice(p, m, "booking", &msg->bookings[k],
				    msg->bookings[k].slice, path);
		for (uint32_t k = 0; k < msg->nr_travellers; k++)
			check_slice(p, m, "traveller", &msg->travellers[k],
				    msg->travellers[k].slice, path);
	}
}

/* The diagnostics of all messages, one a line. */
static struct buf diagnostics(const struct payload *p)
{
	struct buf b = { 0 };

	for (uint32_t i = 0; i < p->nr_parsed; i++)
		for (uint32_t k = 0; k < p->parsed[i].nr_diag; k++) {
			const struct diag *d = &p->parsed[i].diag[k];

			buf_fmt(&b, "%u %s %s\n", d->byte,
				severity_name(d->severity), d->code);
		}
	return b;
}

/* NAME.edi's neighbour with another ending. */
static const char *beside(const char *path, const char *ending)
{
	return arena_fmt(&arena, "%.*s.%s", (int)strlen(path) - 4, path, ending)
		.ptr;
}

/* `got` is what the file says; GOLDEN_WRITE makes it so. */
static void check_file(struct buf got, const char *file, const char *path,
		       const char *what)
{
	struct buf want;
	FILE *f;

	if (getenv("GOLDEN_WRITE")) {
		f = fopen(file, "w");
		ck_assert_ptr_nonnull(f);
		fwrite(got.data, 1, got.len, f);
		fclose(f);
	}
	want = read_file(file);
	check_same(got, want, path, what);
	buf_release(&want);
}

/* Refused as a whole, or as messages in which nothing can be read. */
static bool is_refused(struct str bytes, struct buf *why)
{
	struct payload p;
	struct err e = { 0 };

	*why = (struct buf){ 0 };
	if (payload_parse(&p, bytes, &PARSE_LIMITS_DEFAULT, &arena, &e) != 0) {
		buf_fmt(why, "%zu %s\n", e.pos, e.text);
		return true;
	}
	for (uint32_t i = 0; i < p.nr_parsed; i++) {
		if (p.parsed[i].error.code == 0) {
			buf_release(why);
			return false;
		}
		buf_fmt(why, "%zu %s\n", p.parsed[i].error.pos,
			p.parsed[i].error.text);
	}
	return true;
}

static bool is_dirt(const char *path)
{
	return strstr(path, "/dirt-") != NULL;
}

static void check_message(const char *path)
{
	struct buf bytes = read_file(path), want, why;
	struct payload p, again;

	if (is_refused(buf_view(&bytes), &why)) {
		check_file(why, beside(path, "err"), path, "why refused");
		buf_release(&bytes);
		arena_clear(&arena);
		return;
	}
	p = parse(buf_view(&bytes), path);
	check_file(records(&p), beside(path, "json"), path, "as it stands");
	if (is_dirt(path))
		check_file(diagnostics(&p), beside(path, "diag"), path,
			   "diagnostics");
	want = records(&p);
	again = parse(without_line_ends(p.bytes), path);
	check_same(records(&again), want, path, "without line ends");
	again = parse(blanked(&p), path);
	check_same(records(&again), want, path, "what is claimed");
	ck_assert_msg(str_eq(blanked(&again), again.bytes),
		      "%s: blanking is not idempotent", path);
	check_slices(&p, path);
	buf_release(&want);
	buf_release(&bytes);
	arena_clear(&arena);
}

static void for_each_message(void (*check)(const char *path))
{
	glob_t g;

	ck_assert_int_eq(glob("tests/golden/*.edi", 0, NULL, &g), 0);
	ck_assert_int_eq(
		glob("tests/golden/refused/*.edi", GLOB_APPEND, NULL, &g), 0);
	ck_assert_uint_ge(g.gl_pathc, 10);
	for (size_t i = 0; i < g.gl_pathc; i++)
		check(g.gl_pathv[i]);
	globfree(&g);
}

START_TEST(messages_say_what_they_say)
{
	for_each_message(check_message);
}
END_TEST

/* A copy of exactly that length, so that ASan sees a byte too far. */
static void check_cut(const char *path)
{
	struct buf bytes = read_file(path);

	for (size_t n = 0; n <= bytes.len; n++) {
		char *cut = malloc(n ? n : 1);
		struct payload p;
		struct err e = { 0 };

		memcpy(cut, bytes.data, n);
		if (payload_parse(&p, (struct str){ cut, n },
				  &PARSE_LIMITS_DEFAULT, &arena, &e) == 0) {
			struct buf b = records(&p);

			ck_assert(!b.failed);
			buf_release(&b);
		}
		arena_clear(&arena);
		free(cut);
	}
	buf_release(&bytes);
}

START_TEST(a_message_may_end_anywhere)
{
	for_each_message(check_cut);
}
END_TEST

UNIT_MAIN("golden", messages_say_what_they_say, a_message_may_end_anywhere)
