/*
 * What fuzzing found holds now, and what it grows from does: the properties of
 * tests/fuzz/properties.h and redaction.h on the inputs of tests/fuzz/corpus/found and on the
 * golden messages. A property that does not hold aborts.
 */
#include "tests/fuzz/redaction.h"
#include "tests/unit/unit.h"

#include <glob.h>

static size_t check_files(const char *pattern)
{
	glob_t g;
	size_t nr;

	ck_assert_int_eq(glob(pattern, 0, NULL, &g), 0);
	nr = g.gl_pathc;
	for (size_t i = 0; i < nr; i++) {
		struct buf b = { 0 };
		struct err e = { 0 };

		ck_assert(!buf_read_file(&b, g.gl_pathv[i], 0, &e));
		check_payload(buf_view(&b), STR(""));
		check_redaction(buf_view(&b));
		buf_release(&b);
	}
	globfree(&g);
	return nr;
}

START_TEST(findings_hold)
{
	ck_assert_uint_gt(check_files("tests/fuzz/corpus/found/*"), 8);
}
END_TEST

START_TEST(golden_messages_hold)
{
	ck_assert_uint_gt(check_files("tests/golden/*.edi"), 60);
	ck_assert_uint_gt(check_files("tests/golden/refused/*.edi"), 0);
}
END_TEST

/* Longer than what is kept of a header's part. */
#define TEXT "TEXT TEXT TEXT TEXT TEXT TEXT TEXT TEXT TEXT TEXT TEXT "

static void check_each(const char *const *in, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		check_payload(str_of(in[i]), STR(""));
		check_redaction(str_of(in[i]));
	}
}

/*
 * By what stands before the first header the terminator is told, and a header
 * may stand in a text or behind the end: it is still there when texts are not,
 * and no other one has come.
 */
START_TEST(separators_rest_on_what_stays)
{
	static const char *const in[] = {
		"UNB+IATA:1\nUNH++PNRGOV\nTIF+`\n/",
		"UNB+IATA:1\nUNH+\n'+UNH+",
		"UNB+IATA:1\nUNH+\nUNH+9+417:'OUNH++NB",
		"UNB+IATA:1\nUNH+\nUNH+9+417:'O UNH++NB",
		"UNB+IATA:1\nUNH+\nUNH+9+417:'UNH x++NB",
		"UNB+IATA:1\nUNH+\nUNH+9+417:'UNG \n x++NB",
		"UNB+UNOA:4+A+" TEXT "?'" TEXT
		"*UNH+1+PAXLST:D:12B:UN'TDT+20+X9417*LOC+125+CMN*",
		"UNB+UNOA:4+A+" TEXT "?\?\?'" TEXT
		"*UNH+1+PAXLST:D:12B:UN'TDT+20+X9417*LOC+125+CMN*",
		"UNB+UNOA:4+A+" TEXT "UNB+IATA:1" TEXT
		"+X#UNH+1+PAXLST:D:12B:UN'TDT+20+X9417#LOC+125+CMN#",
		"UNB+UNOA:4\nUNH+1+PAXLST:D:12B:UN+++++" TEXT "?'" TEXT
		"\nTDT+20+X9417\nLOC+125+CMN",
		"UNB+UNOA:4\nUNH+1+PAXLST:D:12B:UN+++++" TEXT
		"\xe2\x80\x99" TEXT "\nTDT+20+X9417\nLOC+125+CMN",
		"UNA:+.? &UNB+UNOA:1'UNZ+1+1'TEXT'UNH+1+PAXLST",
		"UNA:+.? &UNB+UNOA:1'UNZ+1+1'TEXT'UNB+UNOA:2'",
		"UNA:+.? &UNB+UNOA:1'UNZ+1+?&'TEXT'UNH+1+PAXLST",
	};

	check_each(in, ARRAY_SIZE(in));
}
END_TEST

/* TIF+A'DAT+0: is no TIF by what DAT has, whatever ends it. */
START_TEST(no_look_ahead_passes_an_end)
{
	static const char *const head = "UNB+UNOA:4+A+B+261114:0916+R%s"
					"UNH+1+PAXLST:D:12B:UN%sTDT+20+X9417%s"
					"LOC+125+CMN%sNAD+FL+++DOETEST:JON%s";
	static const struct {
		const char *ends, *in;
	} ended[] = {
		{ "'", "+TIF+?'DAT+0:" },
		{ "'", "+TIF+?\n'DAT+0:" },
		{ "'", "+TIF+A?' \nDAT+0:" },
		{ "\n", "+TIF+A\nDAT+0:" },
		{ "\xe2\x80\x99", "+TIF+A\xe2\x80\x99"
				  "DAT+0:" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(ended); i++) {
		struct parse_limits limits = PARSE_LIMITS_DEFAULT;
		const char *e = ended[i].ends;
		struct arena arena = { 0 };
		struct payload p;
		struct err err = { 0 };
		struct str tag;
		char in[512];
		int n = snprintf(in, sizeof(in), head, e, e, e, e, e);

		snprintf(in + n, sizeof(in) - (size_t)n, "%s", ended[i].in);
		ck_assert(
			!payload_parse(&p, str_of(in), &limits, &arena, &err));
		ck_assert_uint_ge(p.claims.nr_segment, 2);
		tag = claims_tag(p.bytes,
				 &p.claims.segment[p.claims.nr_segment - 2]);
		ck_assert_msg(!str_eq(tag, STR("TIF")), "%zu", i);
		check_payload(str_of(in), STR(""));
		arena_release(&arena);
	}
}
END_TEST

/* Nor does a tag that is left in a text seem to follow a short code. */
START_TEST(tags_left_follow_no_code)
{
	static const char *const in[] = {
		"UNB+UNOA:4'DTM:.UNB+UNST:1",
		"UNB+UNOA:4'DTM:.b12UNB+UNST:1",
		"UNB+UNOA:4'DTM:aBUNB+UNST:1",
		"UNB+UNOA:4'DTM:12A345UNB+UNST:1",
		"UNB+UNOA:1'TVL+1412UNB+UNOA:4",
		"UNB+UNOA:1'UNA:AUNB+IATA:1",
		"UNB+UNOA:4'DTM:ABCDEUNB+UNST:1",
		"UNB+UNOA:4'DTM:aUNH+UNST:1'UNH+1+1",
	};

	check_each(in, ARRAY_SIZE(in));
}
END_TEST

/* The traveller's name in a line of text stays, and is none of its values. */
START_TEST(name_in_a_line_is_no_card)
{
	static const char *const in[] = {
		/* the end of another name is not his */
		"UNB+UNOA:4'UNH+1+PNRGOV:21:1:IA'TIF+ROETEST+BO'TIF+T+ADMR'"
		"LTS+SSR DOCS /////ST/AD'",
		"UNB+UNOA:4'UNH+1+PNRGOV:21:1:IA'TIF+DOETEST:I+INGA PETRA'"
		"TIF+ROETEST:I+BO'LTS+/SSR FQTVX9HK/CA!NARY//DOETEST/INGA "
		"PETRA'",
		"UNB+UNOA:4'UNH+1+PNRGOV:21:1:IA'TIF+DOETEST:I+INGA PETRA'"
		"TIF+ROETEST:I+BO'LTS+/SSR FQTVX9HK/DOETEST/INGA PETRA'",
	};

	check_each(in, ARRAY_SIZE(in));
}
END_TEST

#define PNR "UNB+IATA:1'UNH+1+PNRGOV:21:1:IA'"

/*
 * A field of a line that goes is still a field: what stands behind it does not
 * move up, and what stood there is not taken for the first one.
 */
START_TEST(redacted_fields_keep_their_place)
{
	static const char *const in[] = {
		/* no nationality, no document: the type is kept by nobody */
		PNR "TIF+DOETEST:I+JON:A:1:1'LTS+0/O/SR/SSR DOCSX9HK1 P/UTO/"
		    "L898902C3/UREF 7APR82/F/15APR31/DOETEST/JON//H'",
		PNR "TIF+DOETEST:I+JON:A:1:1'LTS+0/O/SR/SSR DOCSX9HK1/P/UTO/"
		    "L898902C3/UREF 7APR82/F/15APR31/DOETEST/JON//H'",
		/* something else is where carrier and status are */
		PNR "TIF+DOETEST:I+JON'LTS+/SSR FQTVX9HK;/ LH123456 S'",
		PNR "TIF+DOETEST:I+JON'LTS+/SSR FQTVX9HK12345/LH123456'",
		PNR "TIF+DOETEST:I+JON'LTS+SSR DOCS'",
		PNR "TIF+DOETEST:I+JON'LTS+SSR DOCS",
		/* separators nobody released are no type of a document */
		PNR "TIF+DOETEST:I+JON:A:1:1'LTS+0/O/SR/SSR DOCSX9HK1 DAT+2:P/"
		    "UTO/L898902C3/UTO/17APR82/F/15APR31/DOETEST/JON//H'",
		/* a transaction that says nothing, and one that does */
		PNR "TIF+DOETEST:I+JON'LTS+5/A/SS'LTS+5/Z/'LTS+5/A/SS'"
		    "LTS+5/Z/CR-BRU000000'",
		/* slashes in a number that is too long for one */
		"UNB+UNOA:1+X9APIS:ZZ+USPIU:ZZ+261114:0915+1++CEDIPAX'"
		"UNH+US1+PAXLST:001:000:ZZ'TDT++X9417+40+X9'LOC+8+BEBRU'"
		"DTM+132+261114+1340'UNS+D'"
		"PDT+A/A00000042AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAA/A/B/C/D+ROETEST:BO'",
	};

	check_each(in, ARRAY_SIZE(in));
}
END_TEST

/* A title that the law drops is not in a name with a title glued on either. */
START_TEST(no_dropped_title_is_glued)
{
	static const char *const in[] = {
		PNR "TIF+DOETEST+JOHNREVMR:A:1:1'",
		PNR "TIF+DOETEST+JOHNMRREV:A:1:1'",
		PNR "TIF+DOETEST+JOHN REVMR:A:1:1'",
		PNR "TIF+DOETEST+JOHN FRMR:A:1:1'",
		PNR "TIF+DOETEST+MRREV JOHN:A:1:1'",
		PNR "TIF+DOETEST+JOHNMR REVMR:A:1:1'",
		PNR "TIF+DOETEST+JOHNRABBIMR:A:1:1'",
		/* a tab is a blank as well */
		PNR "TIF+DOETEST+JON\tMS:A:1:1'",
	};

	check_each(in, ARRAY_SIZE(in));
}
END_TEST

UNIT_MAIN("fuzz_found", redacted_fields_keep_their_place,
	  no_dropped_title_is_glued, name_in_a_line_is_no_card,
	  tags_left_follow_no_code, findings_hold, golden_messages_hold,
	  separators_rest_on_what_stays, no_look_ahead_passes_an_end)
