/*
 * edi_index.h - where the bytes stand that the reader has to look at
 *
 * One pass over a piece of the payload writes down the positions of all bytes
 * of a small set: separators, terminator, release characters, line breaks.
 * Three of four bytes of a message are none of these and cost next to nothing.
 * Beside each position is what it is, so that a segment can be taken whole
 * when nothing in it needs a second look. There is a plain twin, and one for
 * each width of vectors; all give the same.
 *
 *	edi_index_fn *find = edi_index_best();
 *	uint32_t nr = find(&set, payload.ptr, from, to, position, kind);
 *
 * Threads: pure functions.
 */
#ifndef PARSERS_EDI_INDEX_H
#define PARSERS_EDI_INDEX_H

#include "base/str.h"

enum {
	EDI_SET_MAX = 12,     /* four service characters, `?`, CR, LF, quotes */
	EDI_INDEX_SPARE = 64, /* places behind the last that are scribbled on */
	EDI_INDEX_AHEAD = 2048, /* bytes that are fetched from memory early */
};

/*
 * What a byte is, as bits. From those of a mark, a byte that is looked for,
 * one vector instruction each makes a mask: that gives their order.
 */
enum edi_kind {
	EDI_KIND_TERMINATOR = 0x80,
	EDI_KIND_ELEMENT = 0x40,
	EDI_KIND_ODD = 0x20,	 /* any other of the set, no separator */
	EDI_KIND_SPACE = 0x10,	 /* of a byte: edi_is_space() */
	EDI_KIND_SUSPECT = 0x10, /* of an element's or segment's end: a tag may
				  * stand before it, or a space does */
	EDI_KIND_COMPONENT = 0x08,
	EDI_KIND_TAG_1 = 0x01, /* known tags have such a letter: first, */
	EDI_KIND_TAG_2 = 0x02, /* second, third */
	EDI_KIND_TAG_3 = 0x04,
	EDI_KIND_MARK = EDI_KIND_TERMINATOR | EDI_KIND_ELEMENT | EDI_KIND_ODD |
			EDI_KIND_COMPONENT,
	EDI_KIND_END = EDI_KIND_TERMINATOR | EDI_KIND_ELEMENT,
};

/* The bytes looked for, each once, and what any byte is. */
struct edi_set {
	unsigned nr;
	uint8_t byte[EDI_SET_MAX];
	uint8_t kind[256];
};

/*
 * Write the positions of the bytes [from, to) of `in` that are marks of the
 * set, in order, and what they are; returns their number. For a suspect
 * nothing before `from` counts. `out` and `kind` have room for to - from marks
 * and EDI_INDEX_SPARE more.
 */
typedef uint32_t edi_index_fn(const struct edi_set *set, const char *in,
			      uint32_t from, uint32_t to, uint32_t *out,
			      uint8_t *kind);

/* From the plain twin upwards. */
enum edi_level {
	EDI_PLAIN,
	EDI_SSE2, /* any x86-64 processor */
	EDI_AVX2,
	EDI_AVX512,
	EDI_NR_LEVELS,
};

/* That level, or NULL where this processor has none of it. */
edi_index_fn *edi_index_of(enum edi_level level);

/* The fastest this processor has. */
edi_index_fn *edi_index_best(void);

/* The levels; call none but through the two above. */
edi_index_fn edi_index_plain;
#ifdef __x86_64__
edi_index_fn edi_index_sse2, edi_index_avx2, edi_index_avx512;
#endif

/* What the mark at `pos` is, with nothing before `from`. */
static inline uint8_t edi_kind_at(const struct edi_set *set, const char *in,
				  uint32_t from, uint32_t pos)
{
	uint8_t kind = set->kind[(uint8_t)in[pos]], last;

	if (!(kind & EDI_KIND_END) || pos == from)
		return kind;
	last = set->kind[(uint8_t)in[pos - 1]];
	if (last & EDI_KIND_SPACE ||
	    (last & EDI_KIND_TAG_3 && pos - from >= 3 &&
	     set->kind[(uint8_t)in[pos - 2]] & EDI_KIND_TAG_2 &&
	     set->kind[(uint8_t)in[pos - 3]] & EDI_KIND_TAG_1))
		kind |= EDI_KIND_SUSPECT;
	return kind;
}

#endif
