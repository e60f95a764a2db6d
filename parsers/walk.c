#include "parsers/walk.h"

#include "parsers/charset.h"

#include <string.h>

static const struct piece absent;

/* Blanks off both ends; absent when nothing is left. */
static struct piece trimmed(const struct walk *w, struct piece v, size_t from,
			    size_t to)
{
	struct piece out = v;

	while (from < to && piece_is_blank(v.text.ptr[from]))
		from++;
	while (to > from && piece_is_blank(v.text.ptr[to - 1]))
		to--;
	if (from == to)
		return absent;
	out.text = (struct str){ v.text.ptr + from, to - from };
	if (from > 0 || to < v.text.len)
		edi_raw_range(&w->syntax, w->in, &v.raw, from, to, &out.raw);
	return out;
}

struct piece piece_mend(const struct walk *w, const struct edi_part *p)
{
	struct piece v = { .raw = *p };

	v.text = edi_clean(&w->syntax, w->in, p, w->arena);
	return trimmed(w, v, 0, v.text.len);
}

struct piece piece_slice_mend(const struct walk *w, struct piece v, size_t from,
			      size_t to)
{
	return trimmed(w, v, from, to);
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
	edi_raw_range(&w->syntax, w->in, &head.raw, (size_t)at + 1,
		      head.text.len, &v->raw);
	return piece_slice(w, head, 0, (size_t)at);
}

static void claim_byte(void *claims, size_t pos)
{
	struct claims *c = (struct claims *)claims;

	c->keep[pos / 64] |= (uint64_t)1 << (pos % 64);
}

void piece_claim_each(struct walk *w, struct piece v, char c)
{
	for (size_t i = 0; i < v.text.len; i++) {
		if (v.text.ptr[i] != c)
			continue;
		if (v.raw.dirty)
			piece_claim(w, piece_slice(w, v, i, i + 1));
		else
			claim_byte(w->claims, v.raw.pos + i);
	}
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
		claims_scan_text(w->claims,
				 (struct span){ v.raw.pos, v.raw.len }, kind,
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

	for (uint32_t n = 0; n < s->nr; n++)
		for (uint32_t i = s->bound[n];
		     s->dirty[n] && i < s->bound[n + 1]; i++)
			if (w->in.ptr[i] == '\r' || w->in.ptr[i] == '\n')
				claim_byte(w->claims, i);
}

/* The structure of a segment that is odd or has a dirty part. */
static void claim_odd_structure(struct walk *w, const struct edi_reader *r)
{
	const struct edi_segment *s = &w->seg;

	if (!(s->odd & EDI_BAD_TAG))
		claims_keep(w->claims, s->pos, s->body - s->pos);
	for (uint32_t i = 0; i < s->nr; i++)
		claim_byte(w->claims, s->bound[i]);
	if (s->dirty)
		claim_line_breaks(w);
	if (s->odd & EDI_TOO_MANY)
		edi_each_separator(r, s->bound[s->nr], s->term, claim_byte,
				   w->claims);
	claims_keep(w->claims, s->term, s->end - s->term);
}

/*
 * The same of any other: tag, bounds and terminator, a word of claims at a
 * time, for they stand close together.
 */
static void claim_structure(uint64_t *keep, const struct edi_segment *s)
{
	uint32_t word = s->pos / 64;
	uint64_t bits = 0;

	for (uint32_t at = s->pos; at < s->body; at++)
		if (at / 64 == word)
			bits |= (uint64_t)1 << (at % 64);
		else
			keep[at / 64] |= (uint64_t)1 << (at % 64);
	for (uint32_t i = 0; i <= s->nr; i++) {
		uint32_t at = s->bound[i];

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
	bool has_code = s->nr && !(s->dirty && s->dirty[0]);

	claims_segment(w->claims, (struct span){ s->pos, s->end - s->pos },
		       s->body - s->pos,
		       has_code ? s->bound[1] - s->bound[0] - 1 : 0);
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

struct edi_segment *walk_save_segment(struct walk *w)
{
	const struct edi_segment *from = &w->seg;
	size_t bounds = (from->nr + 1) * sizeof(*from->bound);
	size_t firsts = (from->elems + 2) * sizeof(*from->first);
	size_t dirty = from->dirty ? from->nr * sizeof(*from->dirty) : 0;
	struct edi_segment *s =
		arena_room(w->arena, sizeof(*s) + bounds + firsts + dirty);
	char *room = (char *)(s + 1);

	*s = *from;
	s->bound = memcpy(room, from->bound, bounds);
	s->first = memcpy(room + bounds, from->first, firsts);
	if (from->dirty)
		s->dirty = memcpy(room + bounds + firsts, from->dirty, dirty);
	return s;
}
