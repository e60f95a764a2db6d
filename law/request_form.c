/*
 * request_form.c - the form of a request, and what it has to say
 */
#include "law/request.h"

#include "base/json_write.h"
#include "law/link.h"
#include "parsers/field.h"

#include <string.h>

#define LAW "Directive (EU) 2016/681 Art. 6(2)(b)"

/* clang-format off */
#define FORM(m)	offsetof(struct request_form, m)
#define COMMON_ROWS \
	{ "case",      SETTING_TEXT, FORM(case_id),    true }, \
	{ "offence",   SETTING_TEXT, FORM(offence),    true }, \
	{ "authority", SETTING_TEXT, FORM(authority),  true }, \
	{ "persons",   SETTING_TEXT, FORM(persons),    true }, \
	{ "grounds",   SETTING_TEXT, FORM(grounds),    false }, \
	{ "new",       SETTING_TEXT, FORM(news),       false }, \
	{ "group",     SETTING_TEXT, FORM(group),      false }, \
	{ "fields",    SETTING_LIST, FORM(fields),     true }

static const struct setting search_rows[] = {
	COMMON_ROWS,
	{ "from",      SETTING_DATE, FORM(from),       false },
	{ "until",     SETTING_DATE, FORM(until),      false },
	{ "rows",      SETTING_TEXT, FORM(rows_text),  true },
	{ "alike",     SETTING_BOOL, FORM(alike),      false },
	{ "urgent",    SETTING_TEXT, FORM(urgent_why), false },
};

static const struct setting unmask_rows[] = {
	COMMON_ROWS,
	{ "records",   SETTING_LIST, FORM(records),    true },
};
/* clang-format on */

bool request_field_is_good(enum request_kind kind, struct str path)
{
	struct str member = path, record = str_split(&member, '.');
	const struct field *f = NULL;

	if (kind == REQUEST_UNMASK && str_eq(path, STR("hits.evidence")))
		return true;
	if (str_eq(record, STR("traveller")))
		f = field_find("traveller", member);
	else if (str_eq(record, STR("booking")))
		f = field_find("booking", member);
	else if (str_eq(record, STR("flight")))
		f = field_find("flight", member);
	/* the others of a booking are persons of their own */
	return f && !f->derived && strcmp(f->name, "travellers") != 0;
}

bool request_field_is_in(const struct text_list *fields, const char *record,
			 const char *member)
{
	for (uint32_t i = 0; i < fields->nr; i++) {
		struct str m = fields->item[i], r = str_split(&m, '.');

		if (str_eq(r, str_of(record)) && str_eq(m, str_of(member)))
			return true;
	}
	return false;
}

/* A sentence that has to be there; `why` has the paragraph. */
static int check_words(struct str words, const char *key, const char *why,
		       struct err *e)
{
	if (str_trim(words).len < REQUEST_WORDS_LEAST)
		return err_at(e, ERR_LEGAL, 0,
			      LAW ": '%s:' takes a sentence of %d letters at "
				  "least: %s",
			      key, REQUEST_WORDS_LEAST, why);
	if (words.len > REQUEST_WORDS_MAX)
		return err_at(e, ERR_VALUE, 0, "'%s:' takes at most %d bytes",
			      key, REQUEST_WORDS_MAX);
	return 0;
}

static int check_group(const struct request_form *f, struct err *e)
{
	if (str_eq(f->persons, STR("one")) && !f->group.ptr)
		return 0;
	if (!str_eq(f->persons, STR("group")))
		return err_at(
			e, ERR_VALUE, 0,
			"'persons:' is one, without a 'group:', or group");
	return check_words(f->group, "group",
			   "several persons are asked about only where they "
			   "make one specific case (C-817/19, 219)",
			   e);
}

static int check_fields(const struct request_form *f, enum request_kind kind,
			struct err *e)
{
	if (!f->fields.nr || f->fields.nr > REQUEST_FIELDS_MAX)
		return err_at(e, ERR_LEGAL, 0,
			      LAW ": 'fields:' names what is needed, 1 to %d",
			      REQUEST_FIELDS_MAX);
	for (uint32_t i = 0; i < f->fields.nr; i++)
		if (!request_field_is_good(kind, f->fields.item[i]))
			return err_at(e, ERR_LEGAL, 0,
				      LAW ": 'fields:': number %u is no member "
					  "of traveller, booking or flight; "
					  "'paxgate fields' lists them",
				      i + 1);
	return 0;
}

static int check_search(struct request_form *f, struct err *e)
{
	int64_t rows;

	if (!date_is_set(f->from) || !date_is_set(f->until))
		return err_at(e, ERR_LEGAL, 0,
			      LAW ": a request has a first and a last day of "
				  "flights, 'from:' and 'until:'");
	if (date_to_days(f->until) < date_to_days(f->from))
		return err_at(e, ERR_VALUE, 0, "'until:' is before 'from:'");
	if (!str_to_i64(f->rows_text, &rows) || rows < 1 ||
	    rows > REQUEST_ROWS_MAX)
		return err_at(e, ERR_LEGAL, 0,
			      LAW ": 'rows:' says how many travellers may be "
				  "found at most, a number from 1");
	f->rows = (int32_t)rows;
	if (f->urgent_why.ptr)
		return check_words(f->urgent_why, "urgent",
				   "the review comes first, but in duly "
				   "justified urgency (C-817/19, 223)",
				   e);
	return 0;
}

static int check_form(struct request_form *f, enum request_kind kind,
		      struct err *e)
{
	if (!link_is_case(f->case_id))
		return err_at(e, ERR_VALUE, 0,
			      "'case:' takes the authority's file number, at "
			      "most %d letters, digits and -/._",
			      LINK_CASE_MAX);
	if (check_words(f->grounds, "grounds",
			"objective material that gives reasonable suspicion "
			"(C-817/19, 217)",
			e) ||
	    check_words(f->news, "new",
			"circumstances that came up after the assessment "
			"before travel (C-817/19, 218)",
			e) ||
	    check_group(f, e) || check_fields(f, kind, e))
		return e->code;
	if (kind == REQUEST_SEARCH)
		return check_search(f, e);
	if (!f->records.nr)
		return err_at(e, ERR_LEGAL, 0,
			      "Directive (EU) 2016/681 Art. 12(3): 'records:' "
			      "names the masked records; 'paxgate unmask list' "
			      "has them");
	return 0;
}

static struct str words_of(const struct request_form *f, struct arena *a)
{
	struct buf words = { 0 };
	struct json j;
	struct str out;

	json_init(&j, &words);
	json_open(&j, NULL, '{');
	json_str(&j, "grounds", f->grounds);
	json_str(&j, "new", f->news);
	if (f->group.ptr)
		json_str(&j, "group", f->group);
	if (f->urgent_why.ptr)
		json_str(&j, "urgent", f->urgent_why);
	json_close(&j, '}');
	out = arena_str(a, buf_view(&words));
	buf_release(&words);
	return out;
}

int request_form_read(struct request_form *out, enum request_kind kind,
		      struct str text, struct arena *a, struct err *e)
{
	const struct setting *rows =
		kind == REQUEST_UNMASK ? unmask_rows : search_rows;
	size_t nr = kind == REQUEST_UNMASK ? ARRAY_SIZE(unmask_rows)
					   : ARRAY_SIZE(search_rows);
	struct yaml_node *doc;

	*out = (struct request_form){ .rows = 0 };
	if (yaml_read(&doc, a, text, e) ||
	    settings_read(out, doc, rows, nr, a, e) || check_form(out, kind, e))
		return e->code;
	out->words = words_of(out, a);
	return 0;
}

void request_form_write(struct buf *out, enum request_kind kind)
{
	buf_z(out, "case: \"\"\t# file number at the authority\n"
		   "offence: \"\"\t# code of law.offences\n"
		   "authority: \"\"\t# who asks, as in 'paxgate authority "
		   "list'\n"
		   "persons: one\t# or group\n"
		   "# group: \"\"\t# what makes several persons one specific "
		   "case\n"
		   "grounds: \"\"\t# objective material that gives reasonable "
		   "suspicion\n"
		   "new: \"\"\t# what came up since the assessment before "
		   "travel\n"
		   "# what is needed and no more, as in 'paxgate fields'\n"
		   "fields: [traveller.surname, traveller.given]\n");
	if (kind == REQUEST_UNMASK) {
		buf_z(out, "records: []\t# as in 'paxgate unmask list'\n");
		return;
	}
	buf_z(out, "from: \t# first day on which the flight was heard of\n"
		   "until: \t# last day\n"
		   "rows: \"1\"\t# travellers at most\n"
		   "alike: false\t# search by likeness of names, too\n"
		   "# urgent: \"\"\t# why the review cannot come first\n");
}
