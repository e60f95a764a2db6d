#include "base/buf.h"
#include "parsers/edi_rules.h"
#include "parsers/una.h"
#include "tests/unit/unit.h"

#include <string.h>

static struct arena arena;

/* Elements by '+', components by ':', cleaned: "TST|a:b|c". */
static struct str spelled(const struct edi_syntax *syn, struct str in,
			  const struct edi_segment *s)
{
	struct buf b = { 0 };
	struct edi_part part;
	struct str out;

	buf_z(&b, s->tag);
	for (unsigned e = 1; e <= s->elems; e++) {
		buf_byte(&b, '|');
		for (unsigned c = 1; c <= edi_components(s, e); c++) {
			if (c > 1)
				buf_byte(&b, '/');
			ck_assert(edi_part(s, e, c, &part));
			buf_str(&b, edi_clean(syn, in, &part, &arena));
		}
	}
	out = arena_str(&arena, buf_view(&b));
	buf_release(&b);
	return out;
}

static const struct {
	const char *in, *want;
	unsigned odd;
} segments[] = {
	{ "TST+B?+C?'D??E'", "TST|B+C'D?E", 0 },
	{ "TST+B:::'", "TST|B///", 0 },
	{ "TST+++'", "TST|||", 0 },
	{ "TST+x?:y:z'", "TST|x:y/z", 0 },
	{ "TST+x*y'", "TST|x*y", 0 },
	{ "TST+x?*y'", "TST|x*y", 0 },
	{ "TST+x?y'", "TST|xy", 0 },
	{ "TST'", "TST", 0 },
	{ "TST+a", "TST|a", EDI_UNTERMINATED },
	{ "RPI+1+HK?", "RPI|1|HK?", EDI_UNTERMINATED | EDI_DANGLING },
	{ "  \r\n TST+a'", "TST|a", 0 },
	{ "T\r\nST+a\r\nb:c'", "TST|ab/c", 0 },
	{ "UNG +a'", "UNG|a", 0 },
	{ "TST+a?\r\n+b'", "TST|a+b", 0 },
	{ "Dear sir+a'", "|a", EDI_BAD_TAG },
	{ "RPI+1+HKIFT+4'", "RPI|1|HK", EDI_LOST },
	{ "ORG+1A++++++9TIF+KIM'", "ORG|1A||||||9", EDI_LOST },
	{ "LOC+125+CMNDTM+189'", "LOC|125|CMN", EDI_LOST },
	{ "TIF+SALMON+JANE'", "TIF|SALMON|JANE", 0 }, /* a name, no MON */
	{ "NAD+FL+++WYATT+X'", "NAD|FL|||WYATT|X", 0 },
	{ "NAD+FL+++EARP:WYATT+++'", "NAD|FL|||EARP/WYATT|||", 0 },
	{ "NAD+FL+++DOE:JOHNATT+2++M'", "NAD|FL|||DOE/JOHN", EDI_LOST },
	{ "RFF+AVF:AB12CDNAD+FL+++DOE'", "RFF|AVF/AB12CD", EDI_LOST },
	{ "RFF+AVF:SALMON'", "RFF|AVF/SALMON", 0 },
	{ "RFF+AVF:SALMON++'", "RFF|AVF/SALMON||", 0 },
	{ "RFF+AVF:ABCMON+X'", "RFF|AVF/ABC", EDI_LOST },
	{ "DOC+P+X12DTM+36:300101'", "DOC|P|X12", EDI_LOST },
	{ "DOC+P:110:111+X12N\r\nAD+FL+'", "DOC|P/110/111|X12", EDI_LOST },
	{ "COM+1:TE+X:EMTDT+20+X9108'", "COM|1/TE|X/EM", EDI_LOST },
	{ "IFT+4:28::X9+ASK AGTTIF+DOE+JOHN:A:1'", "IFT|4/28//X9|ASK AGT",
	  EDI_LOST },
	{ "IFT+4:28::X9+PLS NOTIF+CTC'", "IFT|4/28//X9|PLS NOTIF|CTC", 0 },
	{ "TIF+MOTIF+JOHN:A:1+JANE:A:2'", "TIF|MOTIF|JOHN/A/1|JANE/A/2", 0 },
	{ "TIF+DOE+JOHN:A:1REF+:X9'", "TIF|DOE|JOHN/A/1", EDI_LOST },
	{ "RCI+X9:ABCMON+1X:DEFSSR'", "RCI|X9/ABCMON|1X/DEFSSR", 0 },
	{ "LTS+HK1 1220SRC'RCI+X9:A'", "LTS|HK1 1220", EDI_LOST },
	{ "LTS+HK1 1220SRC'SSR+X9:A'", "LTS|HK1 1220SRC", 0 },
	{ "EQN+2SRC'SSR+X9:A'", "EQN|2", EDI_LOST },
	{ "SRCRCI+X9:AB12CD'", "SRC", EDI_LOST },
	{ "UNB+UNOA:4+A+BUNH+1+PAXLST:D'", "UNB|UNOA/4|A|B", EDI_LOST },
	{ "LTS+text?'DAT+700'", "LTS|text", EDI_DANGLING },
	{ "LTS+text?'", "LTS|text", EDI_DANGLING },
	{ "LTS+text?'\r\n", "LTS|text", EDI_DANGLING },
	{ "LTS+text?'D\nAT +700'", "LTS|text", EDI_DANGLING },
	{ "LTS+O?'NEIL+x'", "LTS|O'NEIL|x", 0 },
	{ "'", "", EDI_BAD_TAG },
};

START_TEST(segments_fall_into_parts)
{
	struct edi_syntax syn = EDI_SYNTAX_DEFAULT;

	for (size_t i = 0; i < ARRAY_SIZE(segments); i++) {
		struct str in = str_of(segments[i].in);
		struct edi_reader r;
		struct edi_segment s;

		edi_init(&r, in, 0, &syn, &arena);
		ck_assert(edi_next(&r, &s));
		ck_assert_msg(
			str_eq(spelled(&syn, in, &s), str_of(segments[i].want)),
			"%s: " STR_FMT, segments[i].in,
			STR_ARG(spelled(&syn, in, &s)));
		ck_assert_msg(s.odd == segments[i].odd, "%s: odd %u",
			      segments[i].in, s.odd);
	}
	arena_clear(&arena);
}
END_TEST

START_TEST(a_segment_keeps_4096_parts)
{
	struct edi_syntax syn = EDI_SYNTAX_DEFAULT;

	for (uint32_t n = EDI_MAX_PARTS - 1; n <= EDI_MAX_PARTS + 1; n++) {
		struct buf b = { 0 };
		struct edi_reader r;
		struct edi_segment s;
		struct edi_part part;
		uint32_t most = n < EDI_MAX_PARTS ? n : EDI_MAX_PARTS;

		buf_z(&b, "TBD");
		for (uint32_t i = 0; i < n; i++)
			buf_z(&b, i % 3 ? ":b" : "+a");
		buf_z(&b, "'SSD+1A'");
		edi_init(&r, buf_view(&b), 0, &syn, &arena);
		ck_assert(edi_next(&r, &s));
		ck_assert_uint_eq(s.nr, most);
		ck_assert_int_eq(s.odd, n > most ? EDI_TOO_MANY : 0);
		ck_assert(edi_part(&s, s.elems, 1, &part));
		ck_assert(!edi_part(&s, s.elems + 1, 1, &part));
		ck_assert(edi_next(&r, &s));
		ck_assert_str_eq(s.tag, "SSD");
		buf_release(&b);
	}
	arena_clear(&arena);
}
END_TEST

START_TEST(cleaned_bytes_lead_back_to_raw_ones)
{
	struct edi_syntax syn = EDI_SYNTAX_DEFAULT;
	struct str in = STR("a?+\r\nb??c");
	struct edi_part p = { 0, (uint32_t)in.len, true }, out;

	ck_str_is(edi_clean(&syn, in, &p, &arena), "a+b?c");
	edi_raw_range(&syn, in, &p, 1, 2, &out); /* "?+" */
	ck_assert_uint_eq(out.pos, 1);
	ck_assert_uint_eq(out.len, 2);
	edi_raw_range(&syn, in, &p, 2, 4, &out); /* "b??" */
	ck_assert_uint_eq(out.pos, 5);
	ck_assert_uint_eq(out.len, 3);
	edi_raw_range(&syn, in, &p, 3, 3, &out);
	ck_assert_uint_eq(out.len, 0);
	arena_clear(&arena);
}
END_TEST

#define UNB(e, c) \
	"UNB" e "IATA" c "1" e "X9" e "PIUXX" e "261113" c "0930" e "R"

/* What UNA or, without a sound one, UNB itself says. */
static const struct {
	const char *in;
	char component, element, release, segment;
	bool curly, damaged;
} starts[] = {
	{ "UNA:+.? '" UNB("+", ":") "'UNH+1'", ':', '+', '?', '\'', 0, 0 },
	{ "UNA:+.?*'\r\n" UNB("+", ":") "'UNH+1'", ':', '+', '?', '\'', 0, 0 },
	{ "UNA:*.? $" UNB("*", ":") "$UNH*1$", ':', '*', '?', '$', 0, 0 },
	{ "UNA:*.? #" UNB("*", ":") "#UNH*1#", ':', '*', '?', '#', 0, 0 },
	{ "UNA:-.? '" UNB("-", ":") "'UNH-1'", ':', '-', '?', '\'', 0, 0 },
	{ "UNA:-.? *" UNB("-", ":") "*UNH-1*", ':', '-', '?', '*', 0, 0 },
	{ "UNA:+.\\*'" UNB("+", ":") "'UNH+1'", ':', '+', '\\', '\'', 0, 0 },
	{ "UNA:+\\*'\n" UNB("+", ":") "' UNH+1'", ':', '+', '\\', '\'', 0, 1 },
	{ "UNA:+.\\*\xe2\x80\x99 " UNB("+", ":") "'\nUNH+1'", ':', '+', '\\',
	  '\'', 1, 1 },
	{ "UNA:+.?*'" UNB("+", ":") "\xe2\x80\x99\nUNH+1", ':', '+', '?', '\'',
	  1, 1 },
	{ UNB("+", ":") "'UNG+1'", ':', '+', '?', '\'', 0, 0 },
	{ UNB("+", ":") "~UNH+1~", ':', '+', '?', '~', 0, 0 },
	{ UNB("+", ":") "\r\nUNH+1\r\n", ':', '+', '?', '\n', 0, 0 },
	{ UNB("\x1d", "\x1f") "\x1cUNH\x1d"
			      "1\x1c",
	  0x1f, 0x1d, 0, 0x1c, 0, 0 },
	{ "UNA++.? '" UNB("+", ":") "'UNH+1'", ':', '+', '?', '\'', 0, 1 },
	{ "QU ABCDEFG\r\n.HDQ 141215\r\nU\r\nNB+UNOA:4+a'UNH+1'", ':', '+', '?',
	  '\'', 0, 0 },
};

START_TEST(service_characters_are_found)
{
	for (size_t i = 0; i < ARRAY_SIZE(starts); i++) {
		struct edi_start s;

		ck_assert_msg(edi_find_start(str_of(starts[i].in), 0, &s), "%s",
			      starts[i].in);
		ck_assert_msg(s.syntax.component == starts[i].component &&
				      s.syntax.element == starts[i].element &&
				      s.syntax.release == starts[i].release &&
				      s.syntax.segment == starts[i].segment,
			      "%s: '%c' '%c' '%c' %02x", starts[i].in,
			      s.syntax.component, s.syntax.element,
			      s.syntax.release, (uint8_t)s.syntax.segment);
		ck_assert_msg(s.syntax.curly == starts[i].curly &&
				      s.damaged == starts[i].damaged,
			      "%s", starts[i].in);
	}
}
END_TEST

START_TEST(no_interchange_is_found_in_noise)
{
	static const char *const noise[] = {
		"",	      "UNA:+.? '",  "UNB",	    "UNB+",
		"UNB+UNOA",   "UNB+UNOA:x", "UNBELIEVABLE", "SUNBURN+SKIN:1",
		"UNB IATA 1",
	};
	struct edi_start s;

	for (size_t i = 0; i < ARRAY_SIZE(noise); i++)
		ck_assert_msg(!edi_find_start(str_of(noise[i]), 0, &s), "%s",
			      noise[i]);
}
END_TEST

/* The filter in front of edi_lost_at() lets every tag through. */
START_TEST(all_known_tags_may_end_a_part)
{
	int known = 0;

	for (int i = 0; i < 26 * 26 * 26; i++) {
		char in[5] = { 'X', (char)('A' + i / 676),
			       (char)('A' + i / 26 % 26), (char)('A' + i % 26),
			       '+' };

		if (!edi_is_known_tag(in + 1))
			continue;
		known++;
		ck_assert_msg(edi_may_end_in_tag(in, 1, 0, 4, false), "%.3s",
			      in + 1);
	}
	ck_assert_int_ge(known, 55);
}
END_TEST

UNIT_MAIN("edifact", all_known_tags_may_end_a_part, segments_fall_into_parts,
	  a_segment_keeps_4096_parts, cleaned_bytes_lead_back_to_raw_ones,
	  service_characters_are_found, no_interchange_is_found_in_noise)
