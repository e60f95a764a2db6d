#include "watchlist/build_order.h"

#include "watchlist/birth_days.h"

#include <stdlib.h>

/* An entry's place: by the first key of its birth dates, then as it was. */
struct place {
	int32_t key;
	uint32_t entry;
};

struct ordering {
	struct snap_entry *entry;
	uint32_t nr_entry;
	const struct birth_range *birth;
	const struct snap_name *name;
	const struct snap_unit *unit;
	const struct snap_key *key;
	struct place *place;
	struct buf names, units, keys;
};

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->entry < y->entry ? -1 : x->entry > y->entry;
}

static void find_places(struct ordering *o)
{
	int32_t key[BIRTH_KEYS];

	for (uint32_t i = 0; i < o->nr_entry; i++) {
		const struct snap_entry *n = &o->entry[i];

		(void)birth_keys_of_set(n->nr_births ? o->birth + n->first_birth
						     : NULL,
					n->nr_births, key);
		o->place[i] = (struct place){ key[0], i };
	}
	qsort(o->place, o->nr_entry, sizeof(*o->place), compare_places);
}

static void put_name(struct ordering *o, struct snap_name n)
{
	uint32_t nr_keys = 0;

	for (uint8_t i = 0; i < n.nr_units; i++)
		nr_keys += o->unit[n.first_unit + i].nr_keys;
	if (n.nr_units)
		buf_add(&o->units, &o->unit[n.first_unit],
			n.nr_units * sizeof(*o->unit));
	if (nr_keys)
		buf_add(&o->keys, &o->key[n.first_key],
			nr_keys * sizeof(*o->key));
	n.first_unit = (uint32_t)(o->units.len / sizeof(*o->unit)) - n.nr_units;
	n.first_key = (uint32_t)(o->keys.len / sizeof(*o->key)) - nr_keys;
	buf_add(&o->names, &n, sizeof(n));
}

static void put_entry(struct ordering *o, struct snap_entry *n)
{
	uint32_t first = n->first_name;

	n->first_name = (uint32_t)(o->names.len / sizeof(*o->name));
	for (uint32_t i = 0; i < n->nr_names; i++)
		put_name(o, o->name[first + i]);
}

static void replace(struct buf *old, struct buf *new)
{
	struct buf was = *old;

	*old = *new;
	*new = was;
}

int build_order(struct buf section[SNAP_SECTIONS], struct err *e)
{
	struct buf *s = section;
	struct ordering o = {
		.entry = (void *)s[SNAP_entry].data,
		.nr_entry = (uint32_t)(s[SNAP_entry].len / sizeof(*o.entry)),
		.birth = (const void *)s[SNAP_birth].data,
		.name = (const void *)s[SNAP_name].data,
		.unit = (const void *)s[SNAP_unit].data,
		.key = (const void *)s[SNAP_key].data,
	};

	o.place = calloc((size_t)o.nr_entry + 1, sizeof(*o.place));
	if (o.place) {
		find_places(&o);
		for (uint32_t i = 0; i < o.nr_entry; i++)
			put_entry(&o, &o.entry[o.place[i].entry]);
	}
	if (!o.place || o.names.failed || o.units.failed || o.keys.failed)
		(void)err_at(e, ERR_NOMEM, 0, "out of memory");
	replace(&s[SNAP_name], &o.names);
	replace(&s[SNAP_unit], &o.units);
	replace(&s[SNAP_key], &o.keys);
	buf_release(&o.names);
	buf_release(&o.units);
	buf_release(&o.keys);
	free(o.place);
	return e->code;
}
