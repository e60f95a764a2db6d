/*
 * reply_contrl.c - CONTRL: which messages of an interchange could be read
 */
#include "parsers/reply_internal.h"

enum {
	REJECTED = 4,	  /* 0083: this level and all below */
	ACKNOWLEDGED = 7, /* the next level, too, unless it is rejected */
	LOWER_EMPTY = 32, /* 0085 */
	MOST_PLACES = 9,  /* UCS of one message */
};

/* UCS: the segments in which something stood that could not be read. */
static void write_places(struct edi_writer *w, const struct payload *in,
			 const struct parsed *p)
{
	uint32_t next = 0, position, last = 0;
	uint16_t code;

	for (int n = 0;
	     n < MOST_PLACES && reply_place(in, p, &next, &position, &code);) {
		if (position == last)
			continue;
		last = position;
		n++;
		edi_write_segment(w, "UCS");
		edi_write_number(w, 1, 1, position);
		edi_write_number(w, 2, 1, code);
		edi_write_end(w);
	}
}

static void write_ucm(struct edi_writer *w, const struct payload *in,
		      const struct parsed *p)
{
	struct reply_fault f = reply_fault_of(p);
	const struct unh *u = &p->unh;

	edi_write_segment(w, "UCM");
	edi_write(w, 1, 1, u->reference, LEN_0062);
	edi_write(w, 2, 1, u->type, LEN_0065);
	edi_write(w, 2, 2, u->version, LEN_0052);
	edi_write(w, 2, 3, u->release, LEN_0054);
	edi_write(w, 2, 4, u->agency, LEN_0051);
	edi_write(w, 2, 5, u->association, LEN_0057);
	edi_write_number(w, 3, 1, f.contrl ? REJECTED : ACKNOWLEDGED);
	if (f.contrl) {
		edi_write_number(w, 4, 1, f.contrl);
		edi_write(w, 5, 1, str_of(f.segment), 3);
	}
	if (f.elem) {
		edi_write_number(w, 6, 1, f.elem);
		edi_write_number(w, 6, 2, f.comp);
	}
	edi_write_end(w);
	if (f.contrl)
		write_places(w, in, p);
}

void reply_contrl(struct edi_writer *w, const struct reply_ask *ask)
{
	const struct interchange_head *h = ask->head;

	edi_write_segment(w, "UCI");
	edi_write(w, 1, 1, h->control, LEN_0020);
	edi_write(w, 2, 1, h->sender, LEN_0004);
	edi_write(w, 2, 2, h->sender_qualifier, LEN_0007);
	edi_write(w, 3, 1, h->recipient, LEN_0004);
	edi_write(w, 3, 2, h->recipient_qualifier, LEN_0007);
	edi_write_number(w, 4, 1, h->nr_unh ? ACKNOWLEDGED : REJECTED);
	if (!h->nr_unh)
		edi_write_number(w, 5, 1, LOWER_EMPTY);
	edi_write_end(w);
	for (uint32_t i = 0; h->nr_unh && i < h->nr_parsed; i++)
		write_ucm(w, ask->payload, &ask->payload->parsed[h->first + i]);
}
