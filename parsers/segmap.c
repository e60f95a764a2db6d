#include "parsers/segmap.h"

#include <string.h>

void tag_rows_add(struct tag_rows *t, const char *tag, size_t i)
{
	uint32_t code =
		EDI_TAG((uint8_t)tag[0], (uint8_t)tag[1], (uint8_t)tag[2]);
	struct tag_slot *s = &t->slot[tag_rows_find(t, code) - t->slot];

	if (!s->code)
		*s = (struct tag_slot){ code, (uint16_t)i, 0 };
	s->nr++;
}

void segmap_init(struct segmap *m, const struct seg_row *row, size_t nr)
{
	memset(m, 0, sizeof(*m));
	m->row = row;
	for (size_t i = 0; i < nr; i++)
		tag_rows_add(&m->tags, row[i].tag, i);
}

/* As piece_is(), without measuring: most differ in their first bytes. */
static bool has_qual(struct str s, const char *qual)
{
	for (size_t i = 0; i < s.len; i++)
		if (qual[i] == '\0' || qual[i] != s.ptr[i])
			return false;
	return s.ptr && qual[s.len] == '\0';
}

static void apply(struct walk *w, const struct seg_row *row)
{
	char *record = w->rec[row->rec];
	struct piece v;

	if (!record)
		return;
	v = piece_at(w, row->elem, row->comp);
	if (!piece_is_set(v))
		return;
	if (!row->convert(w, v, record + row->off))
		diag_add(w->parsed, w->arena, DIAG_WARNING, "bad-value",
			 v.raw.pos,
			 "%s: element %d component %d cannot be read", row->tag,
			 row->elem, row->comp);
}

void segmap_apply(const struct segmap *m, struct walk *w)
{
	const struct tag_slot *s = tag_rows_find(&m->tags, w->seg.code);
	struct piece qual = { 0 };

	for (unsigned i = 0; i < s->nr; i++) {
		const struct seg_row *row = &m->row[s->first + i];

		if (row->phases && !(row->phases & w->phase))
			continue;
		if (row->qual) {
			if (!piece_is_set(qual))
				qual = piece_at(w, 1, 1);
			if (!has_qual(qual.text, row->qual))
				continue;
			piece_claim(w, qual);
		}
		if (row->fn)
			row->fn(w);
		else
			apply(w, row);
	}
}
