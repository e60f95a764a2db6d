#include "watchlist/ofac.h"

#include "watchlist/csv.h"
#include "watchlist/entry_add.h"
#include "watchlist/list_rows.h"
#include "watchlist/ofac_remarks.h"

#include <stdlib.h>

/* clang-format off */
enum { S_ENT, S_NAME, S_TYPE, S_PROGRAM, S_TITLE, S_CALL, S_VESSEL, S_TONNAGE,
       S_GRT, S_FLAG, S_OWNER, S_REMARKS };

/* OFAC's data dictionary; titles and ships' columns are not used. */
static const struct csv_column sdn_columns[] = {
	{ "ent_num",	true,	 16 },
	{ "SDN_Name",	true,	512 },
	{ "SDN_Type",	false,	 32 },
	{ "Program",	false,	512 },
	{ "Title",	false,	512 },
	{ "Call_Sign",	false,	 64 },
	{ "Vess_type",	false,	 64 },
	{ "Tonnage",	false,	 64 },
	{ "GRT",	false,	 64 },
	{ "Vess_flag",	false,	128 },
	{ "Vess_owner",	false,	512 },
	{ "remarks",	false,	CSV_FIELD },
	{ NULL,		false,	  0 },
};

enum { A_ENT, A_NUM, A_TYPE, A_NAME, A_REMARKS };

static const struct csv_column alt_columns[] = {
	{ "ent_num",	true,	 16 },
	{ "alt_num",	false,	 16 },
	{ "alt_type",	false,	 32 },
	{ "alt_name",	true,	512 },
	{ "remarks",	false,	CSV_FIELD },
	{ NULL,		false,	  0 },
};
/* clang-format on */

struct alias {
	int64_t ent;
	size_t line;
	struct str name;
	bool owned; /* its ent_num is in sdn.csv */
};

struct reading {
	struct list_reading rows;
	struct alias *aliases;
	uint32_t nr_aliases;
	uint32_t nr_rows; /* good ones of the file that is read */
};

/* A field; absent when it is null. */
static struct str value(struct str field)
{
	field = str_trim(field);
	return str_empty(field) || str_eq(field, STR("-0-")) ? STR_NONE : field;
}

/* The line of names that copies of the files begin with. */
static bool is_header(const struct csv_row_view *row)
{
	return row->line == 1 && str_eq_nocase(row->field[0], STR("ent_num"));
}

static int read_ent(int64_t *ent, const struct csv_row_view *row, struct err *e)
{
	if (str_to_i64(row->field[0], ent) && *ent > 0)
		return 0;
	return err_at(e, ERR_VALUE, 0, "column 'ent_num': not a number");
}

static int on_alias(void *ctx, const struct csv_row_view *row, struct err *e)
{
	struct reading *r = ctx;
	struct str name = value(row->field[A_NAME]), surname, given;
	struct alias *alias;
	int64_t ent;

	if (is_header(row))
		return 0;
	if (read_ent(&ent, row, e) < 0)
		return e->code;
	entry_name_split(name, &surname, &given);
	if (str_empty(surname))
		return err_at(e, ERR_VALUE, 0,
			      "column 'alt_name': not SURNAME, Given names");
	r->nr_rows++;
	alias = arena_push(r->rows.arena, &r->aliases, &r->nr_aliases,
			   sizeof(*alias));
	*alias = (struct alias){ ent, row->line, arena_str(r->rows.arena, name),
				 false };
	return 0;
}

/* By number, each one's in the order of the file. */
static int compare_aliases(const void *a, const void *b)
{
	const struct alias *x = a, *y = b;

	if (x->ent != y->ent)
		return x->ent < y->ent ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

static uint32_t first_alias(const struct reading *r, int64_t ent)
{
	uint32_t low = 0, high = r->nr_aliases;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (r->aliases[mid].ent < ent)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The offence of the sheet's first programme that the entry has, or absent. */
static struct str offence_of(const struct watch_sheet *s, struct str programs)
{
	for (uint32_t i = 0; i < s->nr_programs; i++) {
		struct str rest = programs;

		while (rest.ptr) { /* "SDGT] [IRAN" */
			struct str one = str_trim(str_split(&rest, ']'));

			if (str_starts(one, STR("[")))
				one = str_trim(str_slice(one, 1, one.len));
			if (str_eq(one, s->program[i].name))
				return s->program[i].offence;
		}
	}
	return STR_NONE;
}

/* The aliases from `at` on that are of `ent`. */
static void add_aliases(struct watch_entry *n, struct reading *r, uint32_t at,
			int64_t ent)
{
	uint32_t beyond = 0;

	for (; at < r->nr_aliases && r->aliases[at].ent == ent; at++) {
		struct str surname, given;

		entry_name_split(r->aliases[at].name, &surname, &given);
		if (!entry_add_name(n, r->rows.arena, surname, given))
			beyond++;
	}
	if (beyond)
		list_warn(r->rows.w,
			  "more than %d names; %u of its aliases are left out",
			  LIST_NAMES, beyond);
}

static int on_person(void *ctx, const struct csv_row_view *row, struct err *e)
{
	struct reading *r = ctx;
	const struct watch_sheet *sheet = &r->rows.list->sheet;
	struct watch_entry n = { 0 };
	struct str name = value(row->field[S_NAME]), surname, given;
	uint32_t aliases;
	int64_t ent;

	if (is_header(row))
		return 0;
	if (read_ent(&ent, row, e) < 0)
		return e->code;
	entry_name_split(name, &surname, &given);
	if (str_empty(surname))
		return err_at(e, ERR_VALUE, 0,
			      "column 'SDN_Name': not SURNAME, Given names");
	r->nr_rows++;
	aliases = first_alias(r, ent);
	for (uint32_t i = aliases;
	     i < r->nr_aliases && r->aliases[i].ent == ent; i++)
		r->aliases[i].owned = true;
	if (!str_eq_nocase(value(row->field[S_TYPE]), STR("individual"))) {
		r->rows.list->left_out_kind++;
		return 0;
	}
	n.offence = offence_of(sheet, value(row->field[S_PROGRAM]));
	if (!n.offence.ptr) {
		r->rows.list->left_out_offence++;
		return 0;
	}
	list_ground_of_sheet(&n, sheet);
	n.id = arena_fmt(r->rows.arena, "%lld", (long long)ent);
	n.reference = arena_fmt(r->rows.arena, "OFAC SDN %lld", (long long)ent);
	(void)!entry_add_name(&n, r->rows.arena, surname,
			      given); /* the first */
	r->rows.w->line = row->line;
	add_aliases(&n, r, aliases, ent);
	ofac_remarks_read(&n, r->rows.arena, value(row->field[S_REMARKS]),
			  r->rows.w);
	list_keep(&r->rows, &n, row->line);
	return 0;
}

static void on_bad_row(void *ctx, size_t line, const struct err *e)
{
	struct reading *r = ctx;

	list_leave_out(&r->rows, line, e);
}

static int read_file(struct reading *r, const struct ofac_file *f,
		     const struct csv_column *column, csv_handler *handler,
		     struct err *e)
{
	struct str text = str_trim(f->text);

	if (str_ends(text, STR("\x1a"))) /* the end of a file, once */
		text = str_slice(text, 0, text.len - 1);
	r->nr_rows = 0;
	r->rows.w->file = f->name;
	if (csv_read_lines(text, column, handler, on_bad_row, r, e) < 0)
		return e->code;
	if (r->nr_rows == 0)
		return err_at(e, ERR_VALUE, 0,
			      "%s: no row of the form that OFAC publishes, "
			      "columns ent_num, %s, ...",
			      f->name, column[1].name);
	return 0;
}

/* Names of nobody: the two files are not of one day, or one is cut short. */
static void report_strays(struct reading *r, const struct ofac_file *alt)
{
	uint32_t nr = 0;
	size_t line = 0;

	for (uint32_t i = 0; i < r->nr_aliases; i++) {
		if (r->aliases[i].owned)
			continue;
		if (nr++ == 0 || r->aliases[i].line < line)
			line = r->aliases[i].line;
	}
	if (!nr)
		return;
	r->rows.w->file = alt->name;
	r->rows.w->line = line;
	list_warn(r->rows.w,
		  "column 'ent_num': this and %u more stand in no row of "
		  "the other file; are both of one day?",
		  nr - 1);
}

int ofac_list_read(struct watch_list *out, struct arena *a,
		   const struct watch_sheet *sheet, const struct ofac_file *sdn,
		   const struct ofac_file *alt, struct list_warnings *w,
		   struct err *e)
{
	struct watch_list list = { .sheet = *sheet };
	struct reading r = { .rows = { .list = &list, .arena = a, .w = w } };
	uint32_t before = w->nr;

	if (read_file(&r, alt, alt_columns, on_alias, e) < 0)
		return e->code;
	if (r.nr_aliases)
		qsort(r.aliases, r.nr_aliases, sizeof(*r.aliases),
		      compare_aliases);
	if (read_file(&r, sdn, sdn_columns, on_person, e) < 0)
		return e->code;
	if (list_finish(&r.rows, e) < 0)
		return e->code;
	report_strays(&r, alt);
	list.unread = w->nr - before;
	*out = list;
	return 0;
}
