#include "watchlist/list.h"

#include "base/country.h"
#include "watchlist/csv.h"
#include "watchlist/entry_add.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
enum { P_ID, P_REFERENCE, P_SURNAME, P_GIVEN, P_ALIASES, P_BIRTHS, P_SEX,
       P_NATIONALITIES, P_PLACE, P_DOCUMENTS, P_OFFENCE, P_UNTIL };

static const struct csv_column person_columns[] = {
	{ "id",		   true,   64 },
	{ "reference",	   true,  128 },
	{ "surname",	   true,  256 },
	{ "given",	   false, 256 },
	{ "aliases",	   false, CSV_FIELD },
	{ "birth_dates",   false, 512 },
	{ "sex",	   false,   1 },
	{ "nationalities", false, 128 },
	{ "birth_place",   false, 256 },
	{ "documents",	   false, 1024 },
	{ "offence",	   true,    8 },
	{ "valid_until",   true,   10 },
	{ NULL,		   false,   0 },
};

enum { D_ID, D_REFERENCE, D_NUMBER, D_ISSUER, D_TYPE, D_OFFENCE, D_UNTIL };

static const struct csv_column document_columns[] = {
	{ "id",		 true,   64 },
	{ "reference",	 true,  128 },
	{ "number",	 true,   40 },
	{ "issuer",	 true,    3 },
	{ "type",	 false,   4 },
	{ "offence",	 true,    8 },
	{ "valid_until", true,   10 },
	{ NULL,		 false,   0 },
};
/* clang-format on */

struct reading {
	struct watch_list *list;
	struct arena *arena;
	const struct watch_registers *law;
};

/* A field of several values: absent when it is empty. */
static struct str values(struct str field)
{
	return str_empty(field) ? STR_NONE : field;
}

static int bad(struct err *e, const char *column, const char *expected)
{
	return err_at(e, ERR_VALUE, 0, "column '%s': not %s", column, expected);
}

static bool has_offence(const struct reading *r, struct str code)
{
	bool listed = false, permitted = false;

	for (uint32_t i = 0; i < r->list->sheet.nr_offences; i++)
		listed |= str_eq(r->list->sheet.offence[i], code);
	for (uint32_t i = 0; i < r->law->nr_offences; i++)
		permitted |= str_eq(r->law->offence[i], code);
	return listed && permitted;
}

/*
 * What persons and documents have in common. Returns 1 to go on, 0 when the
 * entry is left out and counted.
 */
static int read_common(struct watch_entry *n, struct reading *r, struct str id,
		       struct str reference, struct str offence,
		       struct str until, struct err *e)
{
	struct date d;

	if (!date_read(until, &d) || !date_is_full(d))
		return bad(e, "valid_until", "a date YYYY-MM-DD");
	if (!has_offence(r, offence)) {
		r->list->left_out_offence++;
		return 0;
	}
	if (date_to_days(d) < date_to_days(r->law->today)) {
		r->list->left_out_expired++;
		return 0;
	}
	n->list = r->list->sheet.id;
	n->id = arena_str(r->arena, id);
	n->reference = arena_str(r->arena, reference);
	n->offence = arena_str(r->arena, offence);
	n->valid_until = d;
	n->threshold = r->list->sheet.threshold;
	return 1;
}

static int too_many(struct err *e, const char *column, int limit)
{
	return err_at(e, ERR_LIMIT, 0, "column '%s': more than %d", column,
		      limit);
}

static int add_name(struct watch_entry *n, struct reading *r,
		    struct str surname, struct str given, struct err *e)
{
	if (entry_add_name(n, r->arena, surname, given))
		return 0;
	return too_many(e, "aliases", LIST_NAMES - 1);
}

static int read_names(struct watch_entry *n, struct reading *r,
		      const struct csv_row_view *row, struct err *e)
{
	struct str rest = values(row->field[P_ALIASES]);
	int rc = add_name(n, r, row->field[P_SURNAME], row->field[P_GIVEN], e);

	while (rc == 0 && rest.ptr) {
		struct str given = str_split(&rest, ';'), surname;

		if (str_empty(str_trim(given)))
			return bad(e, "aliases", "SURNAME/GIVEN;SURNAME/GIVEN");
		surname = str_split(&given, '/');
		if (str_empty(str_trim(surname)) ||
		    str_find_byte(given, '/') >= 0)
			return bad(e, "aliases", "SURNAME/GIVEN;SURNAME/GIVEN");
		rc = add_name(n, r, surname, given, e);
	}
	return rc;
}

static int read_births(struct watch_entry *n, struct reading *r,
		       struct str rest, struct err *e)
{
	while (rest.ptr) {
		struct birth_range range;

		if (!birth_read(str_trim(str_split(&rest, ';')), &range))
			return bad(e, "birth_dates",
				   "YYYY-MM-DD, YYYY-MM, YYYY or FROM..TO, "
				   "several with ';'");
		if (!entry_add_birth(n, r->arena, range))
			return too_many(e, "birth_dates", LIST_VALUES);
	}
	return 0;
}

static int read_nationalities(struct watch_entry *n, struct reading *r,
			      struct str rest, struct err *e)
{
	while (rest.ptr) {
		struct str code =
			country_canonical(str_trim(str_split(&rest, ';')));

		if (!code.ptr)
			return bad(e, "nationalities",
				   "ISO 3166 codes as AUT, several with ';'");
		if (!entry_add_nationality(n, r->arena, code))
			return too_many(e, "nationalities", LIST_VALUES);
	}
	return 0;
}

/* `issuer` may be empty: not stated. False: not a document. */
static bool make_document(struct watch_document *d, struct reading *r,
			  struct str number, struct str issuer, struct str type)
{
	*d = (struct watch_document){ .number = document_canonical(number) };
	issuer = str_trim(issuer);
	if (!str_empty(issuer)) {
		d->issuer = country_canonical(issuer);
		if (!d->issuer.ptr)
			return false;
	}
	d->type = arena_str(r->arena, str_trim(type));
	return d->number.len != 0;
}

static int read_documents(struct watch_entry *n, struct reading *r,
			  struct str rest, struct err *e)
{
	struct watch_document d;

	while (rest.ptr) {
		struct str doc = str_split(&rest, ';');
		struct str number = str_split(&doc, ':');
		struct str issuer = str_split(&doc, ':');

		if (!make_document(&d, r, number, issuer, doc))
			return bad(e, "documents",
				   "NUMBER:ISSUER:TYPE, several with ';' "
				   "(number of 5 to 24 letters and digits, "
				   "issuer as AUT or empty)");
		if (!entry_add_document(n, r->arena, &d))
			return too_many(e, "documents", LIST_VALUES);
	}
	return 0;
}

static void keep(struct reading *r, const struct watch_entry *n)
{
	*(struct watch_entry *)arena_push(r->arena, &r->list->entries,
					  &r->list->nr_entries, sizeof(*n)) =
		*n;
}

static int on_person(void *ctx, const struct csv_row_view *row, struct err *e)
{
	struct reading *r = ctx;
	struct watch_entry n = { 0 };
	struct str sex = row->field[P_SEX];
	int rc;

	rc = read_common(&n, r, row->field[P_ID], row->field[P_REFERENCE],
			 row->field[P_OFFENCE], row->field[P_UNTIL], e);
	if (rc <= 0)
		return rc;
	rc = read_names(&n, r, row, e);
	if (rc == 0)
		rc = read_births(&n, r, values(row->field[P_BIRTHS]), e);
	if (rc == 0)
		rc = read_nationalities(&n, r,
					values(row->field[P_NATIONALITIES]), e);
	if (rc == 0)
		rc = read_documents(&n, r, values(row->field[P_DOCUMENTS]), e);
	if (rc == 0 && sex.len && !strchr("MFX", sex.ptr[0]))
		rc = bad(e, "sex", "M, F, X or empty");
	if (rc < 0)
		return rc;
	n.sex = sex.len ? sex.ptr[0] : 0;
	n.birth_place = arena_str(r->arena, row->field[P_PLACE]);
	keep(r, &n);
	return 0;
}

static int on_document(void *ctx, const struct csv_row_view *row, struct err *e)
{
	struct reading *r = ctx;
	struct watch_entry n = { 0 };
	struct watch_document d;
	int rc;

	rc = read_common(&n, r, row->field[D_ID], row->field[D_REFERENCE],
			 row->field[D_OFFENCE], row->field[D_UNTIL], e);
	if (rc <= 0)
		return rc;
	if (!make_document(&d, r, row->field[D_NUMBER], row->field[D_ISSUER],
			   row->field[D_TYPE]) ||
	    !entry_add_document(&n, r->arena, &d))
		return bad(e, "number",
			   "a document number of 5 to 24 letters and digits, "
			   "with an issuer as AUT");
	keep(r, &n);
	return 0;
}

static int compare_ids(const void *a, const void *b)
{
	return str_cmp(((const struct watch_entry *)a)->id,
		       ((const struct watch_entry *)b)->id);
}

void list_warn(struct list_warnings *w, const char *fmt, ...)
{
	struct err e = { 0 };
	char text[sizeof(e.text)];
	va_list args;

	w->nr++;
	if (!w->say)
		return;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	err_at(&e, ERR_VALUE, 0, "%s: line %zu: %s", w->file, w->line, text);
	w->say(w->ctx, e.text);
}

int watch_list_read(struct watch_list *out, struct arena *a,
		    const struct watch_sheet *sheet, struct str text,
		    const struct watch_registers *law, struct err *e)
{
	struct watch_list list = { .sheet = *sheet };
	struct reading r = { &list, a, law };
	bool persons = sheet->kind == SHEET_PERSONS;
	int rc;

	rc = csv_read_rows(text, persons ? person_columns : document_columns,
			   persons ? on_person : on_document, &r, e);
	if (rc < 0)
		return rc;
	if (list.nr_entries)
		qsort(list.entries, list.nr_entries, sizeof(*list.entries),
		      compare_ids);
	for (uint32_t i = 1; i < list.nr_entries; i++)
		if (str_eq(list.entries[i - 1].id, list.entries[i].id))
			return err_at(e, ERR_VALUE, 0,
				      "column 'id': two entries have the id "
				      "'" STR_FMT "'",
				      STR_ARG(list.entries[i].id));
	*out = list;
	return 0;
}
