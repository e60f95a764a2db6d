/*
 * edi_index.h - where the bytes stand that the reader has to look at
 *
 * One pass over a piece of the payload writes down where all bytes of a small
 * set stand, the marks: separators, terminator, release characters, line
 * breaks. Three of four bytes of a message are none of these and cost next to
 * nothing. A second list says which marks end an element, a third which of
 * those end a segment: so a segment is no more than a range of each list.
 *
 *	NAD+FL+++DOE:JOHN'LOC+178+BRU'
 *	   ^  ^^^   ^    ^   ^   ^   ^	at: where they stand
 *	   1  234   5    6   7   8   9
 *	   0  123        4   5   6   7	end: 1 2 3 4 6 7 8 9, places in `at`
 *	                 0           1	segment: 5 8, places in `end` behind it
 *
 * Of a segment in which something needs a second look the first end has no
 * place. There is a plain twin, and one for each width of vectors; all give
 * the same.
 *
 *	edi_index_fn *find = edi_index_best();
 *	find(&set, payload.ptr, from, to, &marks);
 *
 * Threads: pure functions.
 */
#ifndef PARSERS_EDI_INDEX_H
#define PARSERS_EDI_INDEX_H

#include "base/str.h"

enum {
	EDI_SET_MAX = 16, /* 4 service characters, `?`, spaces, quotes */
	EDI_SET_TABLES = 4,
	EDI_INDEX_MAX = 8192,	/* bytes at a time: the near cache has room */
	EDI_INDEX_SPARE = 64,	/* places behind the last, scribbled on */
	EDI_INDEX_AHEAD = 2048, /* bytes that are fetched from memory early */
};

/* What a byte is. */
enum edi_kind {
	EDI_KIND_NONE, /* no mark */
	EDI_KIND_COMPONENT,
	EDI_KIND_ELEMENT,
	EDI_KIND_TERMINATOR,
	EDI_KIND_ODD, /* any other mark, no separator */
};

/*
 * The bytes looked for. Zeroed, none are; edi_set_add() adds one, or makes it
 * another kind. Not the same for two bytes: terminator, element, component.
 */
struct edi_set {
	uint8_t kind[256]; /* enum edi_kind */
	unsigned nr;
	uint8_t byte[EDI_SET_MAX];
	/* of the kinds that only one byte has; any mark's where none has it */
	uint8_t terminator, element, component;
	/* at the low six bits of a mark that mark, in one of the tables */
	unsigned nr_table;
	uint8_t table[EDI_SET_TABLES][64];
	uint8_t odd[64]; /* 0x80 at those of odd marks */
};

/* `byte` is a mark of that kind. At most EDI_SET_MAX are. */
void edi_set_add(struct edi_set *set, uint8_t byte, enum edi_kind kind);

/*
 * What was found, in lists that the caller has made: with room for as many as
 * there are bytes, and EDI_INDEX_SPARE more.
 */
struct edi_marks {
	uint32_t *at;  /* from 1 on: where marks stand, in order; [0] is 0 */
	uint16_t *end; /* which are an element's or a segment's end */
	uint16_t *segment;		 /* which of those are a segment's */
	uint32_t nr, nr_end, nr_segment; /* places taken, at[0] too */
};

/*
 * Find the marks among the bytes [from, to) of `in`, EDI_INDEX_MAX at most. No
 * byte before `from` counts, but a segment begins there.
 *
 * A segment's first end is 0 when behind it stands an odd mark; or another end
 * before which a blank stands, or a known tag for which a terminator may be
 * lost (edi_lost.c). Not looked at is an end four bytes behind the terminator
 * before, or behind an odd mark in a row with that, such as a line break.
 */
typedef void edi_index_fn(const struct edi_set *set, const char *in,
			  uint32_t from, uint32_t to, struct edi_marks *out);

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

#endif
