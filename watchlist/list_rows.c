#include "watchlist/list_rows.h"

#include <stdlib.h>
#include <string.h>

_Static_assert((int)SHEET_CLASSES == (int)ENTRY_CLASSES &&
		       (int)SHEET_CLASS_OFF == (int)ENTRY_CLASS_OFF,
	       "an entry has its sheet's thresholds");

static bool has_offence(const struct list_reading *r, struct str code)
{
	bool listed = false, permitted = false;

	for (uint32_t i = 0; i < r->list->sheet.nr_offences; i++)
		listed |= str_eq(r->list->sheet.offence[i], code);
	for (uint32_t i = 0; i < r->law->nr_offences; i++)
		permitted |= str_eq(r->law->offence[i], code);
	return listed && permitted;
}

static void take_thresholds(struct watch_entry *n, const struct watch_sheet *s)
{
	n->threshold = s->threshold;
	memcpy(n->least, s->least, sizeof(n->least));
}

int list_admit(struct list_reading *r, struct watch_entry *n,
	       const struct list_ground *g, struct err *e)
{
	struct date d;

	if (!date_read(g->valid_until, &d) || !date_is_full(d))
		return err_at(e, ERR_VALUE, 0,
			      "'valid_until': not a date YYYY-MM-DD");
	if (!has_offence(r, g->offence)) {
		r->list->left_out_offence++;
		return 0;
	}
	if (date_to_days(d) < date_to_days(r->law->today)) {
		r->list->left_out_expired++;
		return 0;
	}
	n->list = r->list->sheet.id;
	n->id = arena_str(r->arena, g->id);
	n->reference = arena_str(r->arena, g->reference);
	n->offence = arena_str(r->arena, g->offence);
	n->valid_until = d;
	take_thresholds(n, &r->list->sheet);
	return 1;
}

struct str list_program(const struct watch_sheet *s, struct str name)
{
	for (uint32_t i = 0; i < s->nr_programs; i++)
		if (str_eq(s->program[i].name, name))
			return s->program[i].offence;
	return STR_NONE;
}

void list_ground_of_sheet(struct watch_entry *n, const struct watch_sheet *s)
{
	n->list = s->id;
	n->valid_until = s->until;
	take_thresholds(n, s);
}

void list_keep(struct list_reading *r, const struct watch_entry *n, size_t line)
{
	struct listed *l =
		arena_push(r->arena, &r->listed, &r->nr_listed, sizeof(*l));

	*l = (struct listed){ *n, line };
}

void list_leave_out(struct list_reading *r, size_t line, const struct err *e)
{
	const char *what = e->text;

	if (!strncmp(what, "line ", 5)) {
		what += strcspn(what, ":,");
		what += strspn(what, ":, ");
	}
	r->list->left_out_bad++;
	r->w->line = line;
	list_warn(r->w, "%s; the row is left out", what);
	r->w->nr--; /* counted as a row, not as a value */
}

/* By id as a text; of two with one id the earlier row. */
static int compare_listed(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;
	int by_id = str_cmp(x->entry.id, y->entry.id);

	return by_id ? by_id : (x->line > y->line) - (x->line < y->line);
}

int list_finish(struct list_reading *r, struct err *e)
{
	struct watch_list *l = r->list;

	if (r->nr_listed)
		qsort(r->listed, r->nr_listed, sizeof(*r->listed),
		      compare_listed);
	l->entries = arena_alloc(r->arena, r->nr_listed * sizeof(*l->entries));
	for (uint32_t i = 0; i < r->nr_listed; i++) {
		const struct listed *one = &r->listed[i];
		struct err again = { 0 };

		if (!i || !str_eq(r->listed[i - 1].entry.id, one->entry.id)) {
			l->entries[l->nr_entries++] = one->entry;
			continue;
		}
		if (!r->w)
			return err_at(e, ERR_VALUE, 0,
				      "column 'id': two entries have the id "
				      "'" STR_FMT "'",
				      STR_ARG(one->entry.id));
		err_at(&again, ERR_VALUE, 0,
		       "its id stood before, in another row");
		list_leave_out(r, one->line, &again);
	}
	return 0;
}
