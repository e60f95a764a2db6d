/*
 * interchange_head.c - which spans make the header slice of a message
 */
#include "parsers/interchange.h"
#include "parsers/una.h"

#include <string.h>

void interchange_end_head(struct interchange *x)
{
	const struct parsed *p = x->w.parsed;
	const struct edi_segment *seg = &x->w.seg;

	if (p && !x->head_end && p->nr_slice) {
		x->head_end = p->slice[0].pos;
		x->head_is_open = x->is_open;
	}
	x->is_open = seg->odd & EDI_LOST;
	if (seg->end > seg->term)
		x->terminator =
			(struct span){ seg->term, seg->end - seg->term };
}

/*
 * Spans that joined make the header slice; neighbours become one. Behind one
 * that lost its terminator is put a terminator from elsewhere: what a slice
 * has there is not what the message has.
 */
static void add_head(struct interchange *x, struct span at, bool is_open)
{
	struct parsed *p = x->w.parsed;
	struct span *last = p->nr_head ? &p->head[p->nr_head - 1] : NULL;

	if (!at.len)
		return;
	if (last && last->pos + last->len == at.pos)
		last->len += at.len;
	else
		p->head[p->nr_head++] = at;
	if (!is_open)
		return;
	if (x->terminator.len)
		p->head[p->nr_head++] = x->terminator;
	else
		err_at(&p->error, ERR_SYNTAX, p->whole.pos,
		       "not one of its segments has a terminator");
}

struct str message_head(struct str bytes, const struct parsed *p,
			struct arena *a)
{
	size_t len = 0, at = 0;
	char *out;

	for (uint32_t i = 0; i < p->nr_head; i++)
		len += p->head[i].len;
	out = arena_alloc(a, len + 1);
	for (uint32_t i = 0; i < p->nr_head; i++) {
		memcpy(out + at, bytes.ptr + p->head[i].pos, p->head[i].len);
		at += p->head[i].len;
	}
	return (struct str){ out, len };
}

/*
 * Separators that no UNA names are guessed by what stands before the first
 * UNH: a header slice that has left something out may lead to others.
 */
static void check_syntax(struct interchange *x)
{
	struct parsed *p = x->w.parsed;
	const struct edi_syntax *s = &x->w.syntax;
	struct edi_start start;

	if (p->nr_head == 1 || p->error.code)
		return;
	if (edi_find_start(message_head(x->w.in, p, x->w.arena), 0, &start) &&
	    start.syntax.segment == s->segment &&
	    start.syntax.release == s->release)
		return;
	err_at(&p->error, ERR_SYNTAX, p->whole.pos,
	       "its own UNH does not tell the separators that the first UNH "
	       "of the interchange told; a UNA would");
}

void interchange_heads(struct interchange *x)
{
	const struct parsed *p = x->w.parsed;
	struct span unh = p->whole;

	if (p->nr_slice)
		unh.len = x->head_end - unh.pos;
	add_head(x, x->una_unb, x->unb_is_open);
	add_head(x, x->ung, x->ung_is_open);
	add_head(x, unh, p->nr_slice && x->head_is_open);
	if (p->nr_slice)
		check_syntax(x);
}
