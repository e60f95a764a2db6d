#include "watchlist/delta_edit.h"

#include "watchlist/build.h"
#include "watchlist/entry_compare.h"

#include <stdlib.h>
#include <string.h>

/* A list of a snapshot in the form that a build takes. */
static void take_list(struct delta_edit *ed, const struct watchlist *wl,
		      const struct snap_list *from)
{
	struct watch_list *l =
		arena_push(&ed->arena, &ed->list, &ed->nr_list, sizeof(*l));

	l->sheet = (struct watch_sheet){
		.id = watchlist_text(wl, from->id),
		.title = watchlist_text(wl, from->title),
		.owner = watchlist_text(wl, from->owner),
		.basis = watchlist_text(wl, from->basis),
		.alert = watchlist_text(wl, from->alert),
		.from = date_from_days(from->from),
		.until = date_from_days(from->until),
		.kind = from->documents ? SHEET_DOCUMENTS : SHEET_PERSONS,
		.threshold = from->threshold,
		.least = { from->least[0], from->least[1], from->least[2],
			   from->least[3] },
		.test = from->test,
	};
	memcpy(l->version, from->version, sizeof(l->version));
	for (uint32_t i = 0; i < from->nr_entries; i++)
		watchlist_entry(wl, from->first_entry + i, &ed->arena,
				arena_push(&ed->arena, &l->entries,
					   &l->nr_entries,
					   sizeof(*l->entries)));
}

void delta_edit_init(struct delta_edit *ed, const struct watch_delta *d)
{
	*ed = (struct delta_edit){ .sequence = d->sequence };
	for (uint32_t i = 0; d->added && i < d->added->nr_list; i++)
		take_list(ed, d->added, &d->added->list[i]);
	for (uint32_t i = 0; i < d->nr_withdrawn; i++)
		*(struct watch_id *)arena_push(
			&ed->arena, &ed->withdrawn, &ed->nr_withdrawn,
			sizeof(*ed->withdrawn)) = d->withdrawn[i];
}

void delta_edit_release(struct delta_edit *ed)
{
	arena_release(&ed->arena);
}

static struct watch_list *find_list(const struct delta_edit *ed, struct str id)
{
	for (uint32_t i = 0; i < ed->nr_list; i++)
		if (str_eq(ed->list[i].sheet.id, id))
			return &ed->list[i];
	return NULL;
}

static bool is_id(const struct watch_id *a, const struct watch_id *b)
{
	return str_eq(a->list, b->list) && str_eq(a->id, b->id);
}

/* Take an entry out of a list. False: it was not there. */
static bool take_out(struct watch_list *l, struct str id)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; l && i < l->nr_entries; i++)
		if (!str_eq(l->entries[i].id, id))
			l->entries[kept++] = l->entries[i];
	if (!l || kept == l->nr_entries)
		return false;
	l->nr_entries = kept;
	return true;
}

static void withdrawn_no_more(struct delta_edit *ed, const struct watch_id *id)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < ed->nr_withdrawn; i++)
		if (!is_id(&ed->withdrawn[i], id))
			ed->withdrawn[kept++] = ed->withdrawn[i];
	ed->nr_withdrawn = kept;
}

static int by_id(const void *a, const void *b)
{
	return str_cmp(((const struct watch_entry *)a)->id,
		       ((const struct watch_entry *)b)->id);
}

const uint8_t *delta_edit_version(const struct delta_edit *ed, struct str list)
{
	const struct watch_list *l = find_list(ed, list);

	return l ? l->version : NULL;
}

void delta_edit_add(struct delta_edit *ed, const struct watch_list *list)
{
	struct watch_list *l = find_list(ed, list->sheet.id);
	struct watch_entry *all;
	uint32_t nr = 0;

	if (!l)
		l = arena_push(&ed->arena, &ed->list, &ed->nr_list, sizeof(*l));
	l->sheet = list->sheet;
	memcpy(l->version, list->version, sizeof(l->version));
	for (uint32_t i = 0; i < list->nr_entries; i++) {
		take_out(l, list->entries[i].id);
		withdrawn_no_more(ed,
				  &(struct watch_id){ list->sheet.id,
						      list->entries[i].id });
	}
	all = arena_alloc(&ed->arena,
			  (l->nr_entries + (size_t)list->nr_entries) *
				  sizeof(*all));
	for (uint32_t i = 0; i < l->nr_entries; i++)
		all[nr++] = l->entries[i];
	for (uint32_t i = 0; i < list->nr_entries; i++)
		all[nr++] = list->entries[i];
	if (nr)
		qsort(all, nr, sizeof(*all), by_id);
	for (uint32_t i = 0; i < nr; i++) {
		all[i].threshold = l->sheet.threshold;
		memcpy(all[i].least, l->sheet.least, sizeof(all[i].least));
	}
	l->entries = all;
	l->nr_entries = nr;
}

bool delta_edit_withdraw(struct delta_edit *ed, const struct watch_id *id)
{
	struct watch_id *w;

	withdrawn_no_more(ed, id);
	w = arena_alloc(&ed->arena,
			(ed->nr_withdrawn + 1) * sizeof(*ed->withdrawn));
	for (uint32_t i = 0; i < ed->nr_withdrawn; i++)
		w[i] = ed->withdrawn[i];
	w[ed->nr_withdrawn++] =
		(struct watch_id){ arena_str(&ed->arena, id->list),
				   arena_str(&ed->arena, id->id) };
	ed->withdrawn = w;
	return take_out(find_list(ed, id->list), id->id);
}

static bool is_in(const struct watchlist *base, const struct watch_id *id,
		  const struct watch_entry *n, struct arena *a)
{
	uint32_t at = watchlist_find(base, id);
	struct watch_entry there;

	if (at == UINT32_MAX)
		return false;
	watchlist_entry(base, at, a, &there);
	return !watch_entry_compare(n, &there) &&
	       date_to_days(n->valid_until) == date_to_days(there.valid_until);
}

uint32_t delta_edit_settle(struct delta_edit *ed, const struct watchlist *base)
{
	uint32_t kept = 0, settled = 0;

	for (uint32_t i = 0; i < ed->nr_withdrawn; i++)
		if (watchlist_find(base, &ed->withdrawn[i]) != UINT32_MAX)
			ed->withdrawn[kept++] = ed->withdrawn[i];
	settled += ed->nr_withdrawn - kept;
	ed->nr_withdrawn = kept;
	for (uint32_t i = 0; i < ed->nr_list; i++) {
		struct watch_list *l = &ed->list[i];

		kept = 0;
		for (uint32_t k = 0; k < l->nr_entries; k++) {
			struct watch_id id = { l->sheet.id, l->entries[k].id };

			if (!is_in(base, &id, &l->entries[k], &ed->arena))
				l->entries[kept++] = l->entries[k];
		}
		settled += l->nr_entries - kept;
		l->nr_entries = kept;
	}
	return settled;
}

int delta_edit_finish(struct buf *out, struct delta_edit *ed, struct err *e)
{
	struct buf added = { .data = NULL };
	uint32_t kept = 0;
	int rc = 0;

	for (uint32_t i = 0; i < ed->nr_list; i++)
		if (ed->list[i].nr_entries)
			ed->list[kept++] = ed->list[i];
	ed->nr_list = kept;
	if (kept)
		rc = watchlist_build(&added, ed->list, kept, e);
	if (rc == 0)
		rc = watch_delta_write(out, ed->sequence + 1, ed->withdrawn,
				       ed->nr_withdrawn, buf_view(&added), e);
	buf_release(&added);
	return rc;
}
