/*
 * gen_edifact.h - writes EDIFACT for the generator
 *
 * A segment is written as it reads, data as printf conversions:
 *
 *	edi_put(&w, "TIF+%s+%s%s:A:%d'", surname, given, title, ref);
 *
 * What stands in the format is syntax; what %s inserts is data and gets a
 * release character before + : ' and ?. Conversions: %s, %d and %0Nd only.
 * Each ' of a format ends a segment and is counted, for UNT.
 *
 * The buffer is borrowed and its failure sticks (buf.h). Threads: one.
 */
#ifndef TOOLS_GEN_EDIFACT_H
#define TOOLS_GEN_EDIFACT_H

#include "base/buf.h"

struct edi_writer {
	struct buf *out;
	const char *newline; /* after each segment: "", "\n" or "\r\n" */
	int segments;	     /* written since it was last set to 0 */
};

/* Write one segment or several; see above. */
void edi_put(struct edi_writer *w, const char *fmt, ...) PRINTF(2, 3);

/* A Type B envelope: addresses and times of its heading. */
struct type_b {
	const char *to, *from; /* seven characters each */
	int day, hour, minute; /* UTC */
};

/*
 * Put `text` into a Type B envelope: heading, then lines of at most 69
 * characters, broken wherever they are full (IATA Type B:
 * breaks carry no meaning), CR LF after each.
 */
void type_b_wrap(struct buf *out, const struct type_b *b, struct str text);

#endif
