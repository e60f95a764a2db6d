/*
 * interchange_head.c - which spans make the header slice of a message
 */
#include "parsers/interchange.h"

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

void interchange_heads(struct interchange *x)
{
	const struct parsed *p = x->w.parsed;
	struct span unh = p->whole;

	if (p->nr_slice)
		unh.len = x->head_end - unh.pos;
	add_head(x, x->una_unb, x->unb_is_open);
	add_head(x, x->ung, x->ung_is_open);
	add_head(x, unh, p->nr_slice && x->head_is_open);
}
