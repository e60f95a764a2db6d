#include "watchlist/un.h"

#include "base/country.h"
#include "base/xml.h"
#include "watchlist/entry_add.h"
#include "watchlist/list_rows.h"

enum { UN_NAME = 512, UN_ID = 64 }; /* bytes */

struct reading {
	struct list_reading rows;
	uint32_t nr_records;
};

static void warn(struct reading *r, const struct xml_node *at, const char *what)
{
	r->rows.w->line = at->line;
	list_warn(r->rows.w, "%s: %s", at->name.ptr, what);
}

static void add_name(struct watch_entry *n, struct reading *r,
		     const struct xml_node *at, struct str name)
{
	struct str surname, given;

	entry_name_split(name, &surname, &given);
	if (name.len > UN_NAME || str_empty(surname))
		warn(r, at, "not a name of up to 512 bytes");
	else if (!entry_add_name(n, r->rows.arena, surname, given))
		warn(r, at, "more than 128 names; this one is left out");
}

/* The four parts of the main name, in the list's order, as one text. */
static struct str main_name(const struct xml_node *person, struct arena *a)
{
	static const char *const parts[] = { "FIRST_NAME", "SECOND_NAME",
					     "THIRD_NAME", "FOURTH_NAME" };
	struct str name = STR_NONE;

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		struct str part = xml_text(person, parts[i]);

		if (part.ptr && name.ptr)
			name = arena_fmt(a, STR_FMT " " STR_FMT, STR_ARG(name),
					 STR_ARG(part));
		else if (part.ptr)
			name = part;
	}
	return name;
}

static void read_names(struct watch_entry *n, struct reading *r,
		       const struct xml_node *person)
{
	struct str script = xml_text(person, "NAME_ORIGINAL_SCRIPT");
	const struct xml_node *alias = xml_child(person, "INDIVIDUAL_ALIAS");

	add_name(n, r, person, main_name(person, r->rows.arena));
	if (script.ptr)
		add_name(n, r, person, script);
	for (; alias; alias = xml_next(alias)) {
		struct str name = xml_text(alias, "ALIAS_NAME");

		if (name.ptr)
			add_name(n, r, alias, name);
	}
}

static bool read_number(const struct xml_node *n, const char *name, int most,
			int64_t *out)
{
	struct str s = xml_text(n, name);

	return str_is_digits(s) && str_to_i64(s, out) && *out > 0 &&
	       *out <= most;
}

/* DATE, or YEAR with MONTH and DAY, or FROM_YEAR and TO_YEAR. */
static bool read_range(const struct xml_node *at, struct birth_range *out)
{
	struct str date = xml_text(at, "DATE");
	struct date d = { 0 };
	int64_t year, last, month = 0, day = 0;

	if (date.ptr) /* a time of day may stand behind it */
		return birth_read(str_slice(date, 0, 10), out);
	if (read_number(at, "FROM_YEAR", 9999, &year)) {
		if (!read_number(at, "TO_YEAR", 9999, &last) || last < year)
			return false;
		d.year = (int16_t)year;
		*out = birth_of_date(d);
		d.year = (int16_t)last;
		out->to = birth_of_date(d).to;
		return true;
	}
	if (!read_number(at, "YEAR", 9999, &year))
		return false;
	if (read_number(at, "MONTH", 12, &month))
		(void)!read_number(at, "DAY", 31, &day);
	d = (struct date){ (int16_t)year, (uint8_t)month, (uint8_t)day };
	if (!date_is_valid(d))
		return false;
	*out = birth_of_date(d);
	return true;
}

static void read_births(struct watch_entry *n, struct reading *r,
			const struct xml_node *person)
{
	const struct xml_node *at =
		xml_child(person, "INDIVIDUAL_DATE_OF_BIRTH");

	for (; at; at = xml_next(at)) {
		struct str type = xml_text(at, "TYPE_OF_DATE");
		struct birth_range range;

		if (!at->child)
			continue; /* not known */
		if (!read_range(at, &range)) {
			warn(r, at, "not a date, a year or two years");
			continue;
		}
		if (str_eq_nocase(type, STR("APPROXIMATELY")))
			birth_widen(&range, BIRTH_CIRCA_YEARS);
		if (!entry_add_birth(n, r->rows.arena, range))
			warn(r, at, "more than 32; this one is left out");
	}
}

static void read_nations(struct watch_entry *n, struct reading *r,
			 const struct xml_node *person)
{
	const struct xml_node *at = xml_child(person, "NATIONALITY"), *value;

	for (; at; at = xml_next(at))
		for (value = xml_child(at, "VALUE"); value;
		     value = xml_next(value)) {
			struct str code = country_of_name(value->text);

			if (str_empty(value->text))
				continue;
			if (!code.ptr)
				warn(r, at,
				     "no country's name of "
				     "base/country_name.def");
			else if (!entry_add_nationality(n, r->rows.arena, code))
				warn(r, at,
				     "more than 32; this one is left "
				     "out");
		}
}

/* Documents that a traveller may show. */
static const struct {
	struct str label, type;
} labels[] = {
	{ STR_INIT("Passport"), STR_INIT("P") },
	{ STR_INIT("National Identification Number"), STR_INIT("I") },
	{ STR_INIT("National Identification Card"), STR_INIT("I") },
	{ STR_INIT("Travel Document"), STR_INIT("") },
};

static void read_document(struct watch_entry *n, struct reading *r,
			  const struct xml_node *at)
{
	struct str label = xml_text(at, "TYPE_OF_DOCUMENT");
	struct str country = xml_text(at, "ISSUING_COUNTRY");
	struct watch_document d = { .type = STR_NONE };

	for (size_t i = 0; i < ARRAY_SIZE(labels); i++)
		if (str_eq_nocase(label, labels[i].label))
			d.type = labels[i].type;
	if (!d.type.ptr)
		return; /* on no travel document */
	d.number = document_canonical(xml_text(at, "NUMBER"));
	if (!d.number.len) {
		warn(r, at, "no number of 5 to 24 letters and digits");
		return;
	}
	if (!country.ptr)
		country = xml_text(at, "COUNTRY_OF_ISSUE");
	if (country.ptr) {
		d.issuer = country_of_name(country);
		if (!d.issuer.ptr)
			warn(r, at,
			     "its country is no name of "
			     "base/country_name.def");
	}
	if (!entry_add_document(n, r->rows.arena, &d))
		warn(r, at, "more than 32; this one is left out");
}

static struct str birth_places(const struct xml_node *person, struct arena *a)
{
	const struct xml_node *at =
		xml_child(person, "INDIVIDUAL_PLACE_OF_BIRTH");
	struct str all = STR_NONE;

	for (; at; at = xml_next(at))
		for (const struct xml_node *c = at->child; c; c = c->next) {
			if (str_empty(c->text) ||
			    str_eq(c->name, STR("NOTE")) || all.len > UN_NAME)
				continue;
			all = all.ptr ? arena_fmt(a, STR_FMT "%s" STR_FMT,
						  STR_ARG(all),
						  c == at->child ? "; " : ", ",
						  STR_ARG(c->text))
				      : c->text;
		}
	return arena_str(a, all);
}

static void read_person(struct reading *r, const struct xml_node *person,
			struct str id, struct str offence)
{
	struct arena *a = r->rows.arena;
	struct str reference = xml_text(person, "REFERENCE_NUMBER");
	struct str sex = xml_text(person, "GENDER");
	const struct xml_node *at = xml_child(person, "INDIVIDUAL_DOCUMENT");
	struct watch_entry n = { .offence = offence };

	list_ground_of_sheet(&n, &r->rows.list->sheet);
	n.id = arena_str(a, id);
	n.reference = arena_fmt(a, "UN " STR_FMT,
				STR_ARG(reference.ptr ? reference : id));
	read_names(&n, r, person);
	read_births(&n, r, person);
	read_nations(&n, r, person);
	for (; at; at = xml_next(at))
		read_document(&n, r, at);
	n.sex = str_eq_nocase(sex, STR("Male"))	    ? 'M'
		: str_eq_nocase(sex, STR("Female")) ? 'F'
						    : 0;
	n.birth_place = birth_places(person, a);
	if (n.nr_names)
		list_keep(&r->rows, &n, person->line);
}

static int on_record(void *ctx, const struct xml_node *node, struct err *e)
{
	struct reading *r = ctx;
	struct watch_list *l = r->rows.list;
	struct str id = xml_text(node, "DATAID"), offence;
	struct err wrong = { 0 };

	(void)e;
	r->nr_records++;
	if (str_eq(node->name, STR("ENTITY"))) {
		l->left_out_kind++;
		return 0;
	}
	if (!id.ptr)
		id = xml_text(node, "REFERENCE_NUMBER");
	if (!id.ptr || id.len > UN_ID)
		err_at(&wrong, ERR_VALUE, 0,
		       "no DATAID or REFERENCE_NUMBER of up to 64 bytes");
	else if (str_empty(main_name(node, r->rows.arena)))
		err_at(&wrong, ERR_VALUE, 0, "no FIRST_NAME to FOURTH_NAME");
	offence = list_program(&l->sheet, xml_text(node, "UN_LIST_TYPE"));
	if (wrong.code)
		list_leave_out(&r->rows, node->line, &wrong);
	else if (!offence.ptr)
		l->left_out_offence++;
	else
		read_person(r, node, id, offence);
	return 0;
}

int un_list_read(struct watch_list *out, struct arena *a,
		 const struct watch_sheet *sheet, struct str text,
		 struct list_warnings *w, struct err *e)
{
	static const char *const records[] = { "INDIVIDUAL", "ENTITY", NULL };
	struct watch_list list = { .sheet = *sheet };
	struct reading r = { .rows = { .list = &list, .arena = a, .w = w } };
	uint32_t before = w->nr;

	if (xml_read_records(text, records, on_record, &r, e))
		return e->code;
	if (!r.nr_records)
		return err_at(e, ERR_VALUE, 0,
			      "no INDIVIDUAL and no ENTITY in it; the "
			      "Security Council's consolidated.xml is "
			      "expected");
	if (list_finish(&r.rows, e) < 0)
		return e->code;
	list.unread = w->nr - before;
	*out = list;
	return 0;
}
