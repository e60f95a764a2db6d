/*
 * Redaction commutes with parsing: parse(redact(m)) equals redact(parse(m)),
 * a second redaction removes nothing, the length stays, and what the law
 * forbids is in neither result, wherever it stood.
 */
#include "base/buf.h"
#include "law/redact.h"
#include "parsers/message.h"
#include "tests/unit/unit.h"

#include <glob.h>
#include <string.h>

/* A payload that was parsed, redacted, and parsed again. */
struct run {
	struct arena arena;
	struct str payload, copy;
	struct redaction redaction, again;
	struct payload before, after;
};

static void run_payload(struct run *r, struct str payload, const char *name)
{
	struct parse_limits limits = PARSE_LIMITS_DEFAULT;
	char *copy = arena_alloc(&r->arena, payload.len + 1);
	char *copy2 = arena_alloc(&r->arena, payload.len + 1);
	struct payload claims_of;
	struct err e = { 0 };

	r->payload = payload;
	r->copy = (struct str){ copy, payload.len };
	if (payload_parse(&r->before, payload, &limits, &r->arena, &e))
		return; /* nothing readable: quarantine */
	redact(payload, &r->before.claims, copy, &r->redaction, &r->arena);
	ck_assert_msg(
		payload_parse(&r->after, r->copy, &limits, &r->arena, &e) == 0,
		"%s: %s", name, e.text);
	ck_assert_int_eq(
		payload_parse(&claims_of, r->copy, &limits, &r->arena, &e), 0);
	redact(r->copy, &claims_of.claims, copy2, &r->again, &r->arena);
	ck_assert_msg(memcmp(copy, copy2, payload.len) == 0,
		      "%s: redacting twice changes bytes", name);
	ck_assert_msg(r->again.nr_removal == 0,
		      "%s: redacting twice removes at byte %u", name,
		      r->again.nr_removal ? r->again.removal[0].pos : 0);
}

/* JSON of the record alone: diagnostics differ by what was removed. */
static struct str json_of(struct run *r, const struct parsed *p)
{
	struct parsed bare = *p;
	struct buf out = { 0 };
	struct str text;

	bare.nr_diag = 0;
	message_write_json(&out, &bare);
	ck_assert(!out.failed);
	text = arena_str(&r->arena, buf_view(&out));
	buf_release(&out);
	return text;
}

static void check_commutes(struct run *r, const char *name)
{
	ck_assert_msg(r->before.nr_parsed == r->after.nr_parsed,
		      "%s: %u messages, then %u", name, r->before.nr_parsed,
		      r->after.nr_parsed);
	for (uint32_t i = 0; i < r->before.nr_parsed; i++) {
		struct str left, right;

		record_redact(&r->before.parsed[i].message, &r->arena);
		left = json_of(r, &r->before.parsed[i]);
		right = json_of(r, &r->after.parsed[i]);
		ck_assert_msg(str_eq(left, right),
			      "%s, message %u:\nredact(parse) %.*s\n"
			      "parse(redact) %.*s",
			      name, i + 1, STR_ARG(left), STR_ARG(right));
	}
}

/* Line breaks stay where they were, other bytes stay or become blanks. */
static void check_bytes(const struct run *r, const char *name)
{
	for (size_t i = 0; i < r->payload.len; i++)
		ck_assert_msg(r->copy.ptr[i] == r->payload.ptr[i] ||
				      (r->copy.ptr[i] == ' ' &&
				       r->payload.ptr[i] != '\r' &&
				       r->payload.ptr[i] != '\n'),
			      "%s: byte %zu", name, i);
}

START_TEST(all_golden_messages)
{
	struct buf text = { 0 };
	struct err e = { 0 };
	glob_t g;

	ck_assert_int_eq(glob("tests/golden/*.edi", 0, NULL, &g), 0);
	for (size_t i = 0; i < g.gl_pathc; i++) {
		struct run r = { .arena = { 0 } };

		buf_clear(&text);
		ck_assert_int_eq(buf_read_file(&text, g.gl_pathv[i], 0, &e), 0);
		run_payload(&r, buf_view(&text), g.gl_pathv[i]);
		check_commutes(&r, g.gl_pathv[i]);
		check_bytes(&r, g.gl_pathv[i]);
		arena_release(&r.arena);
	}
	globfree(&g);
	buf_release(&text);
}
END_TEST

/* What must not survive, in canaries of one spelling or another. */
static const char *const forbidden[] = {
	"KSML",	   "MOML",     "DBML",	 "GFML",     "WCHR",	   "WCHC",
	"WCHS",	   "BLND",     "MEDA",	 "DIABETIC", "WHEELCHAIR", "KOSHER",
	"HALAL",   "PREGNANT", "EPILEP", "MOSQUE",   "PILGRIM",	   "ONCOLOGY",
	"GLUTEN",  "UNION",    "REV",	 "RABBI",    "CLG",	   "LESBIAN",
	"INSULIN", "CANARY",
};

/* The text without line breaks, releases and blanks, in upper case. */
static struct str squeezed(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (c == '\r' || c == '\n' || c == '?' || c == ' ')
			continue;
		out[n++] = (char)(c >= 'a' && c <= 'z' ? c - 32 : c);
	}
	return (struct str){ out, n };
}

#define HEAD                                              \
	"UNA:+.? '"                                       \
	"UNB+IATA:1+X9+PIUXX+261113:0930+REF1++PNRGOV'"   \
	"UNH+1+PNRGOV:13:1:IA+X90417'MSG+:22'ORG+X9:CMN'" \
	"TVL+141126:0930:141126:1340+CMN+BRU+X9+417'EQN+1'"
#define TAIL "UNT+9+1'UNZ+1+REF1'"
#define RCI  "SRC'RCI+X9:QZ7TST::011026:0812'"
#define ORG  "ORG+1X:CMN+99123456:CMN1X0000+CMN++T+MA:MAD:FR+A0B1CD'"
#define TIF  "TIF+DOETEST+JOHNMR:A:1:1'"
#define TKT  "TKT+9992400000017:T:1'"
#define FOP  "FOP+CC::268.40:VI:XXXXXXXXXXXX0000:0628'"
#define LEG  "TVL+141126:0930:141126:1340+CMN+BRU+X9+417:K'RPI+1+HK'"
#define GR6  "RCI+X9:QZ7TST'DAT+2:141126:0702'ORG+X9:CMN'"
#define GR7  "TRI++CMN-021:::1'TIF+DOETEST+JOHNMR:A:1'SSD+14C++++Y'"
#define HIST "ABI+4+05XX28:GS+CMN++X9'DAT+T:061026:1201'SAC+++X'"

static const struct {
	const char *place, *message;
} places[] = {
	{ "SSR of a booking", HEAD RCI
	  "SSR+KSML:HK:1:X9+::1'SSR+WCHR:HK:1:X9:::::CANARY+::1'" ORG TIF LEG
		  TAIL },
	{ "SSR of a traveller",
	  HEAD RCI ORG TIF "SSR+DBML:HK:1:X9+::1'"
			   "SSR+MEDA:HK:1:X9:::::PREGNANT'" LEG TAIL },
	{ "SSR of a leg", HEAD RCI ORG TIF LEG
	  "SSR+MOML:HK:1:X9:::CMN:BRU+::1'"
	  "SSR+WCHC:HK:1:X9:::CMN:BRU:CANARY DIABETIC'" TAIL },
	{ "SSR in the history", HEAD RCI ORG TIF LEG HIST
	  "SSR+KSML:HK:1:X9:::CMN:BRU+::1'" LEG
	  "SSR+BLND:HK:1:X9:::CMN:BRU:CANARY'SAC+++KOSHER'" TAIL },
	{ "SSR in lower case, and broken", HEAD RCI
	  "SSR+ks\r\nml:HK:1:X9+::1'SSR+wchr:hk:1:x9:::::canary'" ORG TIF LEG
		  TAIL },
	{ "SSR that Annex I allows, with a health text", HEAD RCI ORG TIF LEG
	  "SSR+UMNR:HK:1:X9:::CMN:BRU:UM09 DIABETIC+::1'" TAIL },
	{ "the same: wrapped, released, spaced, lower case",
	  HEAD RCI ORG TIF LEG
	  "SSR+UMNR:HK:1:X9:::CMN:BRU:UM09 DIAB\r\nETIC+::1'"
	  "SSR+UMNR:HK:1:X9:::CMN:BRU:UM09 WHEEL?CHAIR+::1'"
	  "SSR+UMNR:HK:1:X9:::CMN:BRU:UM09 WHEEL  CHAIR+::1'"
	  "SSR+UMNR:HK:1:X9:::CMN:BRU:um09 needs wheelchair+::1'" TAIL },
	{ "the same, over several components",
	  HEAD RCI ORG TIF LEG "SSR+UMNR:HK:1:X9:::CMN:BRU:UM09 ENGLISH:NEEDS "
			       "INSULIN:OK+::1'" TAIL },
	{ "what Annex I allows of a minor, and more", HEAD RCI ORG TIF LEG
	  "SSR+UMNR:HK:1:X9:::CMN:BRU:UM09 GIRL SPEAKS ENGLISH/CANARY, MOTHER "
	  "ADA TEST 32 2 555 0199+::1'"
	  "SSR+UMNR:HK:1:X9:::CMN:BRU:UM09 BOY, FATHER DIABETIC, AGE 9+::1'"
	  "SSR+UMNR:HK:1:X9:::CMN:BRU:UM19 BOY CANARY, AUNT CANARY+::1'" TAIL },
	{ "agencies, emergency contacts, miles, other services",
	  HEAD RCI "ADD++701:CANARY:CANARY:::UT:1:CANARY'"
		   "IFT+4:28::X9+CTCT CANARY 212 522 000 000 CANARY'"
		   "SSR+PCTC:HK:1:X9:::::/CANARY/UT212600000001'" ORG TIF
		   "FTI+X9:990001112:::45210 CANARY:CANARY MILES'"
		   "TKT+1:4'FOP+CC::1:AX:373212341234123:1211:::::CANARY'"
		   "ADD++702:9 CANARY STREET'" LEG TAIL },
	{ "OTHS, CKIN, GRPS", HEAD RCI
	  "SSR+OTHS:HK:1:X9:::::CANARY KOSHER'"
	  "SSR+CKIN:HK:1:X9:::::WHEELCHAIR TO GATE'"
	  "SSR+GRPS:HK:1:X9:::::PILGRIM TEST GROUP'" ORG TIF LEG TAIL },
	{ "OSI and other IFT", HEAD RCI
	  "IFT+4:28::X9+PAX IS DIABETIC CANARY'"
	  "IFT+3+KOSHER CANARY'IFT+4:28::X9+CTCT CMN 212 MOSQUE'" ORG TIF LEG
		  TAIL },
	{ "LTS", HEAD RCI ORG TIF LEG GR6 GR7
	  "LTS+0/O/SSR/KSMLX9HK1 CANARY ?+ HALAL'" TAIL },
	{ "lines of an LTS that are read", HEAD RCI TIF LEG
	  "LTS+0/O/SR/SSR DOCSX9HK1 P/UTO/L898902C3/UTO/17APR82/M/15APR31/"
	  "DOETEST/JOHN//H/X9 417 D 14NOV CMNBRU/DOETEST/JOHN MR(ADT)CANARY'"
	  "LTS+0/O/SR/SSR KSMLX9HK1/X9 417/DOETEST/JOHN MR(ADT)'"
	  "LTS+0/O/5/APM-212600000001 CANARY'LTS+3/A/NM/CANARY/RABBI'"
	  "LTS+14/A/7/RX PAX IS DIABETIC CANARY'"
	  "LTS+3/Z/WHEELCHAIR CR-BRUX90100 00000000 GS CANARY "
	  "25MAY0309Z'" TAIL },
	{ "fare calculation", HEAD RCI ORG TIF
	  "IFT+4:15:9+LHR DL MUSLIM+ PILGRIM CANARY'" TKT LEG TAIL },
	{ "holder of a card", HEAD RCI ORG TIF TKT
	  "FOP+CC::1:VI:XXXX0000:0628:77:SO:1:V:OTTO DIABETIC CANARY'" LEG
		  TAIL },
	{ "baggage, and a minor's text", HEAD RCI ORG TIF LEG
	  "SSR+SPEQ:HK:1:X9:::CMN:BRU:WHEELCHAIR CANARY+::1'"
	  "SSR+YPTA:HK:1:X9:::CMN:BRU:UM12 DIABETIC CANARY+::1'" TAIL },
	{ "title of address", HEAD RCI ORG
	  "TIF+DOETEST+JOHNREV:A:1'TIF+ROETEST+RABBI SAM:A:2'" LEG TAIL },
	{ "traveller type",
	  HEAD RCI ORG "TIF+DOETEST+JOHNMR:CLG:1'FAR+CLG+44'" LEG TAIL },
	{ "payer", HEAD RCI ORG TIF TKT FOP
	  "IFT+4:43+OTTO DIABETIC+9 UNION OFFICE UTOPOLIS+212600000009'"
	  "ADD++702:9 LEDGER STREET:UTOPOLIS:::UT:00002:WHEELCHAIR CANARY'" LEG
		  TAIL },
	{ "baggage", HEAD RCI ORG TIF LEG GR6 GR7
	  "TBD++2:31:700++HP:CMN-021+X9:0999123456:2:BRU:999:WCHR:INSULIN "
	  "CANARY'" TAIL },
	{ "free text of an address", HEAD RCI ORG
	  "ADD++700:14 SAMPLE LANE:UTOPOLIS:::UT:00001:"
	  "PREGNANT CANARY'"
	  "ADD++:::::::GLUTEN CANARY+:::::::ONCOLOGY'" TIF LEG TAIL },
	{ "group name", HEAD RCI ORG "TIF+PILGRIM TEST TOURS:G'" TIF LEG TAIL },
	{ "PAXLST",
	  "UNA:+.? 'UNB+UNOA:4+X9APIS:ZZ+PIUXX:ZZ+261114:0915+R1++APIS'"
	  "UNH+P1+PAXLST:D:12B:UN:IATA'BGM+745'TDT+20+X9417'"
	  "LOC+125+CMN'DTM+189:2611140930:201'LOC+87+BRU'"
	  "DTM+232:2611141340:201'"
	  "NAD+FL+++DOETEST:JOHN REV'ATT+2++M'DTM+329:820417'"
	  "FTX+AAA+++CANARY DIABETIC'FTX+BAG+++X9123456:2'"
	  "GEI+4+ZZZ:CANARY'LOC+178+CMN'LOC+179+BRU'NAT+2+UTO'"
	  "DOC+P:110:111+L898902C3'CNT+42:1'UNT+20+P1'UNZ+1+R1'" },
};

START_TEST(canaries_in_every_place_are_gone)
{
	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		struct run r = { .arena = { 0 } };
		struct str copy;

		run_payload(&r, str_of(places[i].message), places[i].place);
		ck_assert_msg(r.before.nr_parsed == 1, "%s", places[i].place);
		ck_assert_msg(r.redaction.nr_removal > 0, "%s",
			      places[i].place);
		check_bytes(&r, places[i].place);
		copy = squeezed(&r.arena, r.copy);
		for (size_t k = 0; k < ARRAY_SIZE(forbidden); k++)
			ck_assert_msg(str_find(copy, str_of(forbidden[k])) < 0,
				      "%s: %s is still there: %.*s",
				      places[i].place, forbidden[k],
				      STR_ARG(r.copy));
		check_commutes(&r, places[i].place);
		arena_release(&r.arena);
	}
}
END_TEST

/* The message with a line break after every `width` bytes. */
static struct str wrapped(struct arena *a, struct str s, size_t width)
{
	char *out = arena_alloc(a, 3 * s.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (i && i % width == 0) {
			out[n++] = '\r';
			out[n++] = '\n';
		}
		out[n++] = s.ptr[i];
	}
	return (struct str){ out, n };
}

START_TEST(wrapping_hides_nothing)
{
	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		for (size_t width = 9; width < 80; width += 7) {
			struct run r = { .arena = { 0 } };
			struct str in = wrapped(
				&r.arena, str_of(places[i].message), width);
			struct str copy;

			run_payload(&r, in, places[i].place);
			check_bytes(&r, places[i].place);
			check_commutes(&r, places[i].place);
			copy = squeezed(&r.arena, r.copy);
			for (size_t k = 0; k < ARRAY_SIZE(forbidden); k++)
				ck_assert_msg(
					str_find(copy, str_of(forbidden[k])) <
						0,
					"%s, wrapped at %zu: %s is still "
					"there: %.*s",
					places[i].place, width, forbidden[k],
					STR_ARG(r.copy));
			arena_release(&r.arena);
		}
}
END_TEST

/* Forbidden words put anywhere into a message: both ways still agree. */
START_TEST(words_put_anywhere_commute)
{
	static const char *const put[] = { " KOSHER ", "DIABETIC", "REV",
					   "\r\n",     "?",	   " H.I.V " };
	uint32_t x = 7;

	for (int round = 0; round < 4000; round++) {
		struct run r = { .arena = { 0 } };
		struct str m = str_of(
			places[(size_t)round % ARRAY_SIZE(places)].message);
		struct str word =
			str_of(put[(size_t)round / 3 % ARRAY_SIZE(put)]);
		char *text = arena_alloc(&r.arena, m.len + word.len + 1);
		size_t at;

		x = x * 1103515245u + 12345u;
		at = x / 256 % m.len;
		memcpy(text, m.ptr, at);
		memcpy(text + at, word.ptr, word.len);
		memcpy(text + at + word.len, m.ptr + at, m.len - at);
		run_payload(&r, (struct str){ text, m.len + word.len }, text);
		check_commutes(&r, text);
		arena_release(&r.arena);
	}
}
END_TEST

START_TEST(diagnostics_say_where_and_never_what)
{
	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		struct run r = { .arena = { 0 } };
		uint32_t found = 0, inside = 0;
		struct parsed *p;

		run_payload(&r, str_of(places[i].message), places[i].place);
		p = &r.before.parsed[0];
		redaction_report(&r.before, &r.redaction, &r.arena);
		for (uint32_t k = 0; k < r.redaction.nr_removal; k++)
			inside += r.redaction.removal[k].pos >= p->whole.pos &&
				  r.redaction.removal[k].pos <
					  p->whole.pos + p->whole.len;
		for (uint32_t d = 0; d < p->nr_diag; d++) {
			found += strcmp(p->diag[d].code, "removed") == 0;
			for (size_t k = 0; k < ARRAY_SIZE(forbidden); k++)
				ck_assert_int_lt(str_find(p->diag[d].text,
							  str_of(forbidden[k])),
						 0);
		}
		ck_assert_uint_gt(inside, 0);
		ck_assert_msg(found == inside, "%s: %u of %u", places[i].place,
			      found, inside);
		arena_release(&r.arena);
	}
}
END_TEST

UNIT_MAIN("redact_commutes", all_golden_messages,
	  canaries_in_every_place_are_gone, wrapping_hides_nothing,
	  words_put_anywhere_commute, diagnostics_say_where_and_never_what)
