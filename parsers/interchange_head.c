/*
 * interchange_head.c - which spans make the header slice of a message
 */
#include "parsers/interchange.h"

/*
 * Where the segment at hand begins, if its terminator is missing and it would
 * take in the SRC of a slice that is put behind it; else 0.
 */
static uint32_t loose_end(const struct interchange *x)
{
	const struct edi_segment *seg = &x->w.seg;

	return seg->odd & EDI_LOST && !edi_is_short_end(&x->r, seg) ? seg->pos
								    : 0;
}

void interchange_end_head(struct interchange *x)
{
	const struct parsed *p = x->w.parsed;

	if (p && !x->head_end && p->nr_slice) {
		x->head_end = p->slice[0].pos;
		if (x->kind == &pnrgov_kind && x->loose > p->whole.pos)
			x->head_end = x->loose;
	}
	x->loose = loose_end(x);
}

/* Spans that joined make the header slice; neighbours become one. */
static void add_head(struct parsed *p, uint32_t pos, uint32_t end)
{
	struct span *last = p->nr_head ? &p->head[p->nr_head - 1] : NULL;

	if (end <= pos)
		return;
	if (last && last->pos + last->len == pos) {
		last->len = end - last->pos;
		return;
	}
	p->head[p->nr_head++] = (struct span){ pos, end - pos };
}

void interchange_heads(struct interchange *x)
{
	struct parsed *p = x->w.parsed;
	uint32_t end = p->whole.pos + p->whole.len;

	add_head(p, x->una_unb.pos, x->una_unb.pos + x->una_unb.len);
	add_head(p, x->ung.pos, x->ung.pos + x->ung.len);
	add_head(p, p->whole.pos, p->nr_slice ? x->head_end : end);
}
