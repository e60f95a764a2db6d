/*
 * t_request.c - a request's states and form; the database has the same ways
 */
#include "base/json.h"
#include "db/sql.h"
#include "law/request.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

static struct arena arena;
static struct err e;

/* Each step from each state: where it leads, '-' nowhere. */
START_TEST(ways)
{
	static const struct {
		enum request_kind kind;
		const char *step;
		/* from open, urgent, approved, refused, lapsed, closed */
		enum request_state to[REQUEST_STATES - 1];
	} row[] = {
		{ REQUEST_SEARCH,
		  "approve",
		  { REQUEST_approved, REQUEST_approved } },
		{ REQUEST_SEARCH,
		  "refuse",
		  { REQUEST_refused, REQUEST_refused } },
		{ REQUEST_SEARCH, "lapse", { 0, REQUEST_lapsed } },
		{ REQUEST_SEARCH,
		  "search",
		  { 0, REQUEST_urgent, REQUEST_approved } },
		{ REQUEST_SEARCH,
		  "disclose",
		  { 0, REQUEST_urgent, REQUEST_approved } },
		{ REQUEST_SEARCH,
		  "close",
		  { REQUEST_closed, 0, REQUEST_closed } },
		{ REQUEST_SEARCH, "view", { 0 } },
		{ REQUEST_SEARCH, "open", { 0 } },
		{ REQUEST_UNMASK, "approve", { REQUEST_approved } },
		{ REQUEST_UNMASK, "refuse", { REQUEST_refused } },
		{ REQUEST_UNMASK, "lapse", { 0 } },
		{ REQUEST_UNMASK, "search", { 0 } },
		{ REQUEST_UNMASK, "disclose", { 0 } },
		{ REQUEST_UNMASK, "view", { 0, 0, REQUEST_approved } },
		{ REQUEST_UNMASK,
		  "close",
		  { REQUEST_closed, 0, REQUEST_closed } },
	};

	for (size_t i = 0; i < ARRAY_SIZE(row); i++)
		for (int s = REQUEST_NONE + 1; s < REQUEST_STATES; s++)
			ck_assert_msg(
				request_after(row[i].kind, str_of(row[i].step),
					      (enum request_state)s) ==
					row[i].to[s - 1],
				"%s %s from %s", request_kind_word(row[i].kind),
				row[i].step,
				request_state_word((enum request_state)s));
	ck_assert_ptr_null(request_state_word(REQUEST_STATES));
	ck_assert_ptr_nonnull(request_state_help(REQUEST_lapsed));
}
END_TEST

/* ref.request_way is this table, row by row, and has no more. */
START_TEST(database_has_them)
{
	const char *at =
		strstr(sql_0013_requests, "INSERT INTO ref.request_way");
	const char *end = strchr(at, ';');
	struct request_way w;
	size_t nr = 0, rows = 0;
	char text[100];

	for (; request_way_at(&w, nr); nr++) {
		const char *found;

		snprintf(text, sizeof(text), "('%s', '%s', '%s', '%s')",
			 request_kind_word(w.kind), w.step,
			 request_state_word(w.before),
			 request_state_word(w.after));
		found = strstr(at, text);
		ck_assert_msg(found && found < end, "not there: %s", text);
	}
	while ((at = strchr(at, '(')) && at < end) {
		rows++;
		at++;
	}
	ck_assert_uint_eq(rows, nr);
}
END_TEST

#define GOOD                                                      \
	"case: 26-114\n"                                          \
	"offence: \"04\"\n"                                       \
	"authority: UT-POL\n"                                     \
	"persons: one\n"                                          \
	"grounds: \"a witness saw him load the goods\"\n"         \
	"new: \"the witness came after the flight had landed\"\n" \
	"from: 2026-11-20\n"                                      \
	"until: 2026-11-20\n"                                     \
	"fields: [traveller.surname, booking.contacts]\n"         \
	"rows: \"3\"\n"

/* The good form with one line changed, appended (no `from`) or taken out. */
static struct str with(const char *from, const char *to)
{
	const char *at = from ? strstr(GOOD, from) : NULL;

	if (!from)
		return arena_fmt(&arena, "%s%s", GOOD, to);
	ck_assert_ptr_nonnull(at);
	return arena_fmt(&arena, "%.*s%s%s", (int)(at - GOOD), GOOD, to,
			 at + strlen(from));
}

static int read(struct request_form *f, enum request_kind kind, struct str text)
{
	e = (struct err){ 0 };
	return request_form_read(f, kind, text, &arena, &e);
}

START_TEST(good_forms)
{
	struct request_form f;
	struct json_node *doc;

	ck_assert_msg(!read(&f, REQUEST_SEARCH, str_of(GOOD)), "%s", e.text);
	ck_str_is(f.case_id, "26-114");
	ck_assert_int_eq(f.rows, 3);
	ck_assert_uint_eq(f.fields.nr, 2);
	ck_assert(!f.alike && !f.urgent_why.ptr);
	ck_assert(request_field_is_in(&f.fields, "booking", "contacts"));
	ck_assert(!request_field_is_in(&f.fields, "traveller", "contacts"));
	ck_assert_int_eq(json_read(&doc, f.words, &e), 0);
	ck_str_is(json_node_text(json_node_get(doc, "grounds")),
		  "a witness saw him load the goods");
	ck_assert_uint_eq(json_node_nr(doc), 2);
	json_node_free(doc);
	/* exactly as many letters as it takes */
	ck_assert_int_eq(read(&f, REQUEST_SEARCH,
			      with("the witness came after the flight had "
				   "landed",
				   "12345678901234567890")),
			 0);
	ck_assert_int_eq(read(&f, REQUEST_SEARCH,
			      with(NULL, "alike: true\nurgent: \"no judge is "
					 "on duty this night\"\n")),
			 0);
	ck_assert(f.alike && f.urgent_why.ptr);
}
END_TEST

START_TEST(wrong_forms)
{
	static const struct {
		const char *from, *to, *says;
		enum err_code code;
	} row[] = {
		{ "case: 26-114", "case: 26 114", "'case:' takes", ERR_VALUE },
		{ "case: 26-114\n", "", "'case' is missing", ERR_USAGE },
		{ "persons: one", "persons: two", "'persons:' is", ERR_VALUE },
		{ "persons: one", "persons: group", "'group:' takes",
		  ERR_LEGAL },
		{ "persons: one", "persons: group\ngroup: \"a family\"",
		  "specific case", ERR_LEGAL },
		{ "persons: one",
		  "persons: one\ngroup: \"those who sat beside him\"",
		  "without a 'group:'", ERR_VALUE },
		{ "a witness saw him load the goods", "1234567890123456789",
		  "'grounds:' takes", ERR_LEGAL },
		{ "\"the witness came after the flight had landed\"",
		  "\"           because            \"", "'new:' takes",
		  ERR_LEGAL },
		{ "from: 2026-11-20\n", "", "a last day", ERR_LEGAL },
		{ "until: 2026-11-20\n", "", "a last day", ERR_LEGAL },
		{ "until: 2026-11-20", "until: 2026-11-19", "before 'from:'",
		  ERR_VALUE },
		{ "until: 2026-11-20", "until: 2026-11", "a date as",
		  ERR_VALUE },
		{ "booking.contacts", "booking.travellers", "number 2 is no",
		  ERR_LEGAL },
		{ "booking.contacts", "booking.bag_count", "number 2 is no",
		  ERR_LEGAL },
		{ "booking.contacts", "contacts", "number 2 is no", ERR_LEGAL },
		{ "booking.contacts", "hits.evidence", "number 2 is no",
		  ERR_LEGAL },
		{ "[traveller.surname, booking.contacts]", "[]", "1 to 64",
		  ERR_LEGAL },
		{ "rows: \"3\"", "rows: \"0\"", "how many", ERR_LEGAL },
		{ "rows: \"3\"", "rows: \"100001\"", "how many", ERR_LEGAL },
		{ "rows: \"3\"", "rows: all", "how many", ERR_LEGAL },
		{ "rows: \"3\"", "rows: \"3\"\nurgent: \"in a hurry\"",
		  "urgency", ERR_LEGAL },
		{ "rows: \"3\"", "rows: \"3\"\nrecords: [x]",
		  "unknown key 'records'", ERR_SYNTAX },
	};
	struct request_form f;

	for (size_t i = 0; i < ARRAY_SIZE(row); i++) {
		int rc = read(&f, REQUEST_SEARCH, with(row[i].from, row[i].to));

		ck_assert_msg(
			rc == (int)row[i].code && strstr(e.text, row[i].says),
			"%s -> %s: %d, %s", row[i].from, row[i].to, rc, e.text);
		/* no sentence of the form in the error's */
		ck_assert_ptr_null(strstr(e.text, "witness"));
	}
}
END_TEST

START_TEST(unmask_forms)
{
	struct request_form f;
	struct str text = with("from: 2026-11-20\nuntil: 2026-11-20\n",
			       "records: [20260522-9f3c01d2a4b5c6d7]\n");
	const char *rows = strstr(text.ptr, "rows:");

	ck_assert_int_eq(read(&f, REQUEST_UNMASK, text), ERR_SYNTAX);
	text.len = (size_t)(rows - text.ptr);
	ck_assert_msg(!read(&f, REQUEST_UNMASK, text), "%s", e.text);
	ck_assert_uint_eq(f.records.nr, 1);
	ck_assert(request_field_is_good(REQUEST_UNMASK, STR("hits.evidence")));
	ck_assert_int_eq(read(&f, REQUEST_UNMASK, str_of(GOOD)), ERR_SYNTAX);
}
END_TEST

/* The empty form is one, once it is filled in. */
START_TEST(empty_form)
{
	static const enum request_kind kinds[] = { REQUEST_SEARCH,
						   REQUEST_UNMASK };

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		struct buf out = { 0 };
		struct request_form f;

		request_form_write(&out, kinds[i]);
		ck_assert_int_ne(read(&f, kinds[i], buf_view(&out)), 0);
		ck_assert_ptr_null(strstr(e.text, "unknown"));
		buf_release(&out);
	}
	arena_release(&arena);
}
END_TEST

UNIT_MAIN("request", ways, database_has_them, good_forms, wrong_forms,
	  unmask_forms, empty_form)
