#include "parsers/segmap.h"

#include "base/word.h"

#include <stdlib.h>
#include <string.h>

static uint32_t code_of(const char *tag)
{
	return EDI_TAG((uint8_t)tag[0], (uint8_t)tag[1], (uint8_t)tag[2]);
}

void tag_rows_add(struct tag_rows *t, const char *tag, size_t i)
{
	uint32_t code = code_of(tag);
	struct tag_slot *s = &t->slot[tag_rows_find(t, code) - t->slot];

	if (!s->code)
		*s = (struct tag_slot){ code, (uint16_t)i, 0 };
	s->nr++;
}

/* A text of 1 to 4 bytes as a number; any other, or one with a NUL last: 0. */
static uint32_t qual_of(struct str s)
{
	if (!s.len || s.len > sizeof(uint32_t) || !s.ptr[s.len - 1])
		return 0;
	return (uint32_t)word_load(s.ptr, s.len);
}

/* The slot of a tag and a qualifier, or the free one that would be theirs. */
static struct seg_slot *find_slot(const struct segmap *m, uint32_t code,
				  uint32_t qual)
{
	uint64_t key = (uint64_t)code << 32 | qual;
	size_t i = ((code ^ qual * 31) * 2654435761u) >> 24;

	while (m->slot[i].key != key && m->slot[i].key)
		i = (i + 1) % SEGMAP_SLOTS;
	return (struct seg_slot *)&m->slot[i];
}

/* The slot of a tag and a qualifier, with the rows [from, to) that fit. */
static void add_slot(struct segmap *m, uint32_t code, uint32_t qual,
		     const struct seg_row *row, size_t from, size_t to)
{
	static const size_t most = SEGMAP_SLOTS / 2;
	struct seg_slot *s = find_slot(m, code, qual);
	size_t used = m->nr_row;

	if (s->key)
		return;
	*s = (struct seg_slot){ .key = (uint64_t)code << 32 | qual,
				.row = m->row + used };
	for (size_t i = from; i < to; i++) {
		const char *q = row[i].qual;

		if (q && !qual)
			s->quals = true;
		if (q && qual_of(str_of(q)) != qual)
			continue;
		if (used == SEGMAP_ROWS)
			abort();
		m->row[used] = row[i];
		if (!row[i].phases)
			m->row[used].phases = ~0u;
		used++;
		s->nr++;
	}
	m->nr_row = used;
	if (++m->nr_slot > most)
		abort();
}

void segmap_init(struct segmap *m, const struct seg_row *row, size_t nr)
{
	memset(m, 0, sizeof(*m));
	for (size_t from = 0, to; from < nr; from = to) {
		uint32_t code = code_of(row[from].tag);

		for (to = from; to < nr && code_of(row[to].tag) == code; to++)
			if (row[to].qual && !qual_of(str_of(row[to].qual)))
				abort();
		add_slot(m, code, 0, row, from, to);
		for (size_t i = from; i < to; i++)
			if (row[i].qual)
				add_slot(m, code, qual_of(str_of(row[i].qual)),
					 row, from, to);
	}
}

bool segmap_has(const struct segmap *m, uint32_t code)
{
	return code && find_slot(m, code, 0)->key;
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
			 piece_span(w, v).pos,
			 "%s: element %d component %d cannot be read", row->tag,
			 row->elem, row->comp);
}

bool segmap_apply(const struct segmap *m, struct walk *w)
{
	const struct seg_slot *s = find_slot(m, w->seg.code, 0), *named;
	const struct seg_row *end;
	struct piece qual = { STR_NONE };
	bool known = false;

	if (!s->key)
		return false;
	if (s->quals) {
		qual = piece_at(w, 1, 1);
		named = find_slot(m, w->seg.code, qual_of(qual.text));
		s = named->key ? named : s;
	}
	end = s->row + s->nr;
	for (const struct seg_row *row = s->row; row < end; row++) {
		if (!(row->phases & w->phase))
			continue;
		if (row->qual)
			piece_claim(w, qual);
		known = known || row->qual || row->fn;
		if (row->fn)
			row->fn(w);
		else if (row->convert)
			apply(w, row);
	}
	return known;
}
