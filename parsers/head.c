#include "parsers/head.h"

/* A part of the envelope, unless text is glued to it. */
static struct str part_at(struct walk *w, unsigned elem, unsigned comp)
{
	struct piece v = piece_at(w, elem, comp);

	return v.text.len <= REFERENCE_MAX ? piece_text(w, v) : STR_NONE;
}

void head_open(struct interchange *x)
{
	struct walk *w = &x->w;
	struct payload *out = x->out;
	struct interchange_head *h =
		arena_push(w->arena, &out->head, &out->nr_head, sizeof(*h));

	*h = (struct interchange_head){
		.syntax = part_at(w, 1, 1),
		/* its digit, whatever is glued to it: without it, no UNB */
		.syntax_version =
			piece_text(w, piece_slice(w, piece_at(w, 1, 2), 0, 1)),
		.sender = part_at(w, 2, 1),
		.sender_qualifier = part_at(w, 2, 2),
		.recipient = part_at(w, 3, 1),
		.recipient_qualifier = part_at(w, 3, 2),
		.control = part_at(w, 5, 1),
		.application = part_at(w, 7, 1),
		.test = x->header.test,
		.ack_asked = piece_is(piece_at(w, 9, 1), "1"),
		.unb = w->seg.pos,
		.first = x->first,
	};
}

void head_message(struct interchange *x)
{
	struct walk *w = &x->w;

	w->parsed->unh = (struct unh){
		.reference = part_at(w, 1, 1),
		.type = part_at(w, 2, 1),
		.version = part_at(w, 2, 2),
		.release = part_at(w, 2, 3),
		.agency = part_at(w, 2, 4),
		.association = part_at(w, 2, 5),
		.access = part_at(w, 3, 1),
	};
}

void head_close(struct interchange *x)
{
	struct payload *out = x->out;
	struct interchange_head *h =
		out->nr_head ? &out->head[out->nr_head - 1] : NULL;

	if (!h || h->unb != x->unb)
		return;
	h->nr_parsed = out->nr_parsed - x->first;
	h->nr_unh = x->nr_messages;
}
