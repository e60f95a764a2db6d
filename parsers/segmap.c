#include "parsers/segmap.h"

#include <string.h>

static uint32_t code_of(const char *tag)
{
	return EDI_TAG((uint8_t)tag[0], (uint8_t)tag[1], (uint8_t)tag[2]);
}

static size_t slot_of(const struct segmap *m, uint32_t code)
{
	size_t i = (code * 2654435761u) >> 25;

	while (m->slot[i].code && m->slot[i].code != code)
		i = (i + 1) % SEGMAP_SLOTS;
	return i;
}

void segmap_init(struct segmap *m, const struct seg_row *row, size_t nr)
{
	memset(m, 0, sizeof(*m));
	m->row = row;
	for (size_t i = 0; i < nr; i++) {
		uint32_t code = code_of(row[i].tag);
		struct segmap_slot *s = &m->slot[slot_of(m, code)];

		if (!s->code)
			*s = (struct segmap_slot){ code, (uint16_t)i, 0 };
		s->nr++;
	}
}

bool segmap_has(const struct segmap *m, uint32_t code)
{
	return code && m->slot[slot_of(m, code)].code == code;
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

bool segmap_apply(const struct segmap *m, struct walk *w)
{
	const struct segmap_slot *s = &m->slot[slot_of(m, w->seg.code)];
	struct piece qual = { 0 };
	bool known = false;

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
		known = known || row->qual || row->fn;
		if (row->fn)
			row->fn(w);
		else if (row->convert)
			apply(w, row);
	}
	return known;
}
