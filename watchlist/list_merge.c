#include "watchlist/list_merge.h"

#include "watchlist/entry_compare.h"

#include <stdlib.h>

struct alert {
	const struct watch_list *list;
	struct watch_entry *entry;
	bool again;
};

static int compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* 0: the same alert. References first: few are equal. */
static int compare_alerts(const struct alert *a, const struct alert *b)
{
	int order = str_cmp(a->entry->reference, b->entry->reference);

	if (!order)
		order = str_cmp(a->list->sheet.owner, b->list->sheet.owner);
	if (!order)
		order = str_cmp(a->list->sheet.alert, b->list->sheet.alert);
	return order ? order : watch_entry_compare(a->entry, b->entry);
}

/* Of the same alerts the one that stays comes first. */
static int compare_all(const void *x, const void *y)
{
	const struct alert *a = x, *b = y;
	int order = compare_alerts(a, b);

	if (!order)
		order = compare_numbers(date_to_days(b->entry->valid_until),
					date_to_days(a->entry->valid_until));
	if (!order)
		order = str_cmp(a->list->sheet.id, b->list->sheet.id);
	return order ? order : str_cmp(a->entry->id, b->entry->id);
}

static int by_place(const void *x, const void *y)
{
	const struct alert *a = x, *b = y;

	return ((uintptr_t)a->entry > (uintptr_t)b->entry) -
	       ((uintptr_t)a->entry < (uintptr_t)b->entry);
}

/* Close the gaps of one list; its alerts stand by their place. */
static uint32_t close_gaps(struct watch_list *l, const struct alert *alert)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < l->nr_entries; i++)
		if (!alert[i].again)
			l->entries[kept++] = l->entries[i];
	l->left_out_same = l->nr_entries - kept;
	l->nr_entries = kept;
	return l->left_out_same;
}

/* Mark all but the first of each alert. */
static void mark(struct alert *alert, size_t nr)
{
	qsort(alert, nr, sizeof(*alert), compare_all);
	for (size_t i = 1; i < nr; i++)
		alert[i].again = !compare_alerts(&alert[i - 1], &alert[i]);
}

int64_t watch_lists_merge(struct watch_list *list, uint32_t nr, struct err *e)
{
	size_t all = 0, at = 0;
	struct alert *alert;
	int64_t again = 0;

	for (uint32_t i = 0; i < nr; i++)
		all += list[i].nr_entries;
	alert = malloc((all + !all) * sizeof(*alert));
	if (!alert)
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	for (uint32_t i = 0; i < nr; i++)
		for (uint32_t k = 0; k < list[i].nr_entries; k++)
			alert[at++] =
				(struct alert){ &list[i], &list[i].entries[k],
						false };
	mark(alert, all);
	qsort(alert, all, sizeof(*alert), by_place);
	for (uint32_t i = 0; i < nr; i++) {
		uint32_t entries = list[i].nr_entries;
		const struct alert *first = alert;

		/* lists' arrays lie anywhere: find this one's */
		while (entries && first->entry != list[i].entries)
			first++;
		again += close_gaps(&list[i], first);
	}
	free(alert);
	return again;
}
