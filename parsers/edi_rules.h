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
size_t edi_curly_len(const struct edi_reader *r, const struct edi_open *o,
		     size_t pos);

extern const uint8_t edi_byte_kind[256];

/*
 * Known tags, each in a slot of its own: a multiplier for which that is so was
 * found by trying odd numbers at random. When a new tag falls into the slot of
 * an old one, try others; one in a hundred will do.
 */
enum { EDI_TAG_SLOTS = 512 };
#define EDI_TAG_SLOT(code) ((uint32_t)((code)*0x852571d5u) >> 23)
extern const uint32_t edi_known_tag[EDI_TAG_SLOTS];

/* edi_is_known_tag() of a tag as a number. */
static inline bool edi_is_tag_code(uint32_t code)
{
	return edi_known_tag[EDI_TAG_SLOT(code)] == code;
}

/*
 * Has edi_lost_at() to be asked about the part [from, pos) of element `elem`?
 * Not if its last three bytes are no tag, as they stand.
 */
static inline bool edi_may_end_in_tag(const char *in, uint32_t elem,
				      size_t from, size_t pos, bool dirty)
{
	uint8_t last;

	/* a tag of three bytes is that, and no second one */
	if (pos < from + 3 + (elem == 0))
		return false;
	last = (uint8_t)in[pos - 1];
	return (edi_byte_kind[last] & 4 &&
		edi_byte_kind[(uint8_t)in[pos - 2]] & 2 &&
		edi_byte_kind[(uint8_t)in[pos - 3]] & 1 &&
		edi_is_known_tag(in + pos - 3)) ||
	       dirty || edi_is_space((char)last);
}

/* The same for SRC, which needs no separator. */
static inline bool edi_may_end_in_source(const char *in, uint32_t elem,
					 size_t from, size_t pos, bool dirty)
{
	if (pos < from + 3 + (elem == 0))
		return false;
	return (in[pos - 1] == 'C' &&
		(dirty || (in[pos - 2] == 'R' && in[pos - 3] == 'S'))) ||
	       edi_is_space(in[pos - 1]);
}

/*
 * "HKIFT" of RPI+1+HKIFT+4:19...: where the next tag begins, if it ends the
 * part that stands before the element separator at `end`; else 0.
 */
size_t edi_lost_at(const struct edi_reader *r, const struct edi_open *o,
		   size_t end);

/*
 * The same before a terminator: "EQN+2SRC'" and, if an RCI stands behind it,
 * "LTS+HK1 1220SRC'".
 */
size_t edi_lost_before_source(const struct edi_reader *r,
			      const struct edi_open *o, size_t end);

/* A part behind the tag ends at `end`. Those beyond the limit are dropped. */
void edi_close_part(struct edi_reader *r, struct edi_open *o, size_t end);

/*
 * The last part ends at `close`, the terminator is [term, end). Returns true,
 * as edi_next() then does.
 */
bool edi_end_segment(struct edi_reader *r, struct edi_open *o, size_t close,
		     size_t term, size_t end, unsigned odd);

/* The tag ends at `end`: take it without blanks and line breaks. */
void edi_close_tag(const struct edi_reader *r, struct edi_open *o, size_t end);

/* The byte that a release character at `pos` protects; line breaks skipped. */
size_t edi_released_at(const struct edi_reader *r, size_t pos);

/*
 * A terminator behind which a segment begins, or nothing at all, is real, whatever release stands
 * before it: that was no more than the end of a text.
 */
bool edi_is_real_terminator(const struct edi_reader *r,
			    const struct edi_open *o, size_t pos);

/*
 * Does the byte at `pos`, which nothing releases, end a segment that is only
 * looked at? What both readers find there, of all segments but UNZ.
 */
bool edi_is_end_in_text(const struct edi_reader *r, size_t pos);

/* A '?' where another release is in force counts before service characters. */
bool edi_releases_service(const struct edi_reader *r, size_t pos);

#endif
