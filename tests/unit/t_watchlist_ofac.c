#include "tests/unit/unit.h"
#include "watchlist/csv.h"
#include "watchlist/entry_add.h"
#include "watchlist/ofac.h"
#include "watchlist/ofac_remarks.h"

#include <stdio.h>
#include <string.h>

static struct arena arena;
static char said[1 << 16]; /* warnings, a line each */

static void say(void *ctx, const char *text)
{
	size_t n = strlen(said);

	(void)ctx;
	snprintf(said + n, sizeof(said) - n, "%s\n", text);
}

static struct list_warnings listen(void)
{
	said[0] = '\0';
	return (struct list_warnings){ .say = say,
				       .file = "sdn.csv",
				       .line = 7 };
}

/* What stands behind "DOB ", as our own lists write it; "": refused. */
static const struct {
	const char *dob, *range;
} births[] = {
	{ "12 Jan 1964", "1964-01-12" },
	{ "02 Dec 1964", "1964-12-02" },
	{ "2 Dec 1964", "1964-12-02" },
	{ "29 Feb 1964", "1964-02-29" },
	{ "Jan 1964", "1964-01" },
	{ "Feb 1964", "1964-02" },
	{ "1964", "1964" },
	{ "circa 1964", "1962-01-01..1966-12-31" },
	{ "circa 12 Jan 1964", "1962-01-01..1966-12-31" },
	{ "circa Feb 1964", "1962-01-01..1966-12-31" },
	{ "circa 1979-1982", "1977-01-01..1984-12-31" },
	{ "circa 1", "" },
	{ "circa 0001", "0001-01-01..0003-12-31" },
	{ "circa 9999", "9997-01-01..9999-12-31" },
	{ "1964 to 1966", "1964-01-01..1966-12-31" },
	{ "1964 to 1964", "1964" },
	{ "1964-1966", "1964-01-01..1966-12-31" },
	{ "Mar 1962 to Feb 1963", "1962-03-01..1963-02-28" },
	{ "12 Jan 1964 to 15 Mar 1965", "1964-01-12..1965-03-15" },
	{ "01 Jan 1979 to 31 Dec 1979", "1979" },
	{ "1966 to 1964", "" },
	{ "12 Jan 1964 to 11 Jan 1964", "" },
	{ "30 Feb 1964", "" },
	{ "29 Feb 1965", "" },
	{ "00 Jan 1964", "" },
	{ "32 Jan 1964", "" },
	{ "112 Jan 1964", "" },
	{ "12 Foo 1964", "" },
	{ "12 January 1964", "" },
	{ "Jan 12 1964", "" },
	{ "12 Jan 64", "" },
	{ "12 Jan 0000", "" },
	{ "1 12 Jan 1964", "" },
	{ "12  Jan 1964", "" },
	{ "1964 to", "" },
	{ "to 1964", "" },
	{ "1964 to 1966 to 1968", "" },
	{ "circa", "" },
	{ "circa circa 1964", "" },
	{ "unknown", "" },
	{ "", "" },
};

START_TEST(every_form_of_a_birth_date)
{
	for (size_t i = 0; i < ARRAY_SIZE(births); i++) {
		struct buf b = { .data = NULL };
		struct birth_range r;

		if (ofac_birth_read(str_of(births[i].dob), &r))
			birth_write(&b, r);
		ck_assert_msg(str_eq(buf_view(&b), str_of(births[i].range)),
			      "'%s': '" STR_FMT "'", births[i].dob,
			      STR_ARG(buf_view(&b)));
		buf_release(&b);
	}
}
END_TEST

/* An entry in one line: births|sex|nationalities|documents|names|place. */
static void write_entry(struct buf *b, const struct watch_entry *n)
{
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
	buf_z(b, "|");
	for (uint32_t i = 0; i < n->nr_names; i++)
		buf_fmt(b, "%s" STR_FMT "/" STR_FMT, i ? ";" : "",
			STR_ARG(n->names[i].surname),
			STR_ARG(n->names[i].given));
	buf_fmt(b, "|" STR_FMT, STR_ARG(n->birth_place));
}

/* Remarks, what is read of them, and the warning. */
static const struct {
	const char *remarks, *entry, *warning;
} remarks[] = {
	{ "", "|||||", "" },
	{ "DOB 12 Jan 1964.", "1964-01-12|||||", "" },
	{ "DOB 12 Jan 1964", "1964-01-12|||||", "" },
	{ "DOB 1964; alt. DOB circa 1970; alt. DOB Jan 1971.",
	  "1964;1968-01-01..1972-12-31;1971-01|||||", "" },
	{ "DOB soon; alt. DOB 1970.", "1970|||||", "DOB is not a date" },
	{ "Gender Male.", "|M||||", "" },
	{ "Gender Female", "|F||||", "" },
	{ "Gender Unknown", "|||||", "Gender is not" },
	{ "nationality Iran; citizen Iran; alt. citizen Korea, North",
	  "||IRN;PRK|||", "" },
	{ "nationality Congo, Democratic Republic of the.", "||COD|||", "" },
	{ "nationality Russia;citizen Turkey;nationality Burma",
	  "||RUS;TUR;MMR|||", "" },
	{ "nationality Soviet Union", "||SUN|||", "" },
	{ "possibly; nationality Freedonia; citizen Iraq", "||IRQ|||",
	  "sdn.csv: line 7: column 'remarks': nationality is no country" },
	{ "POB Utopolis, Iran; alt. POB Nowhere.",
	  "|||||Utopolis, Iran; Nowhere", "" },
	/* documents */
	{ "Passport A1234567 (Iran) expires 12 Jan 2010", "|||A1234567:IRN:P||",
	  "" },
	{ "Passport A1234567 (Iran) issued 12 Jan 2000 expires 12 Jan 2010.",
	  "|||A1234567:IRN:P||", "" },
	{ "Passport A1234567 (Iran)", "|||A1234567:IRN:P||", "" },
	{ "Passport A1234567.", "|||A1234567::P||", "" },
	{ "Passport A1234567 expires 12 Jan 2010", "|||A1234567::P||", "" },
	{ "Passport A1234567 issued 1999", "|||A1234567::P||", "" },
	{ "Passport KZ 550207 (Pakistan); alt. Passport AB-12/34 (Burma)",
	  "|||KZ550207:PAK:P;AB1234:MMR:P||", "" },
	{ "Passport No.: 0310857, Eritrea, Issue Date 1 May 2006",
	  "|||0310857::P||", "" },
	{ "Passport Booklet: A1234567 (Pakistan)", "|||A1234567:PAK:P||", "" },
	{ "Passport Booklet A1234567 (Pakistan)", "|||A1234567:PAK:P||", "" },
	{ "Diplomatic Passport DP001842 (Burundi) issued 08 Apr 2013",
	  "|||DP001842:BDI:P||", "" },
	{ "National ID No. 123 456-78 (Korea, North)", "|||12345678:PRK:I||",
	  "" },
	{ "National ID No. CNIC: 35202-5400413-9 (Pakistan)",
	  "|||3520254004139:PAK:I||", "" },
	{ "National Foreign ID Number 07010032477 (Syria)",
	  "|||07010032477:SYR:I||", "" },
	{ "Cedula No. 16247821 (Colombia)", "|||16247821:COL:I||", "" },
	{ "D.N.I. 15.976.521 (Spain)", "|||15976521:ESP:I||", "" },
	{ "Travel Document Number A0003900 (Germany)", "|||A0003900:DEU:||",
	  "" },
	{ "Passport A1234567 (Freedonia)", "|||A1234567::P||",
	  "a document's country is no name" },
	{ "Passport A1234567 (Iran", "|||A1234567:IRN:P||", "" },
	{ "Passport A12 (Iran)", "|||||", "a document without a number" },
	{ "Passport issued 21 Jun 1992 in Utopolis", "|||||",
	  "a document without a number" },
	{ "Passport ABCDEFG (Iran)", "|||||", "a document without a number" },
	/* not what a traveller shows, and not what we ask */
	{ "Tax ID No. 774302261730 (Russia); SSN 123-45-6789 (United States)",
	  "|||||", "" },
	{ "Passports are held by his firm 1234567; Cedulas 1234567", "|||||",
	  "" },
	{ "Linked To: DOB HOLDING; Chief of DOB 1964; DOB", "|||||", "" },
	/* weak names */
	{ "a.k.a. 'TESTER'.", "||||TESTER/|", "" },
	{ "a.k.a. 'PROBER, Abu'; a.k.a. 'X Y'", "||||PROBER/Abu;X Y/|", "" },
	{ "a.k.a. ''PROBER, Abu'.", "||||'PROBER/Abu|", "" },
	{ "a.k.a. \"TESTER\"; f.k.a. 'ONCE'; n.k.a. 'NOW'",
	  "||||TESTER/;ONCE/;NOW/|", "" },
	{ "a.k.a. ''", "|||||", "a.k.a. without a name" },
	{ "a.k.a. ', Abu'", "|||||", "a.k.a. without a name" },
	{ ";; ;DOB 1964;", "1964|||||", "" },
};

START_TEST(every_part_of_the_remarks)
{
	for (size_t i = 0; i < ARRAY_SIZE(remarks); i++) {
		struct list_warnings w = listen();
		struct watch_entry n = { 0 };
		struct buf b = { .data = NULL };

		ofac_remarks_read(&n, &arena, str_of(remarks[i].remarks), &w);
		write_entry(&b, &n);
		ck_assert_msg(str_eq(buf_view(&b), str_of(remarks[i].entry)),
			      "'%s'\n-> '" STR_FMT "'", remarks[i].remarks,
			      STR_ARG(buf_view(&b)));
		ck_assert_msg(*remarks[i].warning
				      ? strstr(said, remarks[i].warning) != NULL
				      : !*said,
			      "'%s': warns '%s'", remarks[i].remarks, said);
		ck_assert_uint_eq(w.nr, *remarks[i].warning ? 1 : 0);
		buf_release(&b);
	}
}
END_TEST

/* Cut by the publisher: the last part is half of one. */
START_TEST(remarks_cut_at_their_limit)
{
	static const struct {
		size_t len;
		const char *end;
		uint32_t births, warnings;
	} row[] = {
		{ OFAC_REMARKS - 1, "; DOB 1964", 1, 0 },
		{ OFAC_REMARKS, "; DOB 1964", 0, 1 },
		{ OFAC_REMARKS, "; DOB 1964.", 1, 0 },
		{ OFAC_REMARKS + 1, "; DOB 1964", 0, 1 },
	};
	char text[OFAC_REMARKS + 2];

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct list_warnings w = listen();
		struct watch_entry n = { 0 };
		size_t end = strlen(row[i].end);

		memset(text, 'x', row[i].len);
		memcpy(text + row[i].len - end, row[i].end, end);
		ofac_remarks_read(&n, &arena, (struct str){ text, row[i].len },
				  &w);
		ck_assert_uint_eq(n.nr_births, row[i].births);
		ck_assert_uint_eq(w.nr, row[i].warnings);
	}
}
END_TEST

static const struct watch_sheet sheet = {
	.id = STR_INIT("l"),
	.format = SHEET_OFAC_SDN,
	.program = { { STR_INIT("TERROR"), STR_INIT("T") },
		     { STR_INIT("DRUGS"), STR_INIT("04") } },
	.nr_programs = 2,
	.until = { 2026, 12, 31 },
	.threshold = 800,
};

static int read_lists(struct watch_list *l, struct list_warnings *w,
		      struct str sdn, struct str alt, struct err *e)
{
	return ofac_list_read(l, &arena, &sheet,
			      &(struct ofac_file){ "sdn.csv", sdn },
			      &(struct ofac_file){ "alt.csv", alt }, w, e);
}

#define NULLS	",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- "
#define ROW(id) id ",\"TESTER, Nr " id "\",\"individual\",\"DRUGS\"" NULLS
#define GOOD	ROW("9") ",\"DOB 1964.\"\r\n"
#define ALT	"9,1,\"aka\",\"PROBER, Abu\",-0- \r\n"

/* A file beside GOOD: entries, rows left out, values unread, a warning. */
static const struct {
	const char *sdn, *alt;
	uint32_t entries, bad, unread;
	const char *warning;
} files[] = {
	{ GOOD, ALT, 1, 0, 0, "" },
	{ GOOD ROW("10") ",-0- ", ALT, 2, 0, 0, "" },
	{ "ent_num,name,type,program,title,call_sign,vess_type,tonnage,grt,"
	  "flag,owner,remarks\n" GOOD,
	  "ent_num,alt_num,alt_type,alt_name,remarks\n" ALT, 1, 0, 0, "" },
	{ GOOD "10,TESTER,individual,DRUGS,,,,,,,,\n", ALT, 2, 0, 0, "" },
	{ "\xef\xbb\xbf" GOOD "\x1a", ALT "\x1a\r\n", 1, 0, 0, "" },
	{ GOOD "\n\r\n  \n", ALT, 1, 0, 0, "" },
	{ ROW("8") ",-0- \rx\n" GOOD, ALT, 1, 1, 0,
	  "sdn.csv: line 1: a carriage return in the line" },
	/* a bad row, and the good one behind it */
	{ "x,y\n" GOOD, ALT, 1, 1, 0,
	  "sdn.csv: line 1: column 'SDN_Type': missing; the row has 2 "
	  "fields, not 12; the row is left out\n" },
	{ ROW("8") ",-0- ,x\n" GOOD, ALT, 1, 1, 0,
	  "sdn.csv: line 1: has more fields" },
	{ "8,\"TESTER, Open,individual,DRUGS,,,,,,,,\n" GOOD, ALT, 1, 1, 0,
	  "sdn.csv: line 1: quotes are still open at the end of the line" },
	{ GOOD "8,\"TESTER", ALT, 1, 1, 0, "line 2: quotes are still open" },
	{ "8,TES\"TER,individual,DRUGS,,,,,,,,\n" GOOD, ALT, 1, 1, 0,
	  "line 1: a quote inside a field" },
	{ "8,T\xfc,individual,DRUGS,,,,,,,,\n" GOOD, ALT, 1, 1, 0,
	  "line 1: a byte that is not UTF-8" },
	{ GOOD "8,T\xfc,individual,DRUGS,,,,,,,,\n", ALT, 1, 1, 0,
	  "line 2: a byte that is not UTF-8" },
	{ ROW("x") ",-0- \n" GOOD, ALT, 1, 1, 0, "'ent_num': not a number" },
	{ ROW("0") ",-0- \n" GOOD, ALT, 1, 1, 0, "'ent_num': not a number" },
	{ ROW("-8") ",-0- \n" GOOD, ALT, 1, 1, 0, "'ent_num': not a number" },
	{ ROW("-0- ") ",-0- \n" GOOD, ALT, 1, 1, 0, "'ent_num': not a" },
	{ ROW("12345678901234567") ",-0- \n" GOOD, ALT, 1, 1, 0,
	  "column 'ent_num': 17 bytes; at most 16" },
	{ "8,,individual,DRUGS,,,,,,,,\n" GOOD, ALT, 1, 1, 0,
	  "column 'SDN_Name': empty" },
	{ "8,-0- ,individual,DRUGS,,,,,,,,\n" GOOD, ALT, 1, 1, 0,
	  "column 'SDN_Name': not SURNAME, Given names" },
	{ "8,\", John\",individual,DRUGS,,,,,,,,\n" GOOD, ALT, 1, 1, 0,
	  "column 'SDN_Name': not SURNAME" },
	{ GOOD GOOD, ALT, 1, 1, 0,
	  "sdn.csv: line 2: its id stood before, in another row" },
	/* not the first line: no header */
	{ GOOD "ent_num,a,b,c,d,e,f,g,h,i,j,k\n", ALT, 1, 1, 0, "line 2" },
	/* of the other file */
	{ GOOD, "9,1\n" ALT, 1, 1, 0,
	  "alt.csv: line 1: column 'alt_type': missing" },
	{ GOOD, ALT "9,1,aka,-0- ,\n", 1, 1, 0, "alt.csv: line 2" },
	{ GOOD, ALT "x,1,aka,PROBER,\n", 1, 1, 0, "alt.csv: line 2" },
	{ GOOD, ALT "10,1,aka,PROBER,\n11,1,aka,PROBER,\n", 1, 0, 1,
	  "alt.csv: line 2: column 'ent_num': this and 1 more stand in no "
	  "row of the other file" },
	/* a value */
	{ GOOD ROW("10") ",DOB soon\n", ALT, 2, 0, 1,
	  "sdn.csv: line 2: column 'remarks': DOB is not" },
};

START_TEST(a_bad_row_is_left_out_and_the_others_are_read)
{
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		struct list_warnings w = listen();
		struct watch_list l = { .nr_entries = 0 };
		struct err e = { 0 };
		int rc = read_lists(&l, &w, str_of(files[i].sdn),
				    str_of(files[i].alt), &e);
		const struct watch_entry *n;

		ck_assert_msg(rc == 0, "row %zu: %s", i, e.text);
		ck_assert_msg(l.nr_entries == files[i].entries &&
				      l.left_out_bad == files[i].bad &&
				      l.unread == files[i].unread,
			      "row %zu: %u entries, %u bad, %u unread: %s", i,
			      l.nr_entries, l.left_out_bad, l.unread, said);
		ck_assert_msg(*files[i].warning
				      ? strstr(said, files[i].warning) != NULL
				      : !*said,
			      "row %zu: warns '%s'", i, said);
		n = &l.entries[l.nr_entries - 1]; /* ids are texts: 10, 9 */
		ck_str_is(n->id, "9");
		ck_str_is(n->reference, "OFAC SDN 9");
		ck_str_is(n->offence, "04");
		ck_assert_uint_eq(n->nr_names, 2);
		ck_str_is(n->names[0].surname, "TESTER");
		ck_str_is(n->names[0].given, "Nr 9");
		ck_str_is(n->names[1].surname, "PROBER");
		ck_assert_uint_eq(n->nr_births, 1);
		ck_assert_int_eq(n->valid_until.year, 2026);
		arena_clear(&arena);
	}
}
END_TEST

START_TEST(another_file_is_refused)
{
	static const struct {
		const char *sdn, *alt, *says;
	} row[] = {
		{ "", ALT, "sdn.csv: no row of the form" },
		{ GOOD, "", "alt.csv: no row of the form" },
		{ ALT, GOOD, "alt.csv: no row of the form" },
		{ ALT, ALT, "sdn.csv: no row of the form" },
		{ "ent_num,a,b,c,d,e,f,g,h,i,j,k\n", ALT, "sdn.csv: no row" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct list_warnings w = listen();
		struct watch_list l;
		struct err e = { 0 };

		ck_assert_int_eq(read_lists(&l, &w, str_of(row[i].sdn),
					    str_of(row[i].alt), &e),
				 ERR_VALUE);
		ck_assert_msg(strstr(e.text, row[i].says), "%s", e.text);
	}
}
END_TEST

/* Type, programmes, and the offence or "": left out, counted as which. */
static const struct {
	const char *type, *programs, *offence;
	uint32_t kind, no_offence;
} grounds[] = {
	{ "individual", "DRUGS", "04", 0, 0 },
	{ "Individual", "DRUGS", "04", 0, 0 },
	{ "individual", "TERROR] [DRUGS", "T", 0, 0 },
	{ "individual", "DRUGS] [TERROR", "T", 0, 0 }, /* the sheet's order */
	{ "individual", "X] [DRUGS] [Y", "04", 0, 0 },
	{ "individual", "[X] [DRUGS]", "04", 0, 0 },
	{ "individual", "X", "", 0, 1 },
	{ "individual", "DRUGSX", "", 0, 1 },
	{ "individual", "-0- ", "", 0, 1 },
	{ "individual", "", "", 0, 1 },
	{ "-0- ", "DRUGS", "", 1, 0 },
	{ "", "DRUGS", "", 1, 0 },
	{ "vessel", "DRUGS", "", 1, 0 },
	{ "aircraft", "TERROR", "", 1, 0 },
};

START_TEST(only_persons_of_a_programme_that_the_sheet_maps)
{
	char text[256];

	for (size_t i = 0; i < ARRAY_SIZE(grounds); i++) {
		struct list_warnings w = listen();
		struct watch_list l = { .nr_entries = 0 };
		struct err e = { 0 };
		bool kept = *grounds[i].offence;

		snprintf(text, sizeof(text),
			 "9,\"TESTER, A\",%s,%s" NULLS ",\n", grounds[i].type,
			 grounds[i].programs);
		ck_assert_int_eq(read_lists(&l, &w, str_of(text), STR(ALT), &e),
				 0);
		ck_assert_msg(l.nr_entries == kept &&
				      l.left_out_kind == grounds[i].kind &&
				      l.left_out_offence ==
					      grounds[i].no_offence,
			      "row %zu", i);
		ck_assert(!kept || str_eq(l.entries[0].offence,
					  str_of(grounds[i].offence)));
		ck_assert_msg(!*said, "row %zu warns: %s", i, said);
	}
}
END_TEST

/* A person with so many names: the main one, of alt.csv, weak ones. */
static void with_names(struct watch_list *l, uint32_t strong, uint32_t weak,
		       uint32_t unread)
{
	struct list_warnings w = listen();
	struct buf sdn = { .data = NULL }, alt = { .data = NULL };
	struct err e = { 0 };

	buf_z(&sdn, ROW("9") ",\"");
	for (uint32_t i = 0; i < weak; i++)
		buf_fmt(&sdn, "a.k.a. 'W%u'; ", i);
	buf_z(&sdn, "\"\n");
	buf_z(&alt, "7,1,aka,OTHER,\n");
	for (uint32_t i = 0; i < strong; i++)
		buf_fmt(&alt, "9,%u,aka,\"S%u, B\",\n", i, i);
	buf_z(&sdn, "7,FIRM,,DRUGS" NULLS ",\n");
	ck_assert_int_eq(read_lists(l, &w, buf_view(&sdn), buf_view(&alt), &e),
			 0);
	ck_assert_uint_eq(l->nr_entries, 1);
	ck_assert_uint_eq(l->unread, unread);
	buf_release(&sdn);
	buf_release(&alt);
}

START_TEST(names_up_to_the_limit_and_beyond_it_out_loud)
{
	struct watch_list l;
	uint32_t room = LIST_NAMES - 1;

	with_names(&l, room - 1, 0, 0);
	ck_assert_uint_eq(l.entries[0].nr_names, LIST_NAMES - 1);
	with_names(&l, room, 0, 0);
	ck_assert_uint_eq(l.entries[0].nr_names, LIST_NAMES);
	with_names(&l, room + 2, 0, 1);
	ck_assert_uint_eq(l.entries[0].nr_names, LIST_NAMES);
	ck_assert_str_eq(said, "sdn.csv: line 1: more than 128 names; 2 of its "
			       "aliases are left out\n");
	/* the weak ones come last */
	with_names(&l, room - 1, 2, 1);
	ck_assert_uint_eq(l.entries[0].nr_names, LIST_NAMES);
	ck_str_is(l.entries[0].names[room].surname, "W0");
	ck_assert(strstr(said, "more than 128 names; this one is left out"));
	with_names(&l, 2, 1, 0);
	ck_str_is(l.entries[0].names[1].surname, "S0");
	ck_str_is(l.entries[0].names[2].surname, "S1");
	ck_str_is(l.entries[0].names[3].surname, "W0");
}
END_TEST

/* Sets of an entry: at the limit, and one more. */
START_TEST(values_up_to_the_limit_and_beyond_it_out_loud)
{
	static const char *const says[] = { "more than 32 birth dates",
					    "more than 32 documents" };

	for (size_t i = 0; i < ARRAY_SIZE(says); i++)
		for (uint32_t over = 0; over < 2; over++) {
			struct list_warnings w = listen();
			struct watch_entry n = { 0 };
			struct buf b = { .data = NULL };

			for (uint32_t k = 0; k < LIST_VALUES + over; k++)
				buf_fmt(&b,
					i ? "Passport A%u (Iran); "
					  : "DOB %u; ",
					1900 + k);
			buf_z(&b, ".");
			ofac_remarks_read(&n, &arena, buf_view(&b), &w);
			ck_assert_uint_eq(n.nr_births + n.nr_documents,
					  LIST_VALUES);
			ck_assert_uint_eq(w.nr, over);
			ck_assert(!over || strstr(said, says[i]));
			buf_release(&b);
		}
}
END_TEST

static const struct watch_authority authority[] = {
	{ STR_INIT("AT-BK"), { 2018, 5, 25 }, { 0, 0, 0 } },
};
static const struct str offence[] = { STR_INIT("T"), STR_INIT("04") };
static const struct watch_registers law = {
	authority,	     ARRAY_SIZE(authority), offence,
	ARRAY_SIZE(offence), { 2026, 11, 22 },
};

#define SHEET                                                              \
	"id: l\ntitle: t\nfile: s.csv\nbasis: b\nalert: a\nowner: AT-BK\n" \
	"offences: [\"04\"]\nvalid: {from: 2026-01-01, until: 2026-12-31}\n"
#define OFAC SHEET "format: ofac-sdn\n"

static const struct {
	const char *sheet;
	enum err_code code;
	const char *says;
} sheets[] = {
	{ OFAC "aliases: a.csv\nprograms: {DRUGS: \"04\"}\n", 0, "" },
	{ OFAC "programs: {DRUGS: \"04\"}\n", ERR_VALUE, "'aliases'" },
	{ OFAC "aliases:\nprograms: {DRUGS: \"04\"}\n", ERR_VALUE,
	  "'aliases'" },
	{ OFAC "aliases: a.csv\n", ERR_LEGAL, "'programs" },
	{ OFAC "aliases: a.csv\nprograms: {}\n", ERR_LEGAL, "Art. 6(3)(a)" },
	{ OFAC "aliases: a.csv\nprograms: [DRUGS]\n", ERR_LEGAL, "programs" },
	/* in the catalogue, but not what the list serves */
	{ OFAC "aliases: a.csv\nprograms:\n  DRUGS: \"04\"\n  TERROR: T\n",
	  ERR_LEGAL, "line 13: the offence of program 'TERROR' is not among" },
	{ OFAC "aliases: a.csv\nprograms: {DRUGS: [x]}\n", ERR_LEGAL,
	  "'DRUGS'" },
	{ OFAC "aliases: a.csv\nprograms: {DRUGS: \"04\"}\nkind: documents\n",
	  ERR_VALUE, "is of persons" },
	{ SHEET "format: csv\n", ERR_VALUE, "line 9: format is one of" },
	{ SHEET "format: paxgate-csv\n", 0, "" },
	{ SHEET "format: paxgate-jsonl\nkind: documents\n", 0, "" },
	{ SHEET "aliases: a.csv\n", ERR_VALUE,
	  "line 9: 'aliases' is for other formats than 'paxgate-csv'" },
	{ SHEET "programs: {DRUGS: \"04\"}\n", ERR_VALUE,
	  "'programs' is for other formats" },
	{ SHEET "format: un-consolidated\n", ERR_LEGAL, "'programs" },
	{ SHEET "format: un-consolidated\nprograms: {Taliban: \"04\"}\n", 0,
	  "" },
	{ SHEET "format: un-consolidated\naliases: a.csv\n", ERR_VALUE,
	  "'aliases' is for other" },
	/* who somebody is: no ground */
	{ SHEET "format: opensanctions-ftm\nprograms: {wanted: \"04\"}\n", 0,
	  "" },
	{ SHEET "format: opensanctions-ftm\nprograms: {role.pep: \"04\"}\n",
	  ERR_LEGAL, "'role.pep': whom it names is not sought" },
	{ SHEET "format: opensanctions-ftm\nprograms: {wanted: \"04\", "
		"role.rca: \"04\"}\n",
	  ERR_LEGAL, "'role.rca'" },
	{ SHEET "format: opensanctions-ftm\nprograms: {poi: \"04\"}\n",
	  ERR_LEGAL, "'poi'" },
};

START_TEST(the_sheet_says_which_programmes_are_a_ground)
{
	for (size_t i = 0; i < ARRAY_SIZE(sheets); i++) {
		struct watch_sheet s;
		struct err e = { 0 };
		int rc = watch_sheet_read(&s, &arena, str_of(sheets[i].sheet),
					  &law, &e);

		ck_assert_msg(rc == (int)sheets[i].code &&
				      strstr(e.text, sheets[i].says),
			      "%s\n-> %d '%s'", sheets[i].sheet, rc, e.text);
	}
	for (uint32_t over = 0; over < 2; over++) {
		struct buf b = { .data = NULL };
		struct watch_sheet s;
		struct err e = { 0 };

		buf_z(&b, OFAC "aliases: a.csv\nprograms:\n");
		for (uint32_t i = 0; i < SHEET_PROGRAMS + over; i++)
			buf_fmt(&b, "  P%u: \"04\"\n", i);
		ck_assert_int_eq(
			watch_sheet_read(&s, &arena, buf_view(&b), &law, &e),
			over ? ERR_LIMIT : 0);
		ck_assert(over || s.nr_programs == SHEET_PROGRAMS);
		buf_release(&b);
	}
}
END_TEST

/* Lines that are not blank. */
static uint32_t count_lines(struct str text)
{
	uint32_t nr = 0;

	while (text.ptr)
		nr += !str_empty(str_trim(str_split(&text, '\n')));
	return nr;
}

/* Whatever the bytes: a row is an entry or counted, none is lost. */
START_TEST(no_row_is_lost_whatever_the_bytes)
{
	static const char good[] = GOOD
		ROW("7") ",\"DOB circa 1964; Passport A1234567 (Iran)\"\n" ROW(
			"8") ",\"a.k.a. 'X, Y'; Gender Male\"\n"
			     "6,FIRM,,DRUGS" NULLS ",\n"
			     "5,\"TESTER, B\",individual,OTHER" NULLS
			     ",\n" GOOD;
	static const char odd[] = "\"\"\"\n\n\r,,;'.-0 x9\xc3\xbc\x1a";
	uint32_t seed = 1;

	for (int i = 0; i < 30000; i++) {
		struct list_warnings w = { .file = "s" };
		struct watch_list l = { .nr_entries = 0 };
		struct err e = { 0 };
		char *text = malloc(sizeof(good) - 1); /* no byte beyond */
		struct str sdn = { text, sizeof(good) - 1 };

		memcpy(text, good, sdn.len);
		for (int k = 0; k <= i % 5; k++) {
			seed = seed * 1664525 + 1013904223;
			text[(seed >> 8) % sdn.len] =
				odd[(seed >> 24) % (sizeof(odd) - 1)];
		}
		if (read_lists(&l, &w, sdn, STR(ALT), &e) == 0) {
			uint32_t nr = l.nr_entries + l.left_out_kind +
				      l.left_out_offence + l.left_out_bad;

			ck_assert_msg(nr == count_lines(sdn),
				      "%u of %u rows in:\n" STR_FMT, nr,
				      count_lines(sdn), STR_ARG(sdn));
		}
		free(text);
		arena_clear(&arena);
	}
}
END_TEST

UNIT_MAIN("watchlist ofac", every_form_of_a_birth_date,
	  every_part_of_the_remarks, remarks_cut_at_their_limit,
	  a_bad_row_is_left_out_and_the_others_are_read,
	  another_file_is_refused,
	  only_persons_of_a_programme_that_the_sheet_maps,
	  names_up_to_the_limit_and_beyond_it_out_loud,
	  values_up_to_the_limit_and_beyond_it_out_loud,
	  no_row_is_lost_whatever_the_bytes,
	  the_sheet_says_which_programmes_are_a_ground)
