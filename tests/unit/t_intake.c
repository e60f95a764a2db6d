/*
 * What intake hands out is what its archive copy says: a payload is read once
 * and blanked in its place, its plain twin reads the copy again.
 */
#include "base/buf.h"
#include "engine/intake.h"
#include "tests/unit/unit.h"

#include <glob.h>
#include <string.h>

static const struct parse_limits limits = PARSE_LIMITS_DEFAULT;
static struct arena arena;

/* The messages of a payload, or its error, without what was odd about them. */
static struct str json_of(const struct payload *p)
{
	struct buf out = { 0 };
	struct str text;

	for (uint32_t i = 0; i < p->nr_parsed; i++) {
		struct parsed bare = p->parsed[i];

		bare.nr_diag = 0;
		message_write_json(&out, &bare);
	}
	ck_assert(!out.failed);
	text = arena_str(&arena, buf_view(&out));
	buf_release(&out);
	return text;
}

/* Parse, redact into another place, parse that. False: nothing readable. */
static bool read_twice(struct str in, struct payload *out, struct str *archive)
{
	struct redaction redaction;
	struct payload p;
	struct err e = { 0 };
	char *copy;

	if (payload_parse(&p, in, &limits, &arena, &e))
		return false;
	copy = arena_alloc(&arena, p.bytes.len + 1);
	redact(p.bytes, &p.claims, copy, &redaction, &arena);
	*archive = (struct str){ copy, p.bytes.len };
	ck_assert_int_eq(payload_parse(out, *archive, &limits, &arena, &e), 0);
	return true;
}

static void compare(struct str in, const char *name)
{
	struct str before = arena_str(&arena, in), archive;
	struct payload twice;
	struct intake once;
	struct err e = { 0 };
	bool readable = read_twice(in, &twice, &archive);

	ck_assert_int_eq(!intake_read(&once, in, &limits, &arena, &e),
			 readable);
	ck_assert(str_eq(in, before)); /* the caller's stays as it is */
	if (!readable)
		return;
	ck_assert_msg(str_eq(once.archive, archive), "%s: the copies differ",
		      name);
	ck_assert_msg(str_eq(json_of(&once.payload), json_of(&twice)),
		      "%s: once " STR_FMT "\ntwice " STR_FMT, name,
		      STR_ARG(json_of(&once.payload)),
		      STR_ARG(json_of(&twice)));
}

static void compare_files(const char *pattern)
{
	struct buf text = { 0 };
	struct err e = { 0 };
	glob_t g;

	ck_assert_int_eq(glob(pattern, 0, NULL, &g), 0);
	for (size_t i = 0; i < g.gl_pathc; i++) {
		buf_clear(&text);
		ck_assert_int_eq(buf_read_file(&text, g.gl_pathv[i], 0, &e), 0);
		compare(buf_view(&text), g.gl_pathv[i]);
		arena_clear(&arena);
	}
	globfree(&g);
	buf_release(&text);
}

START_TEST(once_is_as_twice)
{
	compare_files("tests/golden/*.edi");
	compare_files("tests/golden/refused/*.edi");
}
END_TEST

#define MESSAGE(group)                                                \
	"UNB+UNOA:4+X9:ZZ+PIU:ZZ+261114:0900+R1'"                     \
	"UNH+1+PNRGOV:11:1:IA+X9'MSG+:22'ORG+X9'"                     \
	"TVL+141126:0930:141126:1340+CMN+BRU+X9+417'EQN+1'SRC'"       \
	"RCI+X9:QZ7TST'TIF+" group ":G'TIF+DOETEST+JOHN:A:1'UNT+9+1'" \
	"UNZ+1+R1'"

static struct str group_name(struct str in)
{
	struct intake out;
	struct err e = { 0 };

	ck_assert_int_eq(intake_read(&out, in, &limits, &arena, &e), 0);
	ck_assert_uint_eq(out.payload.nr_parsed, 1);
	ck_assert_uint_eq(out.payload.parsed[0].message.nr_bookings, 1);
	return out.payload.parsed[0].message.bookings[0].group_name;
}

/* What the law takes back is in no record, though it was read. */
START_TEST(what_is_taken_back_is_not_handed_out)
{
	ck_str_is(group_name(STR(MESSAGE("BRASS BAND"))), "BRASS BAND");
	ck_assert(!group_name(STR(MESSAGE("ONCOLOGY PATIENTS"))).ptr);
	compare(STR(MESSAGE("ONCOLOGY PATIENTS")), "taken back");
}
END_TEST

/* Above the limit nothing is read; at it, all. */
START_TEST(the_limit_holds)
{
	struct str in = STR(MESSAGE("BRASS BAND"));
	struct parse_limits at = { in.len }, below = { in.len - 1 };
	struct intake out;
	struct err e = { 0 };

	ck_assert_int_eq(intake_read(&out, in, &at, &arena, &e), 0);
	ck_assert_int_eq(intake_read(&out, in, &below, &arena, &e), ERR_LIMIT);
}
END_TEST

UNIT_MAIN("intake", once_is_as_twice, what_is_taken_back_is_not_handed_out,
	  the_limit_holds)
