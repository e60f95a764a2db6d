#include "watchlist/build_index.h"

#include "watchlist/birth_days.h"

#include <stdlib.h>
#include <string.h>

/* A text on its way to its place. */
struct placed {
	uint64_t sig;
	uint32_t nr; /* in the dictionary */
	uint16_t most, least;
	uint8_t len;
	uint8_t region;
};

/* A name under one of the keys of its entry's birth dates. */
struct born {
	int32_t key;
	uint32_t name;
};

struct indexing {
	struct buf *section;
	const struct dictionary *texts;
	struct snap_name *name;
	struct snap_unit *unit;
	struct snap_key *key;
	uint32_t nr_name, nr_key;
	struct placed *placed;
	uint32_t *place; /* of a number of the dictionary */
	struct born *born;
	uint32_t nr_born;
};

static void *records(struct indexing *x, enum snap_section s)
{
	return x->section[s].data;
}

static uint32_t unit_weight(const struct snap_unit *token, unsigned int mask)
{
	uint32_t sum = 0;

	for (unsigned int i = 0; mask >> i; i++)
		if (mask >> i & 1)
			sum += token[i].weight;
	return sum;
}

/* ---- the dictionary ---- */

static void look_at_names(struct indexing *x)
{
	for (uint32_t i = 0; i < x->nr_name; i++) {
		const struct snap_name *n = &x->name[i];
		const struct snap_unit *unit;
		const struct snap_key *key;

		if (!n->nr_units)
			continue; /* perhaps no name has any */
		unit = &x->unit[n->first_unit];
		key = &x->key[n->first_key];
		for (uint8_t u = 0; u < n->nr_units; u++) {
			uint32_t v = unit_weight(unit, unit[u].mask);

			for (uint8_t k = 0; k < unit[u].nr_keys; k++, key++) {
				struct placed *p =
					&x->placed[snap_key_text(*key)];

				if (v > p->most)
					p->most = (uint16_t)v;
				if (v < p->least)
					p->least = (uint16_t)v;
				if (u < n->nr_tokens &&
				    p->region == REGION_JOINED)
					p->region = REGION_TOKEN;
			}
		}
	}
}

static int compare_placed(const void *a, const void *b, void *ctx)
{
	const struct placed *x = a, *y = b;

	if (x->region != y->region)
		return x->region < y->region ? -1 : 1;
	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	if (x->sig != y->sig)
		return x->sig < y->sig ? -1 : 1;
	return str_cmp(dictionary_text(ctx, x->nr),
		       dictionary_text(ctx, y->nr));
}

static void put_texts(struct indexing *x)
{
	struct buf *bytes = &x->section[SNAP_byte];

	for (uint32_t i = 0; i < x->texts->nr; i++) {
		struct str text = dictionary_text(x->texts, x->placed[i].nr);
		struct snap_text s = { .pos = (uint32_t)bytes->len,
				       .len = x->placed[i].len,
				       .first = (uint8_t)text.ptr[0],
				       .most = x->placed[i].most & SNAP_MOST,
				       .least =
					       snap_least(x->placed[i].least) };

		buf_str(bytes, text);
		buf_add(&x->section[SNAP_text], &s, sizeof(s));
		buf_add(&x->section[SNAP_sig], &x->placed[i].sig,
			sizeof(x->placed[i].sig));
		x->place[x->placed[i].nr] = i;
	}
}

static void put_buckets(struct indexing *x)
{
	uint32_t at = 0;

	for (uint32_t b = 0; b < SNAP_BUCKETS; b++) {
		while (at < x->texts->nr &&
		       (uint32_t)x->placed[at].region * (NAME_TEXT + 1) +
				       x->placed[at].len <
			       b)
			at++;
		buf_add(&x->section[SNAP_bucket], &at, sizeof(at));
	}
}

static void order_texts(struct indexing *x)
{
	for (uint32_t i = 0; i < x->texts->nr; i++) {
		struct str text = dictionary_text(x->texts, i);

		x->placed[i] = (struct placed){ .sig = name_signature(text),
						.least = UINT16_MAX,
						.nr = i,
						.len = (uint8_t)text.len,
						.region = REGION_JOINED };
		if (x->placed[i].sig >> 63)
			x->placed[i].region = REGION_OTHER;
	}
	look_at_names(x);
	qsort_r(x->placed, x->texts->nr, sizeof(*x->placed), compare_placed,
		(void *)(uintptr_t)x->texts);
	put_texts(x);
	put_buckets(x);
	for (uint32_t i = 0; i < x->nr_key; i++)
		x->key[i].packed = (x->key[i].packed & ~(SNAP_TEXTS - 1u)) |
				   x->place[snap_key_text(x->key[i])];
}

/* ---- birth dates ---- */

/* The keys of each entry's dates, once for each of its names. */
static void list_born(struct indexing *x)
{
	const struct snap_entry *entry = records(x, SNAP_entry);
	const struct birth_range *birth = records(x, SNAP_birth);
	int32_t key[BIRTH_KEYS];

	x->nr_born = 0;
	for (uint32_t i = 0; i < x->nr_name; i++) {
		const struct snap_entry *n = &entry[x->name[i].entry];
		uint32_t nr = birth_keys_of_set(
			n->nr_births ? birth + n->first_birth : NULL,
			n->nr_births, key);

		for (uint32_t k = 0; k < nr; k++) {
			if (x->born)
				x->born[x->nr_born] =
					(struct born){ key[k], i };
			x->nr_born++;
		}
	}
}

static int compare_born(const void *a, const void *b)
{
	const struct born *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->name < y->name ? -1 : x->name > y->name;
}

static void put_born(struct indexing *x)
{
	for (uint32_t i = 0; i < x->nr_born; i++) {
		if (i == 0 || x->born[i].key != x->born[i - 1].key) {
			struct snap_day d = { x->born[i].key, i };

			buf_add(&x->section[SNAP_day], &d, sizeof(d));
		}
		buf_add(&x->section[SNAP_born], &x->born[i].name,
			sizeof(x->born[i].name));
	}
}

/* ---- which names have a text ---- */

/* The distinct texts of a name; `out` has room for all its keys. */
static uint32_t texts_of(const struct indexing *x, uint32_t name, uint32_t *out)
{
	const struct snap_name *n = &x->name[name];
	uint32_t keys = 0, nr = 0;

	for (uint8_t u = 0; u < n->nr_units; u++)
		keys += x->unit[n->first_unit + u].nr_keys;
	for (uint32_t k = 0; k < keys; k++) {
		uint32_t text = snap_key_text(x->key[n->first_key + k]);
		uint32_t at = 0;

		while (at < nr && out[at] != text)
			at++;
		if (at == nr)
			out[nr++] = text;
	}
	return nr;
}

static bool put_posts(struct indexing *x)
{
	struct snap_text *text = records(x, SNAP_text);
	uint32_t of[NAME_UNITS * NAME_KEYS], *post;
	uint64_t all = 0;

	for (uint32_t i = 0; i < x->nr_born; i++) {
		uint32_t nr = texts_of(x, x->born[i].name, of);

		for (uint32_t k = 0; k < nr; k++)
			text[of[k]].nr_posts++;
		all += nr;
	}
	if (all == 0)
		return true;
	if (all >= UINT32_MAX)
		return false;
	post = buf_room(&x->section[SNAP_post], all * sizeof(*post));
	if (!post)
		return false;
	for (uint32_t i = 1; i < x->texts->nr; i++)
		text[i].first_post =
			text[i - 1].first_post + text[i - 1].nr_posts;
	for (uint32_t i = 0; i < x->texts->nr; i++)
		text[i].nr_posts = 0;
	for (uint32_t i = 0; i < x->nr_born; i++) {
		uint32_t nr = texts_of(x, x->born[i].name, of);

		for (uint32_t k = 0; k < nr; k++) {
			struct snap_text *t = &text[of[k]];

			post[t->first_post + t->nr_posts++] = i;
			t->nr_undated += x->born[i].key == BIRTH_KEY_NONE;
		}
	}
	return true;
}

static bool index_all(struct indexing *x)
{
	size_t nr = (size_t)x->texts->nr + 1;

	x->placed = calloc(nr, sizeof(*x->placed));
	x->place = calloc(nr, sizeof(*x->place));
	if (!x->placed || !x->place)
		return false;
	order_texts(x);
	list_born(x);
	x->born = calloc((size_t)x->nr_born + 1, sizeof(*x->born));
	if (!x->born)
		return false;
	list_born(x);
	qsort(x->born, x->nr_born, sizeof(*x->born), compare_born);
	put_born(x);
	if (x->section[SNAP_text].failed)
		return false;
	return put_posts(x);
}

int build_index(struct buf section[SNAP_SECTIONS],
		const struct dictionary *texts, struct err *e)
{
	struct indexing x = { .section = section, .texts = texts };
	int rc = 0;

	if (texts->nr > SNAP_TEXTS)
		return err_at(e, ERR_LIMIT, 0,
			      "the names have more than %d distinct spellings",
			      SNAP_TEXTS);
	x.name = records(&x, SNAP_name);
	x.unit = records(&x, SNAP_unit);
	x.key = records(&x, SNAP_key);
	x.nr_name = (uint32_t)(section[SNAP_name].len / sizeof(*x.name));
	x.nr_key = (uint32_t)(section[SNAP_key].len / sizeof(*x.key));
	if (!index_all(&x))
		rc = err_at(e, ERR_NOMEM, 0, "out of memory");
	free(x.placed);
	free(x.place);
	free(x.born);
	return rc;
}
