#include "watchlist/dictionary.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 1024 };

static uint64_t hash(struct str s)
{
	uint64_t h = 0xcbf29ce484222325u; /* FNV-1a */

	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.ptr[i]) * 0x100000001b3u;
	return h ^ h >> 29;
}

struct dictionary_word *dictionary_word(const struct dictionary *d, uint32_t nr)
{
	return (struct dictionary_word *)(void *)d->words.data + nr;
}

struct str dictionary_text(const struct dictionary *d, uint32_t nr)
{
	const struct dictionary_word *w = dictionary_word(d, nr);

	return (struct str){ d->bytes.data + w->pos, w->len };
}

/* The slot that holds `text`, or the free one where it belongs. */
static uint32_t *find(const struct dictionary *d, struct str text)
{
	uint32_t mask = d->nr_slots - 1;
	uint32_t at = (uint32_t)hash(text) & mask;

	while (d->slot[at] &&
	       !str_eq(dictionary_text(d, d->slot[at] - 1), text))
		at = (at + 1) & mask;
	return &d->slot[at];
}

static bool grow(struct dictionary *d)
{
	uint32_t nr = d->nr_slots ? d->nr_slots * 2 : FIRST_SLOTS;
	uint32_t *slot = calloc(nr, sizeof(*slot));

	if (!slot)
		return false;
	free(d->slot);
	d->slot = slot;
	d->nr_slots = nr;
	for (uint32_t i = 0; i < d->nr; i++)
		*find(d, dictionary_text(d, i)) = i + 1;
	return true;
}

uint32_t dictionary_add(struct dictionary *d, struct str text)
{
	struct dictionary_word w = { .len = (uint32_t)text.len };
	uint32_t *slot;

	if (!d->failed && d->nr >= d->nr_slots / 2 && !grow(d))
		d->failed = true;
	if (d->failed)
		return UINT32_MAX;
	slot = find(d, text);
	if (*slot)
		return *slot - 1;
	w.pos = (uint32_t)d->bytes.len;
	buf_str(&d->bytes, text);
	buf_add(&d->words, &w, sizeof(w));
	if (d->bytes.failed || d->words.failed || d->bytes.len >= UINT32_MAX) {
		d->failed = true;
		return UINT32_MAX;
	}
	*slot = ++d->nr;
	return d->nr - 1;
}

void dictionary_release(struct dictionary *d)
{
	buf_release(&d->bytes);
	buf_release(&d->words);
	free(d->slot);
	*d = (struct dictionary){ .nr = 0 };
}
