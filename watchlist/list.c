#include "watchlist/list.h"

#include "base/country.h"
#include "watchlist/csv.h"
#include "watchlist/entry_add.h"
#include "watchlist/list_rows.h"

#include <stdarg.h>
#include <stdio.h>
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

/* A field of several values: absent when it is empty. */
static struct str values(struct str field)
{
	return str_empty(field) ? STR_NONE : field;
}

static int bad(struct err *e, const char *column, const char *expected)
{
	return err_at(e, ERR_VALUE, 0, "column '%s': not %s", column, expected);
}

static int too_many(struct err *e, const char *column, int limit)
{
	return err_at(e, ERR_LIMIT, 0, "column '%s': more than %d", column,
		      limit);
}

static int add_name(struct watch_entry *n, struct list_reading *r,
		    struct str surname, struct str given, struct err *e)
{
	if (entry_add_name(n, r->arena, surname, given))
		return 0;
	return too_many(e, "aliases", LIST_NAMES - 1);
}

static int read_names(struct watch_entry *n, struct list_reading *r,
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

static int read_births(struct watch_entry *n, struct list_reading *r,
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

static int read_nationalities(struct watch_entry *n, struct list_reading *r,
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
static bool make_document(struct watch_document *d, struct list_reading *r,
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

static int read_documents(struct watch_entry *n, struct list_reading *r,
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

static int on_person(void *ctx, const struct csv_row_view *row, struct err *e)
{
	struct list_reading *r = ctx;
	struct watch_entry n = { 0 };
	struct str sex = row->field[P_SEX];
	int rc;

	rc = list_admit(r, &n,
			&(struct list_ground){
				row->field[P_ID], row->field[P_REFERENCE],
				row->field[P_OFFENCE], row->field[P_UNTIL] },
			e);
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
	list_keep(r, &n, row->line);
	return 0;
}

static int on_document(void *ctx, const struct csv_row_view *row, struct err *e)
{
	struct list_reading *r = ctx;
	struct watch_entry n = { 0 };
	struct watch_document d;
	int rc;

	rc = list_admit(r, &n,
			&(struct list_ground){
				row->field[D_ID], row->field[D_REFERENCE],
				row->field[D_OFFENCE], row->field[D_UNTIL] },
			e);
	if (rc <= 0)
		return rc;
	if (!make_document(&d, r, row->field[D_NUMBER], row->field[D_ISSUER],
			   row->field[D_TYPE]) ||
	    !entry_add_document(&n, r->arena, &d))
		return bad(e, "number",
			   "a document number of 5 to 24 letters and digits, "
			   "with an issuer as AUT");
	list_keep(r, &n, row->line);
	return 0;
}

static void on_bad_row(void *ctx, size_t line, const struct err *e)
{
	list_leave_out(ctx, line, e);
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

/* Nothing usable among rows that were to be: somebody's file is broken. */
static int check_any(const struct watch_list *l, struct err *e)
{
	uint32_t seen = l->nr_entries + l->left_out_offence +
			l->left_out_expired + l->left_out_kind;

	if (seen || !l->left_out_bad)
		return 0;
	return err_at(e, ERR_VALUE, 0, "none of %u rows can be read",
		      l->left_out_bad);
}

int watch_list_read_on(struct watch_list *out, struct arena *a,
		       const struct watch_sheet *sheet, struct str text,
		       const struct watch_registers *law,
		       struct list_warnings *w, struct err *e)
{
	struct watch_list list = { .sheet = *sheet };
	struct list_reading r = {
		.list = &list, .arena = a, .law = law, .w = w
	};
	bool persons = sheet->kind == SHEET_PERSONS;
	int rc;

	rc = csv_read_rows(text, persons ? person_columns : document_columns,
			   persons ? on_person : on_document,
			   w ? on_bad_row : NULL, &r, e);
	if (rc == 0)
		rc = list_finish(&r, e);
	if (rc == 0)
		rc = check_any(&list, e);
	if (rc == 0)
		*out = list;
	return rc;
}

int watch_list_read(struct watch_list *out, struct arena *a,
		    const struct watch_sheet *sheet, struct str text,
		    const struct watch_registers *law, struct err *e)
{
	return watch_list_read_on(out, a, sheet, text, law, NULL, e);
}
