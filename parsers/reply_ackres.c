/*
 * reply_ackres.c - ACKRES: could a PNRGOV be used
 */
#include "parsers/reply_internal.h"

void reply_ackres(struct edi_writer *w, const struct parsed *p)
{
	struct reply_fault f = reply_fault_of(p);

	edi_write_segment(w, "MSG");
	edi_write_z(w, 1, 2, "23");
	edi_write_z(w, 2, 1, f.ackres ? "7" : "3"); /* 4343: not processed */
	edi_write_end(w);
	if (!f.ackres)
		return;
	edi_write_segment(w, "ERC");
	edi_write_number(w, 1, 1, f.ackres);
	edi_write_end(w);
}
