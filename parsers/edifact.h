/*
 * edifact.h - reads EDIFACT, one segment at a time
 *
 * The reader walks the caller's bytes once, left to right, and hands out
 * where the parts stand. It copies nothing and knows no message type: what a
 * NAD means is the business of paxlst.c and pnrgov.c. All positions are bytes
 * of the payload. edi_next() looks only at the bytes an index gives it
 * (edi_index.h); its plain twin at every byte, to the same result.
 *
 *	struct edi_reader r;
 *	struct edi_segment seg;
 *
 *	edi_init(&r, payload, start_of_interchange, &syntax, &arena);
 *	while (edi_next(&r, &seg))
 *		if (edi_part(&seg, 4, 1, &part))
 *			use(part);	NAD+FL+++DOE: here DOE
 *
 * Element 1 is the first after the tag, component 1 the first in it. A part
 * is raw: edi_clean() takes line breaks and release characters out. Nothing
 * is ever split on the repetition separator: airlines write `*` in text.
 *
 * Lifetime: views live as long as the payload; a segment's arrays until the
 * next edi_next(). Threads: a reader belongs to one.
 */
#ifndef PARSERS_EDIFACT_H
#define PARSERS_EDIFACT_H

#include "base/arena.h"
#include "parsers/edi_index.h"

enum {
	EDI_MAX_PARTS = 4096, /* components of a segment; the rest is dropped */
};

/* Service characters: ISO 9735's, unless a UNA says otherwise. */
struct edi_syntax {
	char component, element, release, segment; /* release 0: none */
	bool curly; /* a curly or backward quote may stand for the terminator */
};

#define EDI_SYNTAX_DEFAULT ((struct edi_syntax){ ':', '+', '?', '\'', false })

struct edi_part {
	uint32_t pos, len;
	bool dirty; /* holds a release character or a line break */
};

/* What was odd about a segment; a warning each. */
enum edi_oddity {
	EDI_UNTERMINATED = 1, /* the buffer ended before its terminator */
	EDI_TOO_MANY = 2,     /* parts beyond EDI_MAX_PARTS were dropped */
	EDI_LOST = 4,	  /* its terminator is missing; the next tag ends it */
	EDI_DANGLING = 8, /* a release character protects nothing */
	EDI_BAD_TAG = 16, /* the tag is not three letters or digits */
	EDI_QUOTE = 32,	  /* a curly or backward quote ends it */
};

/*
 *	pos                                term  end
 *	TAG+element 1:component 2+element 2'     next segment
 */
struct edi_segment {
	char tag[4];	/* upper case, NUL behind; "" when EDI_BAD_TAG */
	uint32_t code;	/* the tag as a number, see EDI_TAG() */
	uint32_t pos;	/* of the tag */
	uint32_t body;	/* of what follows the tag: separator or terminator */
	uint32_t term;	/* of the terminator, or == end when there is none */
	uint32_t end;	/* behind the terminator */
	uint32_t nr;	/* parts */
	uint32_t elems; /* elements */
	/*
	 * The part at i stands between bytes bound[i] and bound[i + 1], both
	 * apart. Element e has those from first[e] to first[e + 1], that not
	 * among them; first[1], always there, is that of the segment's first.
	 */
	const uint32_t *bound;
	const bool *dirty; /* is the part at i? NULL: none is */
	const uint16_t *first;
	unsigned odd; /* enum edi_oddity, or'ed */
};

/* A tag as a number, to compare and to switch on: EDI_TAG('N', 'A', 'D'). */
#define EDI_TAG(a, b, c) \
	((uint32_t)(a) << 16 | (uint32_t)(b) << 8 | (uint32_t)(c))

struct edi_reader {
	struct str in; /* borrowed */
	size_t pos;    /* next byte to read */
	struct edi_syntax syn;
	uint8_t class[256]; /* enum edi_class */
	/* of a segment that is read part by part, EDI_MAX_PARTS of them */
	uint32_t *bound;
	bool *dirty;
	uint16_t *first;
	edi_index_fn *find;
	bool whole; /* may segments be taken whole, as the index has them? */
	struct edi_set set;
	uint32_t from, to;	/* the window that is indexed */
	struct edi_marks marks; /* of it, and `to` behind them */
	/* the next one's, of marks; before the first stands a 0 */
	const uint16_t *segment;
	const uint32_t *at; /* the next mark, where parts are read */
};

/* Read `in` from byte `pos`, the first of a segment. Borrows `in`. */
void edi_init(struct edi_reader *r, struct str in, size_t pos,
	      const struct edi_syntax *syn, struct arena *a);

/* The next segment; false at the end of the input. Blank space is skipped. */
MUST_CHECK bool edi_next(struct edi_reader *r, struct edi_segment *seg);

/* The same, each byte looked at: the plain twin. Use one or the other. */
MUST_CHECK bool edi_next_plain(struct edi_reader *r, struct edi_segment *seg);

/* Number of components of an element; 0 when there is no such element. */
static inline unsigned edi_components(const struct edi_segment *seg,
				      unsigned elem)
{
	if (elem == 0 || elem > seg->elems)
		return 0;
	return (unsigned)(seg->first[elem + 1] - seg->first[elem]);
}

/* What bounds its parts, nr + 1 bytes: what follows the tag first. */
static inline const uint32_t *edi_bounds(const struct edi_segment *seg)
{
	return seg->bound + seg->first[1];
}

/* The part at `i`, as `first` counts them. */
static inline struct edi_part edi_part_at(const struct edi_segment *seg,
					  uint32_t i)
{
	uint32_t pos = seg->bound[i] + 1;

	return (struct edi_part){ pos, seg->bound[i + 1] - pos,
				  seg->dirty && seg->dirty[i] };
}

/* Part `i` of the segment, from 0. */
static inline struct edi_part edi_part_nr(const struct edi_segment *seg,
					  uint32_t i)
{
	return edi_part_at(seg, seg->first[1] + i);
}

/* Component `comp` of element `elem`; false when it is not there. */
static inline bool edi_part(const struct edi_segment *seg, unsigned elem,
			    unsigned comp, struct edi_part *out)
{
	if (comp == 0 || comp > edi_components(seg, elem))
		return false;
	*out = edi_part_at(seg, seg->first[elem] + comp - 1);
	return true;
}

/*
 * The text of a part: a view when it is clean, else a copy in the arena
 * without line breaks and release characters. Bytes of the sender's charset.
 */
struct str edi_clean(const struct edi_syntax *syn, struct str in,
		     const struct edi_part *p, struct arena *a);

/*
 * The raw bytes from which bytes [from, to) of the cleaned text of `p` were
 * made: releases and the line breaks between them included.
 */
void edi_raw_range(const struct edi_syntax *syn, struct str in,
		   const struct edi_part *p, size_t from, size_t to,
		   struct edi_part *out);

/*
 * Call `each` for every byte in [from, to) that is a separator; for the part
 * of a segment that was dropped.
 */
void edi_each_separator(const struct edi_reader *r, size_t from, size_t to,
			void (*each)(void *arg, size_t pos), void *arg);

/*
 * May the first codes of such a segment have told that the one before it lost
 * its terminator? They have to be kept then.
 */
bool edi_has_shape(uint32_t code);

/* Is this a segment tag of PAXLST, PNRGOV or the envelope? 3 letters. */
bool edi_is_known_tag(const char *three);

#endif
