#include "tests/unit/unit.h"
#include "watchlist/build.h"
#include "watchlist/csv.h"
#include "watchlist/entry_add.h"
#include "watchlist/snapshot.h"

#include <stdio.h>
#include <string.h>

static const struct watch_authority authority[] = {
	{ STR_INIT("AT-BK"), { 2018, 5, 25 }, { 0, 0, 0 } },
	{ STR_INIT("OLD"), { 2018, 5, 25 }, { 2020, 12, 31 } },
};
static const struct str offence[] = { STR_INIT("01"), STR_INIT("04") };
static const struct watch_registers law = {
	authority,	     ARRAY_SIZE(authority), offence,
	ARRAY_SIZE(offence), { 2026, 11, 22 },
};

#define SHEET                                                              \
	"id: l\ntitle: t\nfile: l.csv\nbasis: b\nalert: a\nowner: AT-BK\n" \
	"offences: [\"01\"]\nvalid: {from: 2026-01-01, until: 2026-12-31}\n"

/* A sheet, what comes of it, and words of the error. */
static const struct {
	const char *sheet;
	enum err_code code;
	const char *says;
} sheets[] = {
	{ SHEET, 0, "" },
	{ SHEET "threshold: 900\ntest: true\nkind: documents\n", 0, "" },
	{ "", ERR_VALUE, "'id'" },
	{ SHEET "colour: red\n", ERR_VALUE,
	  "line 9: a sheet has no key "
	  "'colour'" },
	{ SHEET "threshold: 499\n", ERR_VALUE, "500 to 1000" },
	{ SHEET "threshold: 1001\n", ERR_VALUE, "500 to 1000" },
	{ SHEET "threshold: high\n", ERR_VALUE, "line 9" },
	{ SHEET "classes: {C: 850, D: off}\n", 0, "" },
	{ SHEET "classes: {B: 800}\n", 0, "" },
	{ SHEET "classes: {B: 540}\n", 0, "" },
	{ SHEET "classes: {B: 539}\n", ERR_VALUE, "threshold, 540, to 1000" },
	{ SHEET "classes: {B: 1000}\n", 0, "" },
	{ SHEET "classes: {B: 1001}\n", ERR_VALUE, "or 'off'" },
	{ SHEET "threshold: 900\nclasses: {B: 899}\n", ERR_VALUE, "900" },
	{ SHEET "classes: {A: 900}\n", ERR_VALUE, "B, C and D" },
	{ SHEET "classes: {CC: 900}\n", ERR_VALUE, "B, C and D" },
	{ SHEET "classes: [B]\n", ERR_VALUE, "line 9: classes is a map" },
	{ SHEET "test: maybe\n", ERR_VALUE, "'true' or 'false'" },
	{ SHEET "kind: cards\n", ERR_VALUE, "'persons' or 'documents'" },
	{ SHEET "owner_type: commercial\n", ERR_LEGAL, "Art. 7" },
	{ SHEET "owner_type: authority\n", 0, "" },
	{ "id: [1\n", ERR_SYNTAX, "line " },
};

/* The line that begins with `key`, left out or replaced. */
static const struct {
	const char *key, *instead;
	enum err_code code;
	const char *says;
} changes[] = {
	{ "title", "", ERR_VALUE, "'title'" },
	{ "file", "", ERR_VALUE, "'file'" },
	{ "basis", "", ERR_LEGAL, "Art. 6(3)(a)" },
	{ "basis", "basis:\n", ERR_LEGAL, "Art. 6(3)(a)" },
	{ "alert", "", ERR_LEGAL, "Art. 6(3)(a)" },
	{ "owner", "", ERR_LEGAL, "Art. 7" },
	{ "owner", "owner: ACME\n", ERR_LEGAL, "'ACME' is not on the list" },
	{ "owner", "owner: OLD\n", ERR_LEGAL, "today" },
	{ "offences", "", ERR_LEGAL, "Art. 6(3)(a)" },
	{ "offences", "offences: []\n", ERR_LEGAL, "Art. 6(3)(a)" },
	{ "offences", "offences: [\"99\"]\n", ERR_LEGAL, "Art. 3" },
	{ "valid", "", ERR_LEGAL, "Art. 6(3)(a)" },
	{ "valid", "valid: {from: 2026-01-01}\n", ERR_LEGAL, "valid" },
	{ "valid", "valid: {from: 2026, until: 2027}\n", ERR_LEGAL, "valid" },
	{ "valid", "valid: {from: 2025-01-01, until: 2026-11-21}\n", ERR_LEGAL,
	  "renew" },
	{ "valid", "valid: {from: 2026-11-23, until: 2027-11-21}\n", ERR_LEGAL,
	  "renew" },
	{ "valid", "valid: {from: 2025-01-01, until: 2026-11-22}\n", 0, "" },
};

static void check_sheet(const char *text, enum err_code code, const char *says)
{
	struct arena a = { 0 };
	struct watch_sheet s;
	struct err e = { 0 };
	int rc = watch_sheet_read(&s, &a, str_of(text), &law, &e);

	ck_assert_msg(rc == (int)code && strstr(e.text, says),
		      "%s\n-> %d '%s', not %d '%s'", text, rc, e.text, code,
		      says);
	arena_release(&a);
}

START_TEST(a_sheet_is_lawful_or_refused_with_the_article)
{
	char text[1024];

	for (size_t i = 0; i < ARRAY_SIZE(sheets); i++)
		check_sheet(sheets[i].sheet, sheets[i].code, sheets[i].says);
	for (size_t i = 0; i < ARRAY_SIZE(changes); i++) {
		const char *at = strstr(SHEET, changes[i].key);
		const char *end = strchr(at, '\n') + 1;

		snprintf(text, sizeof(text), "%.*s%s%s", (int)(at - SHEET),
			 SHEET, changes[i].instead, end);
		check_sheet(text, changes[i].code, changes[i].says);
	}
}
END_TEST

#define HEAD                                                                \
	"id,reference,surname,given,aliases,birth_dates,sex,nationalities," \
	"birth_place,documents,offence,valid_until\n"
#define ROW(id)                                                 \
	id ",R1,DOE,JOHN,,1970-02-14,M,AUT,,X1234567:AUT:P,01," \
	   "2030-01-01\n"

static struct watch_sheet sheet = { .id = STR_INIT("l"),
				    .title = STR_INIT("t"),
				    .owner = STR_INIT("AT-BK"),
				    .basis = STR_INIT("b"),
				    .alert = STR_INIT("a"),
				    .offence = { STR_INIT("01") },
				    .nr_offences = 1,
				    .from = { 2026, 1, 1 },
				    .until = { 2026, 12, 31 },
				    .threshold = 800 };

static const struct {
	const char *csv;
	enum err_code code;
	const char *says;
} files[] = {
	{ HEAD, 0, "" },
	{ HEAD ROW("1") ROW("2"), 0, "" },
	{ "\xef\xbb\xbf" HEAD ROW("1"), 0, "" },
	{ HEAD "1,R1,\"DOE, A\",,,,,,,,01,2030-01-01\r\n", 0, "" },
	{ HEAD "1,R1,\"D\nE\",,,,,,,,01,2030-01-01", 0, "" },
	{ "", ERR_SYNTAX, "line 1: the file is empty" },
	{ "id,reference\n", ERR_SYNTAX,
	  "line 1, column 'surname': is "
	  "missing" },
	{ "id,colour\n", ERR_SYNTAX, "line 1: there is no column 'colour'" },
	{ "id,id\n", ERR_SYNTAX, "line 1, column 'id': stands twice" },
	{ HEAD "1,R1,DOE\n", ERR_SYNTAX,
	  "line 2, column 'given': missing; "
	  "the row has 3 fields, not 12" },
	{ HEAD ROW("1") "2,R1,DOE,,,,,,,,01,2030-01-01,x\n", ERR_SYNTAX,
	  "line 3: has more fields" },
	{ HEAD ",R1,DOE,,,,,,,,01,2030-01-01\n", ERR_VALUE,
	  "line 2, column 'id': empty" },
	{ HEAD "1,R1,,JOHN,,,,,,,01,2030-01-01\n", ERR_VALUE,
	  "line 2, column 'surname': empty" },
	{ HEAD "1,R1,D\xfc,,,,,,,,01,2030-01-01\n", ERR_SYNTAX,
	  "line 2: a byte that is not UTF-8" },
	{ HEAD "1,R1,\"DOE,,,,,,,,01,2030-01-01\n3\n", ERR_SYNTAX,
	  "line 2: quotes are still open" },
	{ HEAD "1,R1,D\"OE,,,,,,,,01,2030-01-01\n", ERR_SYNTAX,
	  "line 2: a quote inside a field" },
	{ HEAD "1,R1,DOE,,/X,,,,,,01,2030-01-01\n", ERR_VALUE,
	  "line 2: column 'aliases'" },
	{ HEAD "1,R1,DOE,,A/B/C,,,,,,01,2030-01-01\n", ERR_VALUE,
	  "column 'aliases'" },
	{ HEAD "1,R1,DOE,,,1970-02-30,,,,,01,2030-01-01\n", ERR_VALUE,
	  "column 'birth_dates': not YYYY-MM-DD" },
	{ HEAD "1,R1,DOE,,,1970;,,,,,01,2030-01-01\n", ERR_VALUE,
	  "birth_dates" },
	{ HEAD "1,R1,DOE,,,,Q,,,,01,2030-01-01\n", ERR_VALUE, "'sex'" },
	{ HEAD "1,R1,DOE,,,,MF,,,,01,2030-01-01\n", ERR_LIMIT,
	  "line 2, column 'sex': 2 bytes; at most 1" },
	{ HEAD "1,R1,DOE,,,,,QQQ,,,01,2030-01-01\n", ERR_VALUE,
	  "'nationalities'" },
	{ HEAD "1,R1,DOE,,,,,,,1:AUT:P,01,2030-01-01\n", ERR_VALUE,
	  "'documents'" },
	{ HEAD "1,R1,DOE,,,,,,,X1234567:QQQ:P,01,2030-01-01\n", ERR_VALUE,
	  "'documents'" },
	{ HEAD "1,R1,DOE,,,,,,,,01,soon\n", ERR_VALUE, "'valid_until'" },
	{ HEAD "1,R1,DOE,,,,,,,,01,2030\n", ERR_VALUE, "'valid_until'" },
	{ HEAD ROW("1") ROW("1"), ERR_VALUE, "two entries have the id '1'" },
};

static int read_text(struct watch_list *l, struct arena *a, struct str text,
		     struct err *e)
{
	return watch_list_read(l, a, &sheet, text, &law, e);
}

START_TEST(files_are_read_or_refused_at_their_line)
{
	struct arena a = { 0 };
	struct watch_list l;

	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		struct err e = { 0 };
		int rc = read_text(&l, &a, str_of(files[i].csv), &e);

		ck_assert_msg(rc == (int)files[i].code &&
				      strstr(e.text, files[i].says),
			      "row %zu: %d '%s', not %d '%s'", i, rc, e.text,
			      files[i].code, files[i].says);
		arena_clear(&a);
	}
	arena_release(&a);
}
END_TEST

static char said[4096];

static void say(void *ctx, const char *text)
{
	size_t n = strlen(said);

	(void)ctx;
	snprintf(said + n, sizeof(said) - n, "%s\n", text);
}

/* A file with bad rows: ids that are read, and where the warnings stand. */
static const struct {
	const char *csv, *ids, *lines;
} passed_over[] = {
	{ HEAD ROW("1") ROW("2"), "12", "" },
	{ HEAD "1,R1,DOE\n" ROW("2"), "2", "2" },
	{ HEAD ROW("1") "2,R1,D\xfc,,,,,,,,01,2030-01-01\n" ROW("3"), "13",
	  "3" },
	{ HEAD ROW("1") "2,R1,D\"OE,,,,,,,,01,2030-01-01\n" ROW("3"), "13",
	  "3" },
	/* a quote left open costs the row it is in, whatever stands behind */
	{ HEAD ROW("1") "2,R1,\"DOE,,,,,,,,01,2030-01-01\n" ROW("3") ROW("4"),
	  "134", "3" },
	{ HEAD ROW("1") "2,R1,\"DOE,,,,,,,,01,2030-01-01\n"
			"3,R1,\"DOE\",,,,,,,,01,2030-01-01\n" ROW("4"),
	  "134", "3" },
	{ HEAD ROW("1") "2,R1,\"DOE,,,,,,,,01,2030-01-01", "1", "3" },
	/* a row of two lines that is none does not cost the next */
	{ HEAD "1,R1,\"D\nE\",,,soon,,,,,01,2030-01-01\n" ROW("2"), "2", "2" },
	{ HEAD ROW("1") ROW("1") ROW("2"), "12", "3" },
	{ HEAD ROW("1") "\n" ROW("2"), "12", "" },
};

START_TEST(reading_goes_on_behind_a_bad_row)
{
	struct arena a = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(passed_over); i++) {
		struct list_warnings w = { .say = say, .file = "f" };
		struct buf ids = { .data = NULL }, lines = { .data = NULL };
		struct watch_list l;
		struct err e = { 0 };

		said[0] = '\0';
		ck_assert_msg(watch_list_read_on(&l, &a, &sheet,
						 str_of(passed_over[i].csv),
						 &law, &w, &e) == 0,
			      "row %zu: %s", i, e.text);
		for (uint32_t k = 0; k < l.nr_entries; k++)
			buf_str(&ids, l.entries[k].id);
		for (const char *at = said; (at = strstr(at, "f: line "));)
			buf_byte(&lines, *(at += strlen("f: line ")));
		ck_assert_msg(
			str_eq(buf_view(&ids), str_of(passed_over[i].ids)) &&
				str_eq(buf_view(&lines),
				       str_of(passed_over[i].lines)) &&
				l.left_out_bad == lines.len,
			"row %zu: '" STR_FMT "', %s", i,
			STR_ARG(buf_view(&ids)), said);
		buf_release(&ids);
		buf_release(&lines);
	}
	arena_release(&a);
}
END_TEST

START_TEST(a_list_without_a_good_row_or_header_is_refused)
{
	struct list_warnings w = { .say = say, .file = "f" };
	struct arena a = { 0 };
	struct watch_list l;
	struct err e = { 0 };

	ck_assert_int_eq(watch_list_read_on(&l, &a, &sheet,
					    STR(HEAD "1,R1,DOE\n"), &law, &w,
					    &e),
			 ERR_VALUE);
	ck_assert_str_eq(e.text, "none of 1 rows can be read");
	e = (struct err){ 0 };
	ck_assert_int_eq(watch_list_read_on(&l, &a, &sheet,
					    STR("id,colour\n1,red\n"), &law, &w,
					    &e),
			 ERR_SYNTAX);
	arena_release(&a);
}
END_TEST

START_TEST(bytes_no_list_may_have)
{
	static char text[sizeof(HEAD) + 600];
	struct arena a = { 0 };
	struct watch_list l;
	struct err e = { 0 };

	ck_assert_int_eq(read_text(&l, &a,
				   STR(HEAD "1,R1,D\0E,,,,,,,,01,2030-01-01"),
				   &e),
			 ERR_SYNTAX);
	ck_assert_str_eq(e.text, "line 2: a NUL byte; a list is text");
	for (int over = 0; over < 2; over++) {
		size_t n =
			(size_t)snprintf(text, sizeof(text), "%s1,R1,", HEAD);

		memset(text + n, 'A', 256 + (size_t)over);
		n += 256 + (size_t)over;
		snprintf(text + n, sizeof(text) - n, ",,,,,,,,01,2030-01-01\n");
		e = (struct err){ 0 };
		ck_assert_int_eq(read_text(&l, &a, str_of(text), &e),
				 over ? ERR_LIMIT : 0);
		ck_assert(!over || strstr(e.text, "column 'surname': 257 "
						  "bytes; at most 256"));
	}
	arena_release(&a);
}
END_TEST

START_TEST(names_up_to_the_limit)
{
	for (uint32_t nr = LIST_NAMES - 1; nr <= LIST_NAMES + 1; nr++) {
		struct buf b = { .data = NULL };
		struct arena a = { 0 };
		struct watch_list l;
		struct err e = { 0 };
		bool over = nr > LIST_NAMES;

		buf_z(&b, HEAD "1,R1,DOE,JOHN,");
		for (uint32_t i = 1; i < nr; i++)
			buf_fmt(&b, "%sA%u/B", i > 1 ? ";" : "", i);
		buf_z(&b, ",,,,,,01,2030-01-01\n");
		ck_assert_int_eq(read_text(&l, &a, buf_view(&b), &e),
				 over ? ERR_LIMIT : 0);
		ck_assert_str_eq(e.text, over ? "line 2: column 'aliases': "
						"more than 127"
					      : "");
		ck_assert(over || l.entries[0].nr_names == nr);
		buf_release(&b);
		arena_release(&a);
	}
}
END_TEST

START_TEST(entries_without_a_listed_offence_are_left_out_and_counted)
{
	struct arena a = { 0 };
	struct watch_list l;
	struct err e = { 0 };

	ck_assert_int_eq(
		read_text(&l, &a,
			  STR(HEAD ROW("3") ROW("1") "4,R,DOE,,,,,,,,04,2030-"
						     "01-01\n" /* not ours */
						     "5,R,DOE,,,,,,,,99,2030-"
						     "01-01\n"
						     "6,R,DOE,,,,,,,,01,2026-"
						     "11-21\n"
						     "7,R,DOE,,,,,,,,01,2026-"
						     "11-22\n"),
			  &e),
		0);
	ck_assert_uint_eq(l.nr_entries, 3);
	ck_assert_uint_eq(l.left_out_offence, 2);
	ck_assert_uint_eq(l.left_out_expired, 1);
	ck_str_is(l.entries[0].id, "1");
	ck_str_is(l.entries[2].id, "7");
	arena_release(&a);
}
END_TEST

static const char lists[] = HEAD ROW("1") ROW(
	"3") "2,R2,M\xc3\x9cLLER,J\xc3\x9cRGEN,\"MILLER/J;VON DER X/A B\","
	     "1970;1980-02..1981,F,DEU;AUT,Linz,A0000001::;B0000002:DEU:I,01,"
	     "2030-01-01\n";

static void build_it(struct buf *out, struct arena *a)
{
	struct watch_list l;
	struct err e = { 0 };

	ck_assert_msg(read_text(&l, a, str_of(lists), &e) == 0, "%s", e.text);
	for (uint8_t i = 0; i < LIST_VERSION; i++)
		l.version[i] = (uint8_t)(0xa0 + i);
	ck_assert_int_eq(watchlist_build(out, &l, 1, &e), 0);
}

START_TEST(a_snapshot_gives_back_what_went_in)
{
	struct buf one = { .data = NULL }, two = { .data = NULL };
	struct arena a = { 0 };
	struct watchlist *wl;
	struct watch_entry n;
	struct err e = { 0 };
	static struct name_form stored, fresh;

	build_it(&one, &a);
	build_it(&two, &a);
	ck_assert(str_eq(buf_view(&one), buf_view(&two)));
	ck_assert_int_eq(watchlist_of_bytes(&wl, buf_view(&one), &e), 0);
	ck_assert_uint_eq(wl->nr_entry, 3);
	watchlist_entry(wl, 1, &a, &n);
	ck_str_is(n.id, "2");
	ck_str_is(n.list, "l");
	ck_assert(n.list_version == 0xa0a1a2a3a4a5a6a7);
	ck_assert_uint_eq(wl->list[0].version[LIST_VERSION - 1], 0xbf);
	ck_str_is(n.birth_place, "Linz");
	ck_assert_uint_eq(n.nr_names, 3);
	ck_str_is(n.names[2].surname, "VON DER X");
	ck_assert_uint_eq(n.nr_births, 2);
	ck_assert_uint_eq(n.nr_nationalities, 2);
	ck_str_is(n.nationalities[1], "AUT");
	ck_assert_uint_eq(n.nr_documents, 2);
	ck_assert(str_empty(n.documents[0].issuer));
	ck_str_is(n.documents[1].type, "I");
	ck_assert_int_eq(n.sex, 'F');
	ck_assert_uint_eq(n.threshold, 800);
	for (uint32_t i = 0; i < n.nr_names; i++) {
		uint32_t at = wl->entry[1].first_name + i;

		watchlist_name(wl, at, &stored);
		name_normalise(&fresh, n.names[i].surname, n.names[i].given,
			       NAME_LISTED);
		ck_assert_uint_eq(stored.nr_units, fresh.nr_units);
		ck_assert_uint_eq(stored.nr_tokens, fresh.nr_tokens);
		for (uint8_t u = 0; u < fresh.nr_units; u++) {
			ck_assert_uint_eq(stored.unit[u].mask,
					  fresh.unit[u].mask);
			ck_assert_uint_eq(stored.unit[u].nr_keys,
					  fresh.unit[u].nr_keys);
			for (uint8_t k = 0; k < fresh.unit[u].nr_keys; k++)
				ck_assert(str_eq(stored.unit[u].key[k].text,
						 fresh.unit[u].key[k].text) &&
					  stored.unit[u].key[k].sig ==
						  fresh.unit[u].key[k].sig);
		}
	}
	watchlist_free(wl);
	buf_release(&one);
	buf_release(&two);
	arena_release(&a);
}
END_TEST

static const struct {
	const char *text;
	bool good;
} versions[] = {
	{ "0123456789abcdef", true },
	{ "ffffffffffffffff", true },
	{ "0000000000000001", true },
	{ "0000000000000000", false },
	{ "0123456789abcde", false },
	{ "0123456789abcdef0", false },
	{ "0123456789ABCDEF", false },
	{ "0123456789abcdeg", false },
	{ "", false },
};

START_TEST(a_version_is_sixteen_digits)
{
	for (size_t i = 0; i < ARRAY_SIZE(versions); i++) {
		char back[LIST_VERSION_HEX + 1];
		uint64_t v = 0;

		ck_assert_msg(list_version_read(str_of(versions[i].text), &v) ==
				      versions[i].good,
			      "%s", versions[i].text);
		if (!versions[i].good)
			continue;
		list_version_write(back, v);
		ck_assert_str_eq(back, versions[i].text);
	}
	ck_assert(!list_version_read(
		(struct str){ "0123456789abcde\0", LIST_VERSION_HEX },
		&(uint64_t){ 0 }));
}
END_TEST

START_TEST(a_name_without_a_letter_is_never_found_and_does_no_harm)
{
	struct buf b = { .data = NULL };
	struct arena a = { 0 };
	struct watchlist *wl;
	struct watch_list l;
	struct err e = { 0 };

	ck_assert_int_eq(read_text(&l, &a,
				   STR(HEAD "1,R1,...,,,1970,,,,,01,2030-01-"
					    "01\n"),
				   &e),
			 0);
	ck_assert_int_eq(watchlist_build(&b, &l, 1, &e), 0);
	ck_assert_int_eq(watchlist_of_bytes(&wl, buf_view(&b), &e), 0);
	ck_assert_uint_eq(wl->nr_text, 0);
	watchlist_free(wl);
	buf_release(&b);
	arena_release(&a);
}
END_TEST

/* Opens it, and if it opens reads everything there is. */
static int open_and_read(struct str bytes)
{
	struct watchlist *wl;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct watch_entry n;
	static struct name_form f;
	int rc = watchlist_of_bytes(&wl, bytes, &e);

	if (rc < 0)
		return rc;
	for (uint32_t i = 0; i < wl->nr_entry; i++)
		watchlist_entry(wl, i, &a, &n);
	for (uint32_t i = 0; i < wl->nr_name; i++)
		watchlist_name(wl, i, &f);
	watchlist_free(wl);
	arena_release(&a);
	return 0;
}

START_TEST(every_truncation_is_refused)
{
	struct buf b = { .data = NULL };
	struct arena a = { 0 };

	build_it(&b, &a);
	ck_assert_int_eq(open_and_read(buf_view(&b)), 0);
	for (size_t len = 0; len < b.len; len++) {
		char *cut = malloc(len + 1); /* so that reading on is seen */

		memcpy(cut, b.data, len);
		ck_assert_int_eq(open_and_read((struct str){ cut, len }),
				 ERR_INTEGRITY);
		free(cut);
	}
	buf_byte(&b, '\0');
	ck_assert_int_eq(open_and_read(buf_view(&b)), ERR_INTEGRITY);
	buf_release(&b);
	arena_release(&a);
}
END_TEST

static void seal(struct buf *b)
{
	struct snap_header *h = (struct snap_header *)(void *)b->data;

	h->checksum = snapshot_checksum(buf_view(b));
}

START_TEST(every_flipped_byte_is_refused_and_a_forged_one_harmless)
{
	struct buf b = { .data = NULL };
	struct arena a = { 0 };
	uint32_t seed = 1;

	build_it(&b, &a);
	for (size_t i = 0; i < b.len; i++) {
		char was = b.data[i];

		for (int k = 0; k < 8; k++) {
			b.data[i] = (char)(was ^ 1 << k);
			ck_assert_int_eq(open_and_read(buf_view(&b)),
					 ERR_INTEGRITY);
		}
		/* With a fitting checksum: refused or read, no crash. */
		for (int k = 0; k < 8; k++) {
			seed = seed * 1664525 + 1013904223;
			b.data[i] = (char)(seed >> 24);
			seal(&b);
			open_and_read(buf_view(&b));
		}
		b.data[i] = was;
		seal(&b);
	}
	ck_assert_int_eq(open_and_read(buf_view(&b)), 0);
	buf_release(&b);
	arena_release(&a);
}
END_TEST

/* The search finds the letters of a bucket by its length: they must fit. */
START_TEST(letters_that_do_not_stand_in_a_row_are_refused)
{
	struct buf b = { .data = NULL };
	struct arena a = { 0 };

	for (int k = 0; k < 4; k++) {
		const struct snap_header *h;
		struct snap_text *text;
		struct snap_fold *fold;

		buf_clear(&b);
		build_it(&b, &a);
		h = (const struct snap_header *)(const void *)b.data;
		text = (void *)(b.data + h->section[SNAP_text].pos);
		fold = (void *)(b.data + h->section[SNAP_fold].pos);
		ck_assert_uint_gt(h->section[SNAP_text].nr, 1);
		text[0].pos += k == 0;
		fold[0].pos += k == 1;
		/* as far as before, but not as long as the bucket says */
		if (k == 2)
			text[0].len++, text[0].pos--;
		if (k == 3)
			fold[0].len++, fold[0].pos--;
		seal(&b);
		ck_assert_int_eq(open_and_read(buf_view(&b)), ERR_INTEGRITY);
	}
	buf_release(&b);
	arena_release(&a);
}
END_TEST

START_TEST(strangers_are_told_what_is_wrong)
{
	static const struct {
		size_t at;
		uint32_t value;
		const char *says;
	} row[] = {
		{ 0, 0, "not a watchlist snapshot" },
		{ offsetof(struct snap_header, version), 99, "version 99" },
		{ offsetof(struct snap_header, endian), 0x04030201,
		  "byte order" },
		{ offsetof(struct snap_header, size), 8, "longer than" },
		{ offsetof(struct snap_header, checksum), 8, "checksum" },
	};
	struct buf b = { .data = NULL };
	struct arena a = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		struct watchlist *wl;
		struct err e = { 0 };

		buf_clear(&b);
		build_it(&b, &a);
		memcpy(b.data + row[i].at, &row[i].value, 4);
		ck_assert_int_eq(watchlist_of_bytes(&wl, buf_view(&b), &e),
				 ERR_INTEGRITY);
		ck_assert_msg(strstr(e.text, row[i].says), "%s", e.text);
	}
	buf_release(&b);
	arena_release(&a);
}
END_TEST

UNIT_MAIN("watchlist list", a_sheet_is_lawful_or_refused_with_the_article,
	  files_are_read_or_refused_at_their_line,
	  reading_goes_on_behind_a_bad_row,
	  a_list_without_a_good_row_or_header_is_refused,
	  bytes_no_list_may_have, names_up_to_the_limit,
	  entries_without_a_listed_offence_are_left_out_and_counted,
	  a_snapshot_gives_back_what_went_in, a_version_is_sixteen_digits,
	  letters_that_do_not_stand_in_a_row_are_refused,
	  a_name_without_a_letter_is_never_found_and_does_no_harm,
	  every_truncation_is_refused,
	  every_flipped_byte_is_refused_and_a_forged_one_harmless,
	  strangers_are_told_what_is_wrong)
