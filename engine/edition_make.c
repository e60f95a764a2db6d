#include "engine/edition_make.h"

#include "rules/named_list.h"

#include <stdlib.h>

static int by_name(const void *a, const void *b)
{
	const struct profile_item *x = a, *y = b;

	if (x->is_list != y->is_list)
		return x->is_list - y->is_list;
	return str_cmp(x->name, y->name);
}

int edition_publish(struct edition **out, const struct edition_source *s,
		    struct profile_items *items, struct str reason,
		    struct err *e)
{
	struct edition *ed = NULL;

	if (items->nr)
		qsort(items->item, items->nr, sizeof(*items->item), by_name);
	if (profiles_newest(&items->version, s->pg, e))
		return e->code;
	items->version++;
	if (edition_build(&ed, s, items, e))
		return e->code;
	items->set_hash = (struct str){ (const char *)ed->set.profiles_hash,
					CRYPT_HASH_LEN };
	if (profiles_add(s->pg, items, reason, e)) {
		edition_drop(ed);
		return e->code;
	}
	*out = ed;
	return 0;
}

static struct profile_item *find(struct profile_items *items, struct str name)
{
	for (uint32_t i = 0; i < items->nr; i++)
		if (!items->item[i].is_list &&
		    str_eq(items->item[i].name, name))
			return &items->item[i];
	return NULL;
}

/* Returns 1 when it changes something, 0, or an error. */
static int apply(struct profile_items *items, const struct edition_change *c,
		 struct arena *a, struct err *e)
{
	struct profile_item *it = find(items, c->name), was;

	if (!it && !c->text)
		return err_at(e, ERR_USAGE, 0,
			      "profile '" STR_FMT "' is not in the set; "
			      "'paxgate profile log' shows what is",
			      STR_ARG(c->name));
	if (!it) {
		it = arena_push(a, &items->item, &items->nr, sizeof(*it));
		*it = (struct profile_item){ .name = c->name };
	}
	was = *it;
	if (c->text) {
		it->revision = c->text->revision;
		it->text_hash = c->text->text_hash;
		it->content = c->text->content;
	}
	it->state = c->state;
	it->why = c->why;
	return !str_eq(was.state, it->state) ||
	       !str_eq(was.text_hash, it->text_hash);
}

/* The lists of screen.lists in place of those of the version before. */
static int take_lists(struct profile_items *items,
		      const struct edition_source *s, bool *changed,
		      struct arena *a, struct err *e)
{
	struct named_lists *lists;
	uint32_t nr = 0, same = 0;
	struct profile_items was = *items;

	if (named_lists_load(&lists, s->config->lists, e))
		return e->code;
	items->item = NULL;
	items->nr = 0;
	for (uint32_t i = 0; i < was.nr; i++) {
		nr += was.item[i].is_list;
		if (!was.item[i].is_list)
			*(struct profile_item *)arena_push(
				a, &items->item, &items->nr,
				sizeof(*items->item)) = was.item[i];
	}
	for (uint32_t i = 0; i < lists->nr; i++) {
		struct str text = arena_str(a, lists->list[i]->content);
		struct profile_item it = {
			.is_list = true,
			.name = arena_str(a, lists->list[i]->name),
			.text_hash = edition_text_hash(text, a),
			.content = text,
			.state = STR("list")
		};

		for (uint32_t k = 0; k < was.nr; k++)
			same += was.item[k].is_list &&
				str_eq(was.item[k].name, it.name) &&
				str_eq(was.item[k].text_hash, it.text_hash);
		*(struct profile_item *)arena_push(a, &items->item, &items->nr,
						   sizeof(it)) = it;
	}
	*changed |= same != nr || nr != lists->nr;
	named_lists_free(lists);
	return 0;
}

static int change_all(struct profile_items *items, bool *changed,
		      const struct edition_source *s,
		      const struct edition_change *change, uint32_t nr,
		      bool lists, struct arena *a, struct err *e)
{
	int rc = lists ? take_lists(items, s, changed, a, e) : 0;

	for (uint32_t i = 0; i < nr && rc >= 0; i++) {
		rc = apply(items, &change[i], a, e);
		*changed |= rc > 0;
	}
	return rc < 0 ? rc : 0;
}

int edition_change(int64_t *version, const struct edition_source *s,
		   const struct edition_change *change, uint32_t nr, bool lists,
		   struct str reason, struct err *e)
{
	struct edition *ed = NULL;
	struct profile_items items;
	struct arena a = { 0 };
	bool changed = false;
	int rc = profiles_begin(s->pg, e);

	if (rc == 0)
		rc = profiles_newest(version, s->pg, e);
	if (rc == 0)
		rc = profiles_read(&items, s->pg, *version, &a, e);
	if (rc == 0)
		rc = change_all(&items, &changed, s, change, nr, lists, &a, e);
	if (rc == 0 && changed) {
		rc = edition_publish(&ed, s, &items, reason, e);
		*version = items.version;
	}
	if (rc == 0)
		rc = pg_commit(s->pg, e);
	if (rc)
		pg_rollback(s->pg);
	edition_drop(ed);
	arena_release(&a);
	return rc;
}

int edition_of_registry(struct edition **out, const struct edition_source *s,
			struct err *e)
{
	struct profile_items none = { 0 };
	int64_t version;
	int rc = profiles_begin(s->pg, e);

	if (rc == 0)
		rc = profiles_newest(&version, s->pg, e);
	if (rc == 0)
		rc = version ? edition_load(out, s, version, e)
			     : edition_publish(out, s, &none,
					       STR("start without profiles"),
					       e);
	if (rc == 0)
		rc = pg_commit(s->pg, e);
	if (rc)
		pg_rollback(s->pg);
	return rc;
}
