/* Lists as JSON lines, as the UN's XML, as FollowTheMoney; the same alert twice */
#include "base/buf.h"
#include "tests/unit/unit.h"
#include "watchlist/ftm.h"
#include "watchlist/list_json.h"
#include "watchlist/list_merge.h"
#include "watchlist/un.h"

#include <stdio.h>
#include <string.h>

static struct arena arena;
static char said[1 << 14];

static void say(void *ctx, const char *text)
{
	size_t n = strlen(said);

	(void)ctx;
	snprintf(said + n, sizeof(said) - n, "%s\n", text);
}

static const struct str offence[] = { STR_INIT("T"), STR_INIT("04") };
static const struct watch_registers law = { .offence = offence,
					    .nr_offences = 2,
					    .today = { 2026, 11, 22 } };

static struct watch_sheet sheet_of(enum sheet_format format)
{
	return (struct watch_sheet){
		.id = STR("l"),
		.owner = STR("AT-BK"),
		.alert = STR("arrest"),
		.format = format,
		.offence = { STR("T"), STR("04") },
		.nr_offences = 2,
		.program = { { STR("wanted"), STR("04") },
			     { STR("Taliban"), STR("T") },
			     { STR("X-NARCO"), STR("04") } },
		.nr_programs = 3,
		.until = { 2026, 12, 31 },
		.threshold = 800,
	};
}

/* id/reference/offence|names|births|sex|nationalities|documents|place */
static void write_entry(struct buf *b, const struct watch_entry *n)
{
	buf_fmt(b, STR_FMT "/" STR_FMT "/" STR_FMT "|", STR_ARG(n->id),
		STR_ARG(n->reference), STR_ARG(n->offence));
	for (uint32_t i = 0; i < n->nr_names; i++)
		buf_fmt(b, "%s" STR_FMT "/" STR_FMT, i ? ";" : "",
			STR_ARG(n->names[i].surname),
			STR_ARG(n->names[i].given));
	buf_z(b, "|");
	for (uint32_t i = 0; i < n->nr_births; i++) {
		buf_z(b, i ? ";" : "");
		birth_write(b, n->births[i]);
	}
	buf_fmt(b, "|%.1s|", n->sex ? &n->sex : "");
	for (uint32_t i = 0; i < n->nr_nationalities; i++)
		buf_fmt(b, "%s" STR_FMT, i ? ";" : "",
			STR_ARG(n->nationalities[i]));
	buf_z(b, "|");
	for (uint32_t i = 0; i < n->nr_documents; i++)
		buf_fmt(b, "%s%.*s:" STR_FMT ":" STR_FMT, i ? ";" : "",
			n->documents[i].number.len, n->documents[i].number.text,
			STR_ARG(n->documents[i].issuer),
			STR_ARG(n->documents[i].type));
	buf_fmt(b, "|" STR_FMT "\n", STR_ARG(n->birth_place));
}

#define U(in) "<L><INDIVIDUAL>" in "</INDIVIDUAL></L>"
#define UT(in)                                                               \
	U("<DATAID>7</DATAID><FIRST_NAME>A</FIRST_NAME>"                     \
	  "<SECOND_NAME>B</SECOND_NAME><UN_LIST_TYPE>Taliban</UN_LIST_TYPE>" \
	  "<REFERENCE_NUMBER>TAi.1</REFERENCE_NUMBER>" in)
#define UDOB(in) \
	UT("<INDIVIDUAL_DATE_OF_BIRTH>" in "</INDIVIDUAL_DATE_OF_BIRTH>")
#define UDOC(in)  UT("<INDIVIDUAL_DOCUMENT>" in "</INDIVIDUAL_DOCUMENT>")
#define UIS(rest) "7/UN TAi.1/T|A B/|" rest "\n"
#define J(more)                                                         \
	"{\"id\":\"1\",\"reference\":\"R\",\"offence\":\"04\",\"valid_" \
	"until\":"                                                      \
	"\"2027-01-01\"" more "}\n"
#define JN(more)  J(",\"names\":[{\"surname\":\"DOE\"}]" more)
#define JIS(rest) "1/R/04|DOE/|" rest "\n"
#define F(in)	  "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{" in "}}\n"
#define FW(in)	  F("\"name\":[\"Ann Doe\"],\"topics\":[\"wanted\"]" in)
#define FIS(rest) "a/OpenSanctions a/04|" rest "\n"

/* A file, its entries, a word of the warnings or of the error ("!"). */
static const struct {
	enum sheet_format format;
	const char *text, *entries, *says;
} files[] = {
	/* the UN's */
	{ SHEET_UN, UT(""), UIS("||||"), "" },
	{ SHEET_UN, UDOB("<DATE>1964-01-12</DATE>"), UIS("1964-01-12||||"),
	  "" },
	{ SHEET_UN, UDOB("<DATE>1964-01-12T00:00:00</DATE>"),
	  UIS("1964-01-12||||"), "" },
	{ SHEET_UN, UDOB("<YEAR>1964</YEAR>"), UIS("1964||||"), "" },
	{ SHEET_UN, UDOB("<YEAR>1964</YEAR><MONTH>2</MONTH><DAY>29</DAY>"),
	  UIS("1964-02-29||||"), "" },
	{ SHEET_UN, UDOB("<YEAR>1965</YEAR><MONTH>2</MONTH><DAY>29</DAY>"),
	  UIS("||||"), "line 1: INDIVIDUAL_DATE_OF_BIRTH: not a date" },
	{ SHEET_UN,
	  UDOB("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1964</YEAR>"),
	  UIS("1962-01-01..1966-12-31||||"), "" },
	{ SHEET_UN, UDOB("<FROM_YEAR>1964</FROM_YEAR><TO_YEAR>1966</TO_YEAR>"),
	  UIS("1964-01-01..1966-12-31||||"), "" },
	{ SHEET_UN, UDOB("<FROM_YEAR>1966</FROM_YEAR><TO_YEAR>1964</TO_YEAR>"),
	  UIS("||||"), "not a date" },
	{ SHEET_UN, UT("<INDIVIDUAL_DATE_OF_BIRTH/>"), UIS("||||"), "" },
	{ SHEET_UN,
	  UDOC("<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>A 123456"
	       "</NUMBER><COUNTRY_OF_ISSUE>Austria</COUNTRY_OF_ISSUE>"),
	  UIS("|||A123456:AUT:P|"), "" },
	{ SHEET_UN,
	  UDOC("<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>12"
	       "</NUMBER>"),
	  UIS("||||"), "INDIVIDUAL_DOCUMENT: no number" },
	{ SHEET_UN,
	  UDOC("<TYPE_OF_DOCUMENT>Tax</TYPE_OF_DOCUMENT><NUMBER>1"
	       "</NUMBER>"),
	  UIS("||||"), "" },
	{ SHEET_UN,
	  UT("<GENDER>Female</GENDER><NATIONALITY><VALUE>Austria"
	     "</VALUE><VALUE>Nowhere</VALUE></NATIONALITY>"),
	  UIS("|F|AUT||"), "NATIONALITY: no country" },
	{ SHEET_UN,
	  UT("<INDIVIDUAL_ALIAS><ALIAS_NAME>DOE, John</ALIAS_NAME>"
	     "</INDIVIDUAL_ALIAS><INDIVIDUAL_ALIAS/>"
	     "<INDIVIDUAL_PLACE_OF_BIRTH><CITY>X</CITY><COUNTRY>Y</COUNTRY>"
	     "</INDIVIDUAL_PLACE_OF_BIRTH><INDIVIDUAL_PLACE_OF_BIRTH><CITY>Z"
	     "</CITY></INDIVIDUAL_PLACE_OF_BIRTH>"),
	  "7/UN TAi.1/T|A B/;DOE/John|||||X, Y; Z\n", "" },
	{ SHEET_UN, U("<DATAID>7</DATAID><UN_LIST_TYPE>Taliban</UN_LIST_TYPE>"),
	  "", "no FIRST_NAME" },
	{ SHEET_UN, U("<FIRST_NAME>A</FIRST_NAME>"), "", "no DATAID" },
	{ SHEET_UN, UT("") "x", "", "!line 1: junk" },
	{ SHEET_UN, "<L><P/></L>", "", "!no INDIVIDUAL" },
	{ SHEET_UN, "id,reference\n", "", "!line 1: " },
	/* ours as JSON */
	{ SHEET_JSON_LINES, JN(""), JIS("||||"), "" },
	{ SHEET_JSON_LINES, "\xef\xbb\xbf\r\n" JN("") "\n", JIS("||||"), "" },
	{ SHEET_JSON_LINES, "", "", "" },
	{ SHEET_JSON_LINES,
	  J(",\"names\":[{\"surname\":\"DOE\",\"given\":\"A\"},{\"surname\":"
	    "\"ROE\",\"given\":null}],\"birth_dates\":[\"1970-01\",\"1971..1972"
	    "\"],\"sex\":\"X\",\"nationalities\":[\"AT\",\"DEU\"],\"birth_place"
	    "\":\"Linz\",\"documents\":[{\"number\":\"A1-2345\",\"issuer\":"
	    "\"AUT\",\"type\":\"P\"},{\"number\":\"99999A\"}]"),
	  "1/R/04|DOE/A;ROE/|1970-01;1971-01-01..1972-12-31|X|AUT;DEU|"
	  "A12345:AUT:P;99999A::|Linz\n",
	  "" },
	{ SHEET_JSON_LINES, JN("") JN(""), JIS("||||"),
	  "line 2: its id stood before" },
	{ SHEET_JSON_LINES, JN("") "[]\n", JIS("||||"), "not a JSON object" },
	{ SHEET_JSON_LINES, JN("") "{\"id\"\n", JIS("||||"),
	  "line 2: not valid JSON" },
	{ SHEET_JSON_LINES, JN("") J(""), JIS("||||"), "'names': not there" },
	{ SHEET_JSON_LINES, JN("") JN(",\"sex\":\"Q\""), JIS("||||"),
	  "'sex': not M, F or X" },
	{ SHEET_JSON_LINES, JN("") JN(",\"sex\":1"), JIS("||||"), "a text" },
	{ SHEET_JSON_LINES, JN("") JN(",\"birth_dates\":\"1970\""), JIS("||||"),
	  "'birth_dates': not an array" },
	{ SHEET_JSON_LINES, JN("") JN(",\"birth_dates\":[1970]"), JIS("||||"),
	  "'birth_dates': not YYYY" },
	{ SHEET_JSON_LINES, JN("") JN(",\"nationalities\":[\"QQ\"]"),
	  JIS("||||"), "'nationalities'" },
	{ SHEET_JSON_LINES, JN("") JN(",\"documents\":[{\"number\":\"12\"}]"),
	  JIS("||||"), "'number': not one" },
	{ SHEET_JSON_LINES,
	  JN("") JN(",\"documents\":[{\"number\":\"A123456\",\"issuer\":\"QQQ\""
		    "}]"),
	  JIS("||||"), "'issuer'" },
	{ SHEET_JSON_LINES,
	  JN("") J(",\"names\":[{\"surname\":\"DOE\",\"middle\":\"A\"}]"),
	  JIS("||||"), "no member 'middle'" },
	{ SHEET_JSON_LINES, JN("") JN(",\"colour\":1"), JIS("||||"),
	  "no member 'colour'" },
	{ SHEET_JSON_LINES, J(""), "", "!none of 1 lines" },
	/* FollowTheMoney */
	{ SHEET_FTM, FW(""), FIS("Ann Doe/|||||"), "" },
	{ SHEET_FTM, FW(",\"lastName\":[\"DOE\"]"), FIS("Doe/Ann|||||"), "" },
	{ SHEET_FTM, FW(",\"lastName\":\"ann\""), FIS("Ann/Doe|||||"), "" },
	{ SHEET_FTM, FW(",\"lastName\":[\"oe\"]"), FIS("Ann Doe/|||||"), "" },
	{ SHEET_FTM, FW(",\"alias\":[\"Ann Doe\",\"ROE, A\"]"),
	  FIS("Ann Doe/;ROE/A|||||"), "" },
	{ SHEET_FTM, FW(",\"birthDate\":[\"1970-01-02T00:00:00\",\"1971\"]"),
	  FIS("Ann Doe/|1970-01-02;1971||||"), "" },
	{ SHEET_FTM, FW(",\"gender\":[\"male\",\"female\"]"),
	  FIS("Ann Doe/||X|||"), "" },
	{ SHEET_FTM,
	  FW(",\"nationality\":[\"at\"],\"citizenship\":[\"at\","
	     "\"qq\"]"),
	  FIS("Ann Doe/|||AUT||"), "'citizenship': no ISO" },
	{ SHEET_FTM,
	  FW(",\"passportNumber\":[\"A123456\",\"A 123456\"],\"idNumber\":["
	     "\"99999999\"]"),
	  FIS("Ann Doe/||||A123456::P;A123456::P|"), "" },
	{ SHEET_FTM,
	  "{\"id\":\"d\",\"schema\":\"Identification\",\"properties\":{"
	  "\"holder\":[\"a\"],\"number\":[\"B123456\"],\"type\":[\"National ID "
	  "card\"],\"country\":[\"de\"]}}\n" FW(""),
	  FIS("Ann Doe/||||B123456:DEU:I|"), "" },
	{ SHEET_FTM,
	  FW("") "{\"id\":\"d\",\"schema\":\"Identification\",\"properties\":{"
		 "\"holder\":[\"a\"],\"number\":[\"B123456\"],\"type\":["
		 "\"Tax ID\"]}}\n",
	  FIS("Ann Doe/|||||"), "" },
	{ SHEET_FTM,
	  F("\"name\":[\"Ann Doe\"]") "{\"id\":\"s\",\"schema\":\"Sanction\","
				      "\"properties\":{\"entity\":[\"a\"],"
				      "\"programId\":[\"X-NARCO\"]}}\n",
	  FIS("Ann Doe/|||||"), "" },
	{ SHEET_FTM, F("\"name\":[\"Ann Doe\"],\"topics\":[\"role.pep\"]"), "",
	  "" },
	{ SHEET_FTM, F("\"topics\":[\"wanted\"]"), "", "!no line is" },
	{ SHEET_FTM, FW("") "{\"id\":\"\",\"schema\":\"Person\"}\n",
	  FIS("Ann Doe/|||||"), "no 'id'" },
	{ SHEET_FTM, "{}\n", "", "!no line is" },
};

static int read_list(struct watch_list *l, enum sheet_format format,
		     const char *text, struct err *e)
{
	struct watch_sheet sheet = sheet_of(format);
	struct list_warnings w = { .say = say, .file = "f" };

	said[0] = '\0';
	if (format == SHEET_UN)
		return un_list_read(l, &arena, &sheet, str_of(text), &w, e);
	if (format == SHEET_FTM)
		return ftm_list_read(l, &arena, &sheet, str_of(text), &w, e);
	return list_json_read(l, &arena, &sheet, str_of(text), &law, &w, e);
}

START_TEST(what_is_read_of_each_format)
{
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		bool refused = files[i].says[0] == '!';
		const char *says = files[i].says + refused;
		struct buf b = { .data = NULL };
		struct watch_list l = { .nr_entries = 0 };
		struct err e = { 0 };
		int rc = read_list(&l, files[i].format, files[i].text, &e);

		for (uint32_t k = 0; k < l.nr_entries; k++)
			write_entry(&b, &l.entries[k]);
		ck_assert_msg((rc < 0) == refused &&
				      strstr(refused ? e.text : said, says) &&
				      (!*says == !(said[0] || rc < 0)),
			      "row %zu: '%s' '%s', not '%s'", i, e.text, said,
			      says);
		ck_assert_msg(str_eq(buf_view(&b), str_of(files[i].entries)),
			      "row %zu:\n" STR_FMT "not\n%s", i,
			      STR_ARG(buf_view(&b)), files[i].entries);
		buf_release(&b);
		arena_clear(&arena);
	}
	arena_release(&arena);
}
END_TEST

/* Two entries a list: reference, surname, valid until; list a stands first. */
static const struct {
	const char *reference[2], *surname[2];
	int year[2];
	uint32_t left_out[2]; /* of list a, of list b */
} pairs[] = {
	{ { "R", "R" }, { "DOE", "DOE" }, { 2027, 2027 }, { 0, 1 } },
	{ { "R", "R" }, { "DOE", "DOE" }, { 2027, 2028 }, { 1, 0 } },
	{ { "R", "S" }, { "DOE", "DOE" }, { 2027, 2027 }, { 0, 0 } },
	{ { "R", "R" }, { "DOE", "ROE" }, { 2027, 2027 }, { 0, 0 } },
};

START_TEST(the_same_alert_twice_is_one)
{
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
		struct watch_name name[2];
		struct watch_entry n[2] = { 0 };
		struct watch_list l[2] = { 0 };
		struct err e = { 0 };

		for (int k = 0; k < 2; k++) {
			name[k] = (struct watch_name){
				.surname = str_of(pairs[i].surname[k])
			};
			n[k] = (struct watch_entry){
				.id = STR("1"),
				.reference = str_of(pairs[i].reference[k]),
				.names = &name[k],
				.nr_names = 1,
				.valid_until = { (int16_t)pairs[i].year[k], 1,
						 1 },
			};
			l[k].sheet = sheet_of(SHEET_PAXGATE);
			l[k].sheet.id = k ? STR("b") : STR("a");
			l[k].entries = &n[k];
			l[k].nr_entries = 1;
		}
		ck_assert_int_eq(watch_lists_merge(l, 2, &e),
				 pairs[i].left_out[0] + pairs[i].left_out[1]);
		for (int k = 0; k < 2; k++) {
			ck_assert_uint_eq(l[k].left_out_same,
					  pairs[i].left_out[k]);
			ck_assert_uint_eq(l[k].nr_entries,
					  1 - pairs[i].left_out[k]);
		}
		/* another owner's alert is another */
		l[0].nr_entries = l[1].nr_entries = 1;
		l[1].sheet.owner = STR("AT-DSN");
		ck_assert_int_eq(watch_lists_merge(l, 2, &e), 0);
	}
}
END_TEST

UNIT_MAIN("watchlist formats", what_is_read_of_each_format,
	  the_same_alert_twice_is_one)
