#include "parsers/walk.h"

#include "parsers/charset.h"

#include <string.h>

static const struct piece absent;

struct piece piece_raw(const struct walk *w, struct edi_part p)
{
	struct str text = edi_clean(&w->syntax, w->in, &p, w->arena);
	struct mended *m = w->mended;

	if (!text.len)
		return absent;
	if (p.dirty)
		*(struct mended_text *)arena_push(
			w->arena, &m->text, &m->nr_text, sizeof(*m->text)) =
			(struct mended_text){ text, p };
	return (struct piece){ text };
}

struct piece piece_mend(const struct walk *w, struct edi_part p)
{
	struct piece v = piece_raw(w, p);

	return piece_slice(w, v, 0, v.text.len);
}

/* The copy a text is part of; the newest are asked for most. */
static const struct mended_text *mended_of(const struct walk *w,
					   struct str text)
{
	for (uint32_t i = w->mended->nr_text; i-- > 0;) {
		const struct mended_text *m = &w->mended->text[i];

		if ((uintptr_t)text.ptr - (uintptr_t)m->text.ptr <= m->text.len)
			return m;
	}
	return NULL;
}

struct span piece_span(const struct walk *w, struct piece v)
{
	size_t pos = (size_t)((uintptr_t)v.text.ptr - (uintptr_t)w->in.ptr);
	const struct mended_text *m;
	struct edi_part raw;

	if (pos < w->in.len)
		return (struct span){ (uint32_t)pos, (uint32_t)v.text.len };
	m = v.text.ptr ? mended_of(w, v.text) : NULL;
	if (!m)
		return (struct span){ 0, 0 };
	pos = (size_t)(v.text.ptr - m->text.ptr);
	raw = m->raw; /* of the whole text: with line breaks around it */
	if (v.text.len < m->text.len)
		edi_raw_range(&w->syntax, w->in, &m->raw, pos, pos + v.text.len,
			      &raw);
	return (struct span){ raw.pos, raw.len };
}

struct piece piece_split(const struct walk *w, struct piece *v, char sep)
{
	ptrdiff_t at = str_find_byte(v->text, sep);
	struct piece head = *v;

	if (at < 0) {
		*v = absent;
		return piece_slice(w, head, 0, head.text.len);
	}
	/* the rest is kept untrimmed: an empty one is still there */
	v->text = str_slice(head.text, (size_t)at + 1, head.text.len);
	return piece_slice(w, head, 0, (size_t)at);
}

static void claim_byte(void *claims, size_t pos)
{
	struct claims *c = (struct claims *)claims;

	c->keep[pos / 64] |= (uint64_t)1 << (pos % 64);
}

void piece_claim_each(struct walk *w, struct piece v, char c)
{
	for (size_t i = 0; i < v.text.len; i++)
		if (v.text.ptr[i] == c)
			piece_claim(w, piece_slice(w, v, i, i + 1));
}

struct str piece_decode(struct walk *w, struct piece v)
{
	return v.text.ptr ? charset_decode(w->charset, v.text, w->arena)
			  : STR_NONE;
}

void piece_scan_as(struct walk *w, struct piece v, enum claim_kind kind,
		   struct str text)
{
	if (v.text.ptr)
		claims_scan_text(w->claims, piece_span(w, v), kind,
				 w->syntax.release, text);
}

struct str piece_scan(struct walk *w, struct piece v, enum claim_kind kind)
{
	struct str text = piece_text(w, v);

	piece_scan_as(w, v, kind, text);
	return text;
}

struct str keep_at(struct walk *w, unsigned elem, unsigned comp)
{
	return piece_keep(w, piece_at(w, elem, comp));
}

static void claim_line_breaks(struct walk *w)
{
	const struct edi_segment *s = &w->seg;

	for (uint32_t n = 0; n < s->nr; n++) {
		struct edi_part p = edi_part_nr(s, n);

		for (uint32_t i = p.pos; p.dirty && i < p.pos + p.len; i++)
			if (w->in.ptr[i] == '\r' || w->in.ptr[i] == '\n')
				claim_byte(w->claims, i);
	}
}

/* The structure of a segment that is odd or has a dirty part. */
static void claim_odd_structure(struct walk *w, const struct edi_reader *r)
{
	const struct edi_segment *s = &w->seg;
	const uint32_t *bound = edi_bounds(s);

	if (!(s->odd & EDI_BAD_TAG))
		claims_keep(w->claims, s->pos, s->body - s->pos);
	else if (s->odd & EDI_UNTERMINATED)
		/* the reader ends segments otherwise where nothing follows:
		 * that something did has to show */
		claim_byte(w->claims, s->pos);
	for (uint32_t i = 0; i < s->nr; i++)
		claim_byte(w->claims, bound[i]);
	if (s->dirty)
		claim_line_breaks(w);
	if (s->odd & EDI_TOO_MANY)
		edi_each_separator(r, bound[s->nr], s->term, claim_byte,
				   w->claims);
	claims_keep(w->claims, s->term, s->end - s->term);
}

/*
 * The same of any other: a tag of three bytes, bounds and terminator, a word
 * of claims at a time, for they stand close together.
 */
static void claim_structure(uint64_t *keep, const struct edi_segment *s)
{
	const uint32_t *bound = edi_bounds(s);
	uint32_t word = s->pos / 64, bit = s->pos % 64;
	uint64_t bits = (uint64_t)7 << bit;

	if (bit > 61)
		keep[word + 1] |= (uint64_t)7 >> (64 - bit);
	for (uint32_t i = 0; i <= s->nr; i++) {
		uint32_t at = bound[i];

		if (at / 64 != word) {
			keep[word] |= bits;
			bits = 0;
			word = at / 64;
		}
		bits |= (uint64_t)1 << (at % 64);
	}
	keep[word] |= bits;
}

void walk_claim_structure(struct walk *w, const struct edi_reader *r)
{
	const struct edi_segment *s = &w->seg;
	const uint32_t *bound = edi_bounds(s);
	bool has_code = s->nr && !(s->dirty && s->dirty[0]);

	claims_segment(w->claims, (struct span){ s->pos, s->end - s->pos },
		       s->body - s->pos,
		       has_code ? bound[1] - bound[0] - 1 : 0);
	if (s->odd || s->dirty)
		claim_odd_structure(w, r);
	else
		claim_structure(w->claims->keep, s);
}

void walk_close_slice(struct walk *w)
{
	struct span *last;

	if (!w->slice_open)
		return;
	last = &w->parsed->slice[w->parsed->nr_slice - 1];
	last->len = w->seg.pos - last->pos;
	w->slice_open = false;
}

uint32_t walk_open_slice(struct walk *w)
{
	struct span *s;

	walk_close_slice(w);
	s = arena_push(w->arena, &w->parsed->slice, &w->parsed->nr_slice,
		       sizeof(*s));
	s->pos = w->seg.pos;
	w->slice_open = true;
	return w->parsed->nr_slice - 1;
}

struct edi_segment *walk_save_segment(const struct walk *w, struct arena *a)
{
	const struct edi_segment *from = &w->seg;
	size_t bounds = (from->nr + 1) * sizeof(*from->bound);
	size_t firsts = (from->elems + 2) * sizeof(*from->first);
	size_t dirty = from->dirty ? from->nr * sizeof(*from->dirty) : 0;
	struct edi_segment *s =
		arena_room(a, sizeof(*s) + bounds + firsts + dirty);
	char *room = (char *)(s + 1);
	uint16_t *first = (uint16_t *)(room + bounds);

	*s = *from;
	s->bound = memcpy(room, edi_bounds(from), bounds);
	for (uint32_t e = 1; e <= from->elems + 1; e++)
		first[e] = (uint16_t)(from->first[e] - from->first[1]);
	s->first = first;
	if (from->dirty)
		s->dirty = memcpy(room + bounds + firsts,
				  from->dirty + from->first[1], dirty);
	return s;
}
