/*
 * t_reply.c - answers: sound, within limits, and silent about travellers
 *
 * Each message of tests/golden has its answers in tests/golden/reply, all
 * kinds, one segment a line. GOLDEN_WRITE=1 in the environment writes them
 * anew. Every reply that is made here is read by our own reader and checked.
 */
#include "parsers/reply.h"

#include "base/err.h"
#include "parsers/edifact.h"
#include "tests/unit/unit.h"

#include <glob.h>
#include <stdio.h>

/* 2026-11-14T09:16Z */
#define AT ((struct moment){ 1794647760, MOMENT_MINUTE })

static struct arena arena;

static struct payload parse(struct str bytes)
{
	struct payload p;
	struct err e = { 0 };

	ck_assert_msg(payload_parse(&p, bytes, &PARSE_LIMITS_DEFAULT, &arena,
				    &e) == 0,
		      "%s", e.text);
	ck_assert_uint_ge(p.nr_head, 1);
	return p;
}

static struct str text(const struct edi_segment *s, struct str in,
		       unsigned elem, unsigned comp)
{
	struct edi_syntax syntax = EDI_SYNTAX_DEFAULT;
	struct edi_part p;

	return edi_part(s, elem, comp, &p) ? edi_clean(&syntax, in, &p, &arena)
					   : STR("");
}

/* Of a CUSRES: that no segment speaks of a person or of boarding. */
static void check_silent(const struct edi_segment *s, struct str in)
{
	static const char *const tags[] = { "UNB", "UNH", "BGM", "RFF", "DTM",
					    "LOC", "ERP", "ERC", "UNT", "UNZ" };
	struct str first = text(s, in, 1, 1);
	bool known = false;

	for (size_t i = 0; i < ARRAY_SIZE(tags); i++)
		known |= strcmp(s->tag, tags[i]) == 0;
	ck_assert_msg(known, "a CUSRES has %s", s->tag);
	if (!strcmp(s->tag, "BGM"))
		ck_str_is(first, "962");
	if (!strcmp(s->tag, "ERP"))
		ck_str_is(first, "1");
	if (!strcmp(s->tag, "ERC"))
		ck_assert(first.len == 3 && str_is_digits(first));
	if (!strcmp(s->tag, "RFF"))
		ck_assert(str_eq(first, STR("TN")) || str_eq(first, STR("AF")));
}

/* Do references and counts agree, and is all of it printable ASCII? */
static void check_sound(struct str in, enum reply_kind kind)
{
	struct edi_syntax syntax = EDI_SYNTAX_DEFAULT;
	struct str control = STR_NONE, reference = STR_NONE;
	struct edi_segment s;
	struct edi_reader r;
	int64_t n;
	uint32_t segments = 0, messages = 0;
	bool ended = false;

	for (size_t i = 0; i < in.len; i++)
		ck_assert(in.ptr[i] >= ' ' && in.ptr[i] <= '~');
	ck_assert(str_starts(in, STR("UNA:+.?")));
	edi_init(&r, in, 9, &syntax, &arena);
	while (edi_next(&r, &s)) {
		ck_assert_uint_eq(s.odd, 0);
		ck_assert(!ended);
		segments++;
		if (kind == REPLY_CUSRES)
			check_silent(&s, in);
		if (!strcmp(s.tag, "UNB")) {
			control = text(&s, in, 5, 1);
		} else if (!strcmp(s.tag, "UNH")) {
			reference = text(&s, in, 1, 1);
			segments = 1;
			messages++;
		} else if (!strcmp(s.tag, "UNT")) {
			ck_assert(str_to_i64(text(&s, in, 1, 1), &n));
			ck_assert_int_eq(n, segments);
			ck_assert(str_eq(text(&s, in, 2, 1), reference));
		} else if (!strcmp(s.tag, "UNZ")) {
			ck_assert(str_to_i64(text(&s, in, 1, 1), &n));
			ck_assert_int_eq(n, messages);
			ck_assert(str_eq(text(&s, in, 2, 1), control));
			ended = true;
		}
	}
	ck_assert(ended && messages > 0);
}

/* The reply, or absent when none is due; in the arena. */
static struct str reply(const struct payload *p, uint32_t head,
			enum reply_kind kind)
{
	struct buf out = { 0 };
	struct reply_ask ask = { p, &p->head[head], kind, STR("PIU00000000001"),
				 AT };
	struct str s = STR_NONE;

	if (reply_write(&out, &ask)) {
		ck_assert(!out.failed);
		s = arena_str(&arena, buf_view(&out));
		check_sound(s, kind);
	} else {
		ck_assert_uint_eq(out.len, 0);
	}
	buf_release(&out);
	return s;
}

/* Nothing of a person stands in a reply. Short texts do so by chance. */
static void check_absent(struct str in, struct str value, const char *path)
{
	if (value.len >= 4)
		ck_assert_msg(str_find(in, value) < 0, "%s: %.*s", path,
			      STR_ARG(value));
}

static void check_traveller(struct str in, const struct traveller *t,
			    const char *path)
{
	check_absent(in, t->surname, path);
	check_absent(in, t->given, path);
	check_absent(in, t->locator, path);
	check_absent(in, t->carrier_id, path);
	for (uint32_t i = 0; i < t->nr_documents; i++)
		check_absent(in, t->documents[i].number, path);
	for (uint32_t i = 0; i < t->nr_tickets; i++)
		check_absent(in, t->tickets[i].number, path);
}

static void check_nobody(struct str in, const struct payload *p,
			 const char *path)
{
	for (uint32_t i = 0; i < p->nr_parsed; i++) {
		const struct message *m = &p->parsed[i].message;

		for (uint32_t k = 0; k < m->nr_travellers; k++)
			check_traveller(in, &m->travellers[k], path);
		for (uint32_t b = 0; b < m->nr_bookings; b++) {
			check_absent(in, m->bookings[b].locator, path);
			for (uint32_t k = 0; k < m->bookings[b].nr_travellers;
			     k++)
				check_traveller(in,
						&m->bookings[b].travellers[k],
						path);
		}
	}
}

/* One segment a line, for people. */
static void add_lines(struct buf *out, struct str in)
{
	for (size_t i = 0; i < in.len; i++) {
		buf_byte(out, in.ptr[i]);
		if (in.ptr[i] == '\'' && i && in.ptr[i - 1] != '?')
			buf_byte(out, '\n');
	}
}

static void check_golden(const char *path)
{
	struct buf bytes = { 0 }, got = { 0 }, want = { 0 };
	struct err e = { 0 };
	char answer[256];
	struct payload p;
	FILE *f;

	snprintf(answer, sizeof(answer), "tests/golden/reply/%s",
		 strrchr(path, '/') + 1);
	ck_assert_int_eq(buf_read_file(&bytes, path, 0, &e), 0);
	p = parse(buf_view(&bytes));
	for (uint32_t h = 0; h < p.nr_head; h++)
		for (int k = 0; k < REPLY_KINDS; k++) {
			struct str r = reply(&p, h, (enum reply_kind)k);

			check_nobody(r, &p, path);
			add_lines(&got, r);
		}
	if (getenv("GOLDEN_WRITE")) {
		f = fopen(answer, "w");
		ck_assert_ptr_nonnull(f);
		fwrite(got.data, 1, got.len, f);
		fclose(f);
	}
	ck_assert_int_eq(buf_read_file(&want, answer, 0, &e), 0);
	ck_assert_msg(str_eq(buf_view(&got), buf_view(&want)), "%s:\n%.*s",
		      answer, (int)got.len, got.data);
	buf_release(&bytes);
	buf_release(&got);
	buf_release(&want);
	arena_clear(&arena);
}

START_TEST(golden_messages_have_their_answers)
{
	glob_t g;

	ck_assert_int_eq(glob("tests/golden/*.edi", 0, NULL, &g), 0);
	ck_assert_uint_ge(g.gl_pathc, 10);
	for (size_t i = 0; i < g.gl_pathc; i++)
		check_golden(g.gl_pathv[i]);
	globfree(&g);
}
END_TEST

#define FROM	 "UNB+UNOA:4+X9APIS:ZZ+PIUXX:ZZ+261114:0915+R1++APIS+"
#define HEAD	 FROM "'"
#define ANSWER	 "UNA:+.? 'UNB+UNOA:3+PIUXX:ZZ+X9APIS:ZZ+261114:0916+" CONTROL
#define CONTROL	 "PIU00000000001"
#define CON	 "UNH+1+CONTRL:D:3:UN'UCI+R1+X9APIS:ZZ+PIUXX:ZZ+"
#define END(n)	 "UNT+" n "+1'UNZ+1+" CONTROL "'"
#define TDT	 "TDT+20+X9417+++X9'"
#define LOC	 "LOC+125+CMN'"
#define DTM	 "DTM+189:2611140930:201'"
#define PAX(n)	 "UNH+" n "+PAXLST:D:05B:UN:IATA+A/1'BGM+745'"
#define PAD	 "UNA:+.?*'UNB+IATA:1+PIUXX+X9+261114:0916+" CONTROL "++ACKRES"
#define PNR	 "UNB+IATA:1+X9+PIUXX+261113:0930+R1++PNRGOV'"
#define PNRGOV	 "UNH+1+PNRGOV:13:1:IA+A/1'MSG+:22'"
#define SRC	 "SRC'RCI+X9:QZ7TST'TIF+DOETEST+JO'"
#define ACKED(x) PAD "'UNH+1+ACKRES:13:1:IA+A/1'MSG+:23+" x
#define CUS \
	"UNA:+.? 'UNB+UNOA:4+PIUXX:ZZ+X9APIS:ZZ+261114:0916+" CONTROL "++APIS"
#define CUSRES "UNH+1+CUSRES:D:05B:UN:IATA+A/1+01:F'BGM+962'"

/* A message and one of its answers; NULL: none is due. */
static const struct {
	const char *in;
	enum reply_kind kind;
	const char *out;
} rows[] = {
	/* what can be read is acknowledged, wrong counts or not */
	{ HEAD PAX("M1") TDT LOC DTM "NAD+FL+++DOETEST:JO'UNT+99+M2'UNZ+7+R9'",
	  REPLY_CONTRL,
	  ANSWER "'" CON "7'UCM+M1+PAXLST:D:05B:UN:IATA+7'" END("4") },
	{ HEAD PAX("M1") TDT LOC DTM "NAD+FL+++DOETEST:JO'", REPLY_CONTRL,
	  ANSWER "'" CON "7'UCM+M1+PAXLST:D:05B:UN:IATA+7'" END("4") },
	/* a type that is not read, beside one that is */
	{ HEAD "UNH+M0+IFTMIN:D:05B:UN'BGM+1'UNT+3+M0'" PAX("M1") TDT LOC DTM
	  "UNT+6+M1'UNZ+2+R1'",
	  REPLY_CONTRL,
	  ANSWER "'" CON "7'UCM+M0+IFTMIN:D:05B:UN+4+14+UNH+3:1'"
		 "UCM+M1+PAXLST:D:05B:UN:IATA+7'" END("5") },
	/* nothing could be read; the place where something stood */
	{ HEAD PAX("M1") "TDT+20'--+1'--+2'UNT+6+M1'UNZ+1+R1'", REPLY_CONTRL,
	  ANSWER "'" CON "7'UCM+M1+PAXLST:D:05B:UN:IATA+4+13'UCS+4+15'"
		 "UCS+5+15'" END("6") },
	{ HEAD PAX("M1") "TDT+2", REPLY_CONTRL,
	  ANSWER "'" CON
		 "7'UCM+M1+PAXLST:D:05B:UN:IATA+4+13'UCS+3+13'" END("5") },
	/* no message at all */
	{ HEAD "UNZ+0+R1'", REPLY_CONTRL, ANSWER "'" CON "4+32'" END("3") },
	{ HEAD "UNZ+0+R1'", REPLY_CUSRES, NULL },
	/* nobody to answer, nothing to refer to, an answer itself */
	{ "UNB+UNOA:4++PIUXX+261114:0915+R1'" PAX("M1") TDT LOC DTM,
	  REPLY_CONTRL, NULL },
	{ "UNB+UNOA:4+X9+PIUXX+261114:0915'" PAX("M1") TDT LOC DTM,
	  REPLY_CONTRL, NULL },
	{ HEAD "UNH+1+CONTRL:D:3:UN'UCI+R+PIUXX+X9APIS+7'UNT+3+1'UNZ+1+R1'",
	  REPLY_CONTRL, NULL },
	/* a test is answered by a test */
	{ FROM "++1+1+1'"
	       "UNZ+0+R1'",
	  REPLY_CONTRL, ANSWER "++++++1'" CON "4+32'" END("3") },
	/* ACKRES: used, or the first thing the flight lacks */
	{ PNR PNRGOV "TVL+141126:0930+CMN+BRU+X9+417'" SRC, REPLY_ACKRES,
	  ACKED("3'") END("3") },
	{ PNR PNRGOV "TVL+141126:0930+CMN+BRU+X9'" SRC, REPLY_ACKRES,
	  ACKED("7'ERC+114'") END("4") },
	{ PNR PNRGOV "TVL+141126:0930++BRU+X9+417'" SRC, REPLY_ACKRES,
	  ACKED("7'ERC+4'") END("4") },
	{ PNR PNRGOV "TVL++CMN+BRU+X9+417'" SRC, REPLY_ACKRES,
	  ACKED("7'ERC+102'") END("4") },
	{ PNR PNRGOV "TVL+141126:0930+CMN+BRU++417'" SRC, REPLY_ACKRES,
	  ACKED("7'ERC+107'") END("4") },
	{ PNR PNRGOV, REPLY_ACKRES, ACKED("7'ERC+912'") END("4") },
	{ PNR PNRGOV, REPLY_CUSRES, NULL },
	/* CUSRES: with what there is of the flight; or 118 */
	{ HEAD PAX("M1") TDT LOC DTM "NAD+FL+++DOETEST:JO'", REPLY_CUSRES,
	  CUS "'" CUSRES
	      "RFF+AF:X9417'DTM+189:2611140930:201'LOC+125+CMN'" END("6") },
	{ HEAD PAX("M1") TDT "NAD+FL+++DOETEST:JO'", REPLY_CUSRES,
	  CUS "'" CUSRES "RFF+AF:X9417'ERP+1'ERC+118'" END("6") },
	{ HEAD PAX("M1"), REPLY_CUSRES,
	  CUS "'" CUSRES "ERP+1'ERC+118'" END("5") },
	{ HEAD PAX("M1"), REPLY_ACKRES, NULL },
	/* a type and a version that are not stated */
	{ HEAD
	  "UNG+PAXLST+X9+PIUXX+261114:0915+1+UN+D:05B'UNH+1'BGM+745'" TDT LOC
		  DTM,
	  REPLY_CUSRES,
	  CUS "'UNH+1+CUSRES:D:05B:UN:IATA++01:F'BGM+962'RFF+AF:X9417'"
	      "DTM+189:2611140930:201'LOC+125+CMN'" END("6") },
	/* separators, characters and lengths: 14 of 0062, 35 of a party */
	{ "UNB+UNOC:3+A?+B?:C?'??*:Z?+Z+P\xc3\x9c\xe9+261114:0915+R?'1'UNZ'",
	  REPLY_CONTRL,
	  "UNA:+.? 'UNB+UNOC:3+P---+A?+B?:C?'??*:Z?+Z+261114:0916+" CONTROL
	  "'UNH+1+CONTRL:D:3:UN'UCI+R?'1+A?+B?:C?'??*:Z?+Z+P---+4+32'" END(
		  "3") },
	{ "UNB+UNOA:4+ABCDEFGHIJKLMNOPQRSTUVWXYZ012345678:12345+P"
	  "+261114:0915+123456789012345'UNZ'",
	  REPLY_CONTRL,
	  "UNA:+.? 'UNB+UNOA:3+P+ABCDEFGHIJKLMNOPQRSTUVWXYZ012345678:1234"
	  "+261114:0916+" CONTROL "'UNH+1+CONTRL:D:3:UN'UCI+12345678901234+"
	  "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345678:1234+P+4+32'" END("3") },
	/* a version with text glued to it: its digit is what it says */
	{ "UNB+UNOA:4ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+X9APIS:ZZ+PIUXX:ZZ"
	  "+261114:0915+R1++APIS'" PAX("M1"),
	  REPLY_CUSRES, CUS "'" CUSRES "ERP+1'ERC+118'" END("5") },
	/* 36: text is glued to it, so nobody is named */
	{ "UNB+UNOA:4+ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+P"
	  "+261114:0915+R'UNZ'",
	  REPLY_CONTRL, NULL },
};

START_TEST(each_fault_has_its_answer)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct payload p = parse(str_of(rows[i].in));
		struct str got = reply(&p, 0, rows[i].kind);

		ck_assert_msg(str_eq(got, str_of(rows[i].out)),
			      "row %zu: %s\ngot  " STR_FMT "\nwant %s", i,
			      rows[i].in, STR_ARG(got),
			      rows[i].out ? rows[i].out : "none");
		arena_clear(&arena);
	}
}
END_TEST

START_TEST(each_interchange_is_answered_for_itself)
{
	struct payload p = parse(
		STR("UNB+UNOA:4+AA+P+261114:0915+R1'UNZ+0+R1'" HEAD PAX("M1")
			    TDT LOC DTM "UNT+6+M1'" PAX("M2") TDT LOC DTM
		    "UNT+6+M2'UNZ+2+R1'"));
	struct str r;

	ck_assert_uint_eq(p.nr_head, 2);
	r = reply(&p, 0, REPLY_CONTRL);
	ck_assert_int_ge(str_find(r, STR("UCI+R1+AA+P+4+32'")), 0);
	r = reply(&p, 1, REPLY_CONTRL);
	ck_assert_int_ge(str_find(r, STR("UCI+R1+X9APIS:ZZ+PIUXX:ZZ+7'")), 0);
	ck_assert_int_ge(str_find(r, STR("UCM+M2+")), 0);
	r = reply(&p, 1, REPLY_CUSRES);
	ck_assert_int_ge(str_find(r, STR("UNZ+2+")), 0);
	arena_clear(&arena);
}
END_TEST

UNIT_MAIN("reply", golden_messages_have_their_answers,
	  each_fault_has_its_answer, each_interchange_is_answered_for_itself)
