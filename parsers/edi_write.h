/*
 * edi_write.h - writes EDIFACT, one segment at a time, by position
 *
 *	struct edi_writer w = { .out = &out };
 *
 *	edi_write_segment(&w, "UCI");
 *	edi_write(&w, 1, 1, control, 14);
 *	edi_write(&w, 2, 1, sender, 35);
 *	edi_write_end(&w);
 *
 * Positions count as everywhere: element 1 is the first after the tag. They go
 * upwards; what is skipped or absent stays empty, and nothing that is empty
 * stands at the end of an element or a segment. Separators are the standard's,
 * service characters in values are released, and a value holds printable ASCII
 * only: any other character becomes one '-'.
 *
 * Failures stick in the buf. Threads: a writer belongs to one.
 */
#ifndef PARSERS_EDI_WRITE_H
#define PARSERS_EDI_WRITE_H

#include "base/buf.h"

struct edi_writer {
	struct buf *out;
	bool repetition;     /* UNA names '*': it is released, too */
	uint32_t segments;   /* ended since this was last set to 0 */
	unsigned elem, comp; /* where the segment at hand stands */
};

/* UNA for this writer; it is not counted. */
void edi_write_una(struct edi_writer *w);

/* A segment begins: its tag. */
void edi_write_segment(struct edi_writer *w, const char *tag);

/*
 * A component's value, cut to `most` characters; an absent or empty one
 * writes nothing.
 */
void edi_write(struct edi_writer *w, unsigned elem, unsigned comp,
	       struct str value, size_t most);

/* A number of ours; a constant. */
void edi_write_number(struct edi_writer *w, unsigned elem, unsigned comp,
		      uint32_t n);
void edi_write_z(struct edi_writer *w, unsigned elem, unsigned comp,
		 const char *z);

/* The segment ends. */
void edi_write_end(struct edi_writer *w);

#endif
