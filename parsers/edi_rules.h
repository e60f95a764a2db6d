/*
 * edi_rules.h - what both readers of segments judge by
 *
 * Shared by edifact.c and its plain twin edi_plain.c only. Threads: pure
 * functions of a reader.
 */
#ifndef PARSERS_EDI_RULES_H
#define PARSERS_EDI_RULES_H

#include "parsers/edifact.h"

/* What a byte is to the reader. */
enum edi_class {
	ORDINARY,
	COMPONENT,
	ELEMENT,
	TERMINATOR,
	RELEASE,
	RELEASE_SERVICE, /* releases a service character, else ordinary */
	LINE_BREAK,
	CURLY,
};

/* Where the parts of the segment being read go. */
struct edi_open {
	struct edi_segment *seg;
	size_t from; /* first byte of the part being read */
	bool dirty;
	uint32_t elem; /* 0 while in the tag */
	bool swift;    /* nothing to ask at its separators; edifact.c's */
};

static inline enum edi_class edi_class_at(const struct edi_reader *r,
					  size_t pos)
{
	return r->class[(uint8_t)r->in.ptr[pos]];
}

/* Bytes that may stand between segments. */
static inline bool edi_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';
}

static inline size_t edi_skip_space(const struct edi_reader *r, size_t pos)
{
	while (pos < r->in.len && edi_is_space(r->in.ptr[pos]))
		pos++;
	return pos;
}

/* Does a segment seem to begin at `pos`, blank space skipped? */
bool edi_is_segment_start(const struct edi_reader *r, size_t pos);

/* Bytes of a quote that some gateway wrote for the terminator, or 0. */
size_t edi_curly_len(const struct edi_reader *r, size_t pos);

/* Can segments of this tag lose their terminator and be mended? */
bool edi_is_repairable(uint32_t code);

/*
 * "HKIFT" of RPI+1+HKIFT+4:19...: does the next tag end this part? Asked at
 * element separators of repairable segments.
 */
bool edi_lost_terminator(const struct edi_reader *r, const struct edi_open *o,
			 size_t end);

/* The tag ends at `end`: take it without blanks and line breaks. */
void edi_close_tag(const struct edi_reader *r, struct edi_open *o, size_t end);

/* The byte that a release character at `pos` protects; line breaks skipped. */
size_t edi_released_at(const struct edi_reader *r, size_t pos);

/*
 * A terminator behind which a segment begins is real, whatever release stands
 * before it: that was no more than the end of a text.
 */
bool edi_is_real_terminator(const struct edi_reader *r, size_t pos);

/* A '?' where another release is in force counts before service characters. */
bool edi_releases_service(const struct edi_reader *r, size_t pos);

#endif
