#include "law/redact.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

/*
 * A payload and, below it, what a parser would claim of it:
 *	k  kept			R T Y  kept, to be scanned: remark, title, type
 *	.  not claimed		one run of R, T or Y is one claim
 * `want` is the copy. Segments end at the terminator.
 */
static const struct {
	const char *name, *payload, *claims, *want, *removals;
} cases[] = {
	{ "nothing to remove", "TIF+DOETEST+JOHN'", "kkkkkkkkkkkkkkkkk",
	  "TIF+DOETEST+JOHN'", "" },
	{ "a special service code nobody claims", "SSR+KSML:HK:1:X9+::1'",
	  "kkkk....k..k.k..kkk.k", "SSR+    :  : :  +:: '", "4 KSML" },
	{ "a code beyond Annex I", "SSR+OTHS:HK'", "kkkk....k..k",
	  "SSR+    :  '", "4 not-annex-i:SSR" },
	{ "special words in a text that is kept", "SSR+UMNR:UM09 IS DIABE?TIC'",
	  "kkkkkkkkkRRRRRRRRRRRRRRRRRk", "SSR+UMNR:                 '",
	  "9 text:health" },
	{ "a short word, released", "SSR+UMNR:UM09 H?IV'",
	  "kkkkkkkkkRRRRRRRRRk", "SSR+UMNR:         '", "9 text:health" },
	{ "a text that is kept", "SSR+UMNR:UM09 ENGLISH'",
	  "kkkkkkkkkRRRRRRRRRRRRk", "SSR+UMNR:UM09 ENGLISH'", "" },
	{ "a word broken over two lines; line breaks stay",
	  "SSR+UMNR:WHEEL\r\nCHAIR'\n", "kkkkkkkkkRRRRRRRRRRRRkk",
	  "SSR+UMNR:     \r\n     '\n", "9 text:health" },
	{ "a religious title; the name stays", "TIF+DOETEST+JOHNREV:A'",
	  "kkkkkkkkkkkkkkkkTTTkkk", "TIF+DOETEST+JOHN   :A'",
	  "16 title:religion" },
	{ "a type code", "TIF+DOETEST+JOHNMR:CLG'", "kkkkkkkkkkkkkkkkTTkYYYk",
	  "TIF+DOETEST+JOHNMR:   '", "19 type:religion" },
	{ "one removal a segment, several segments, one code counted twice",
	  "LTS+A B'TIF+DOETEST'LTS+C'OSI+X'",
	  "kkkk...kkkkkkkkkkkkkkkkk.kkkkk.k",
	  "LTS+   'TIF+DOETEST'LTS+ 'OSI+ '",
	  "4 not-annex-i:LTS; 24 not-annex-i:LTS; 30 not-annex-i:other" },
	{ "two holes in one segment", "TBD+A:B:C'", "kkkk.kkk.k", "TBD+ :B: '",
	  "4 not-annex-i:TBD" },
	{ "blanks are not a loss", "LTS+  \r\n '", "kkkk......", "LTS+  \r\n  ",
	  "9 not-annex-i:LTS" },
	{ "bytes outside of segments", "QU ABC\r\nLTS+'XY", "........kkkkk..",
	  "      \r\nLTS+'  ",
	  "0 not-annex-i:wrapper; 13 not-annex-i:wrapper" },
	{ "a tag that is a name", "LEE+TEST'", "...k....k", "   +    '",
	  "0 not-annex-i:other" },
	{ "nothing at all", "", "", "", "" },
};

static enum claim_kind kind_of(char k)
{
	return k == 'T' ? CLAIM_TITLE : k == 'Y' ? CLAIM_TYPE : CLAIM_REMARK;
}

static void claim_bytes(struct claims *c, const char *map)
{
	for (size_t i = 0, n; map[i]; i += n) {
		n = strspn(map + i, (char[]){ map[i], '\0' });
		if (map[i] == 'k')
			claims_keep(c, i, n);
		else if (map[i] != '.')
			claims_scan(c,
				    (struct span){ (uint32_t)i, (uint32_t)n },
				    kind_of(map[i]), '?');
	}
}

/* Segments as the tests write them: "TAG+CODE...'", maybe behind text. */
static void claim_segments(struct claims *c, struct str in)
{
	const char *end = in.ptr + in.len, *p = in.ptr;

	while (p < end) {
		const char *stop = memchr(p, '\'', (size_t)(end - p));
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		struct str tag, code;

		if (!stop)
			break;
		if (nl && nl < stop && p == in.ptr && memcmp(p, "QU", 2) == 0)
			p = nl + 1;
		code = (struct str){ p, (size_t)(stop - p) };
		tag = str_split(&code, '+');
		code = str_slice(code, 0, 4);
		claims_segment(c,
			       (struct span){ (uint32_t)(p - in.ptr),
					      (uint32_t)(stop + 1 - p) },
			       (uint32_t)tag.len, (uint32_t)code.len);
		p = stop + 1;
	}
}

static void list_removals(char *out, size_t cap, const struct redaction *r)
{
	size_t n = 0;

	out[0] = '\0';
	for (uint32_t i = 0; i < r->nr_removal; i++)
		n += (size_t)snprintf(out + n, cap - n, "%s%u %s",
				      i ? "; " : "", r->removal[i].pos,
				      r->removal[i].code);
}

START_TEST(what_is_not_claimed_becomes_blanks)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct str in = str_of(cases[i].payload);
		char copy[100] = { 0 }, again[100] = { 0 }, removals[200];
		struct arena a = { 0 };
		struct redaction r;
		struct claims c;

		ck_assert_msg(strlen(cases[i].claims) == in.len,
			      "%s: map of %zu", cases[i].name,
			      strlen(cases[i].claims));
		claims_init(&c, &a, in.len);
		claim_bytes(&c, cases[i].claims);
		claim_segments(&c, in);
		redact(in, &c, copy, &r, &a);
		ck_assert_msg(strcmp(copy, cases[i].want) == 0, "%s: '%s'",
			      cases[i].name, copy);
		list_removals(removals, sizeof(removals), &r);
		ck_assert_msg(strcmp(removals, cases[i].removals) == 0,
			      "%s: '%s'", cases[i].name, removals);

		/* once more: nothing is left to remove */
		redact((struct str){ copy, in.len }, &c, again, &r, &a);
		ck_assert_msg(memcmp(copy, again, in.len) == 0, "%s",
			      cases[i].name);
		ck_assert_msg(r.nr_removal == 0, "%s: again", cases[i].name);
		arena_release(&a);
	}
}
END_TEST

START_TEST(runs_are_found_at_every_place_of_a_long_payload)
{
	enum { LEN = 300 };
	char in[LEN], copy[LEN];

	memset(in, 'x', LEN);
	for (size_t from = 0; from < LEN; from += 7)
		for (size_t to = from; to <= LEN; to += 5) {
			struct arena a = { 0 };
			struct redaction r;
			struct claims c;

			claims_init(&c, &a, LEN);
			claims_keep(&c, 0, LEN);
			claims_drop(&c, from, to - from);
			redact((struct str){ in, LEN }, &c, copy, &r, &a);
			for (size_t i = 0; i < LEN; i++)
				ck_assert_int_eq(copy[i], i >= from && i < to
								  ? ' '
								  : 'x');
			ck_assert_uint_eq(r.nr_removal, from < to);
			arena_release(&a);
		}
}
END_TEST

START_TEST(records_lose_the_same)
{
	struct traveller t[2] = {
		{ .surname = STR_INIT("PRIEST"),
		  .given = STR_INIT("CHRISTIAN"),
		  .title = STR_INIT("DR REV PROF"),
		  .type = STR_INIT("CLG") },
		{ .title = STR_INIT("MR"), .type = STR_INIT("ADT") },
	};
	struct ssr ssr[2] = {
		{ .code = STR_INIT("UMNR"), .text = STR_INIT("UM09 DEAF") },
		{ .code = STR_INIT("UMNR"), .text = STR_INIT("UM09") },
	};
	struct payment pay[2] = { { .holder = STR_INIT("OTTO DIABETIC") },
				  { .holder = STR_INIT("OTTO TEST") } };
	struct booking b = { .travellers = t,
			     .nr_travellers = 2,
			     .ssr = ssr,
			     .nr_ssr = 2,
			     .payments = pay,
			     .nr_payments = 2,
			     .group_name = STR_INIT("HAJJ TEST GROUP") };
	struct arena a = { 0 };
	struct message m = { .bookings = &b,
			     .nr_bookings = 1,
			     .travellers = t,
			     .nr_travellers = 1 };

	record_redact(&m, &a);
	ck_str_is(t[0].surname, "PRIEST");
	ck_str_is(t[0].given, "CHRISTIAN");
	ck_str_is(t[0].title, "DR PROF");
	ck_assert_ptr_null(pay[0].holder.ptr);
	ck_str_is(pay[1].holder, "OTTO TEST");
	ck_assert_ptr_null(t[0].type.ptr);
	ck_str_is(t[1].title, "MR");
	ck_str_is(t[1].type, "ADT");
	ck_assert_ptr_null(ssr[0].text.ptr);
	ck_str_is(ssr[1].text, "UM09");
	ck_assert_ptr_null(b.group_name.ptr);
	record_redact(&m, &a);
	ck_str_is(ssr[1].text, "UM09");
	ck_str_is(t[0].title, "DR PROF");
	t[0].title = STR("REV");
	record_redact(&m, &a);
	ck_assert_ptr_null(t[0].title.ptr);
	arena_release(&a);
}
END_TEST

/* The parser's text counts where it gives one: here of ISO 8859-2. */
START_TEST(texts_in_other_character_sets_are_read_as_decoded)
{
	static const char in[] = "SSR+UMNR:NIEPE\xb3NOSPRAWN'";
	const struct span at = { 9, sizeof(in) - 11 };
	char copy[sizeof(in)];

	for (int decoded = 0; decoded < 2; decoded++) {
		struct arena a = { 0 };
		struct redaction r;
		struct claims c;

		claims_init(&c, &a, sizeof(in) - 1);
		claims_keep(&c, 0, sizeof(in) - 1);
		claim_segments(&c, STR("SSR+UMNR:NIEPE\xb3NOSPRAWN'"));
		if (decoded)
			claims_scan_text(&c, at, CLAIM_REMARK, '?',
					 STR("BEZ NIEPE\xc5\x82NOSPRAWN"));
		else
			claims_scan(&c, at, CLAIM_REMARK, '?');
		redact((struct str){ in, sizeof(in) - 1 }, &c, copy, &r, &a);
		ck_assert_uint_eq(r.nr_removal, decoded);
		arena_release(&a);
	}
}
END_TEST

UNIT_MAIN("redact", what_is_not_claimed_becomes_blanks,
	  runs_are_found_at_every_place_of_a_long_payload,
	  records_lose_the_same,
	  texts_in_other_character_sets_are_read_as_decoded)
