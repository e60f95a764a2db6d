#include "tools/watchlist_diff.h"

#include "base/json_write.h"

#include <stdio.h>

struct side {
	const struct watchlist *wl;
	const struct snap_list *list; /* NULL: it has no such list */
	struct arena arena;
};

enum { ADDED, REMOVED, CHANGED, SAME, CHANGES };

static const char *const change_word[CHANGES] = { "added", "removed", "changed",
						  "same" };

struct diff {
	struct side old, new;
	bool json;
	uint32_t found;
	struct buf out;
};

/* ---- what an entry and a list consist of ---- */

static bool same_names(const struct watch_entry *a, const struct watch_entry *b)
{
	bool same = a->nr_names == b->nr_names;

	for (uint32_t i = 0; same && i < a->nr_names; i++)
		same = str_eq(a->names[i].surname, b->names[i].surname) &&
		       str_eq(a->names[i].given, b->names[i].given);
	return same;
}

static bool same_births(const struct watch_entry *a,
			const struct watch_entry *b)
{
	bool same = a->nr_births == b->nr_births;

	for (uint32_t i = 0; same && i < a->nr_births; i++)
		same = a->births[i].from == b->births[i].from &&
		       a->births[i].to == b->births[i].to;
	return same;
}

static bool same_nationalities(const struct watch_entry *a,
			       const struct watch_entry *b)
{
	bool same = a->nr_nationalities == b->nr_nationalities;

	for (uint32_t i = 0; same && i < a->nr_nationalities; i++)
		same = str_eq(a->nationalities[i], b->nationalities[i]);
	return same;
}

static bool same_documents(const struct watch_entry *a,
			   const struct watch_entry *b)
{
	bool same = a->nr_documents == b->nr_documents;

	for (uint32_t i = 0; same && i < a->nr_documents; i++) {
		const struct watch_document *x = &a->documents[i];
		const struct watch_document *y = &b->documents[i];

		same = x->number.len == y->number.len &&
		       memcmp(x->number.text, y->number.text, x->number.len) ==
			       0 &&
		       str_eq(x->issuer, y->issuer) && str_eq(x->type, y->type);
	}
	return same;
}

static bool same_sex(const struct watch_entry *a, const struct watch_entry *b)
{
	return a->sex == b->sex;
}

static bool same_reference(const struct watch_entry *a,
			   const struct watch_entry *b)
{
	return str_eq(a->reference, b->reference);
}

static bool same_offence(const struct watch_entry *a,
			 const struct watch_entry *b)
{
	return str_eq(a->offence, b->offence);
}

static bool same_birth_place(const struct watch_entry *a,
			     const struct watch_entry *b)
{
	return str_eq(a->birth_place, b->birth_place);
}

static bool same_valid_until(const struct watch_entry *a,
			     const struct watch_entry *b)
{
	return date_to_days(a->valid_until) == date_to_days(b->valid_until);
}

/* The members of the canonical record; those of the list are below. */
static const struct {
	const char *name;
	bool (*same)(const struct watch_entry *a, const struct watch_entry *b);
} entry_parts[] = {
	{ "reference", same_reference },
	{ "offence", same_offence },
	{ "names", same_names },
	{ "birth_dates", same_births },
	{ "sex", same_sex },
	{ "nationalities", same_nationalities },
	{ "birth_place", same_birth_place },
	{ "documents", same_documents },
	{ "valid_until", same_valid_until },
};

static const struct {
	const char *name;
	size_t offset; /* of a struct snap_ref */
} list_texts[] = {
	{ "title", offsetof(struct snap_list, title) },
	{ "owner", offsetof(struct snap_list, owner) },
	{ "basis", offsetof(struct snap_list, basis) },
	{ "alert", offsetof(struct snap_list, alert) },
};

/* ---- the comparison ---- */

/* Names of what differs; each stands with its quotes, for JSON and for people. */
static void add_name(struct buf *names, const char *name)
{
	buf_fmt(names, "%s\"%s\"", names->len ? "," : "", name);
}

static void compare_entries(struct buf *names, struct diff *d, uint32_t old_at,
			    uint32_t new_at)
{
	struct watch_entry a, b;

	arena_clear(&d->old.arena);
	arena_clear(&d->new.arena);
	watchlist_entry(d->old.wl, old_at, &d->old.arena, &a);
	watchlist_entry(d->new.wl, new_at, &d->new.arena, &b);
	for (size_t i = 0; i < ARRAY_SIZE(entry_parts); i++)
		if (!entry_parts[i].same(&a, &b))
			add_name(names, entry_parts[i].name);
}

static struct str list_text(const struct side *s, size_t offset)
{
	struct snap_ref ref;

	memcpy(&ref, (const char *)s->list + offset, sizeof(ref));
	return watchlist_text(s->wl, ref);
}

static void compare_sheets(struct buf *names, const struct diff *d)
{
	const struct snap_list *a = d->old.list, *b = d->new.list;

	for (size_t i = 0; i < ARRAY_SIZE(list_texts); i++)
		if (!str_eq(list_text(&d->old, list_texts[i].offset),
			    list_text(&d->new, list_texts[i].offset)))
			add_name(names, list_texts[i].name);
	if (a->from != b->from || a->until != b->until)
		add_name(names, "valid");
	if (a->threshold != b->threshold)
		add_name(names, "threshold");
	if (memcmp(a->least, b->least, sizeof(a->least)) != 0)
		add_name(names, "classes");
	if (a->documents != b->documents)
		add_name(names, "kind");
	if (a->test != b->test)
		add_name(names, "test");
}

/* An object; `id` absent: the list itself. */
static void print_json(struct diff *d, struct str list, struct str id,
		       int change, struct str names)
{
	struct json j;

	if (!d->json)
		return;
	buf_clear(&d->out);
	json_init(&j, &d->out);
	json_open(&j, NULL, '{');
	json_str(&j, "list", list);
	if (id.ptr)
		json_str(&j, "id", id);
	json_str(&j, "change", str_of(change_word[change]));
	if (names.len) {
		json_open(&j, "fields", '[');
		while (names.ptr) {
			struct str one = str_split(&names, ',');

			json_str(&j, NULL, str_slice(one, 1, one.len - 1));
		}
		json_close(&j, ']');
	}
	json_close(&j, '}');
	printf(STR_FMT "\n", STR_ARG(buf_view(&d->out)));
}

static struct str entry_id(const struct side *s, uint32_t at)
{
	return watchlist_text(s->wl, s->wl->entry[at].id);
}

/* Entries of a list stand by their ids, as lists of a snapshot do. */
static void walk_entries(struct diff *d, struct str list, uint32_t nr[CHANGES])
{
	const struct snap_list *a = d->old.list, *b = d->new.list;
	uint32_t i = a ? a->first_entry : 0, k = b ? b->first_entry : 0;
	uint32_t i_end = a ? i + a->nr_entries : 0;
	uint32_t k_end = b ? k + b->nr_entries : 0;
	struct buf names = { .data = NULL };

	while (i < i_end || k < k_end) {
		int order = i == i_end	 ? 1
			    : k == k_end ? -1
					 : str_cmp(entry_id(&d->old, i),
						   entry_id(&d->new, k));
		struct str id = order <= 0 ? entry_id(&d->old, i)
					   : entry_id(&d->new, k);
		int change = order < 0 ? REMOVED : order > 0 ? ADDED : SAME;

		buf_clear(&names);
		if (change == SAME) {
			compare_entries(&names, d, i, k);
			if (names.len)
				change = CHANGED;
		}
		nr[change]++;
		if (change != SAME)
			print_json(d, list, id, change, buf_view(&names));
		i += order <= 0;
		k += order >= 0;
	}
	d->found += nr[ADDED] + nr[REMOVED] + nr[CHANGED];
	buf_release(&names);
}

static void walk_list(struct diff *d, struct str id)
{
	int change = !d->old.list ? ADDED : !d->new.list ? REMOVED : SAME;
	struct buf names = { .data = NULL };
	uint32_t nr[CHANGES] = { 0 };

	if (change == SAME) {
		compare_sheets(&names, d);
		if (names.len)
			change = CHANGED;
	}
	if (change != SAME) {
		d->found++;
		print_json(d, id, STR_NONE, change, buf_view(&names));
	}
	walk_entries(d, id, nr);
	if (!d->json) {
		printf(STR_FMT ": %u added, %u removed, %u changed, %u the "
			       "same",
		       STR_ARG(id), nr[ADDED], nr[REMOVED], nr[CHANGED],
		       nr[SAME]);
		if (change == CHANGED)
			printf("; the sheet changed: " STR_FMT,
			       STR_ARG(buf_view(&names)));
		else if (change != SAME)
			printf("; the list is %s", change_word[change]);
		printf("\n");
	}
	buf_release(&names);
}

static struct str list_id(const struct side *s, uint32_t at)
{
	return watchlist_text(s->wl, s->wl->list[at].id);
}

uint32_t watchlist_diff(const struct watchlist *old_one,
			const struct watchlist *new_one, bool json)
{
	struct diff d = { .old.wl = old_one, .new.wl = new_one, .json = json };
	uint32_t i = 0, k = 0;

	while (i < old_one->nr_list || k < new_one->nr_list) {
		int order = i == old_one->nr_list ? 1
			    : k == new_one->nr_list
				    ? -1
				    : str_cmp(list_id(&d.old, i),
					      list_id(&d.new, k));

		d.old.list = order <= 0 ? &old_one->list[i] : NULL;
		d.new.list = order >= 0 ? &new_one->list[k] : NULL;
		walk_list(&d,
			  order <= 0 ? list_id(&d.old, i) : list_id(&d.new, k));
		i += order <= 0;
		k += order >= 0;
	}
	arena_release(&d.old.arena);
	arena_release(&d.new.arena);
	buf_release(&d.out);
	return d.found;
}
