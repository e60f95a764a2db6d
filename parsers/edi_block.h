/*
 * edi_block.h - what the vector levels of the index share
 *
 * They look at 64 bytes at a time, bit i of a mask standing for byte i. Whether
 * a segment is odd is guessed first, from masks: a byte whose bits in `before`
 * agree with those of the two before it may end a known tag. The few guesses
 * are looked into one by one (edi_doubt.c).
 *
 * Threads: pure functions.
 */
#ifndef PARSERS_EDI_BLOCK_H
#define PARSERS_EDI_BLOCK_H

#include "parsers/edi_index.h"

#include <string.h>

/*
 * Known tags in seven groups of one bit each: which have a letter first, second
 * and third, at the low six bits of the letter. A blank, third, has the eighth
 * bit, which all others have first and second. The groups were found by trying
 * at random, such that few other codes (countries, airports, currencies) fit.
 */
extern const uint8_t edi_before[3][64];

/* Masks of a block. */
struct edi_block {
	uint64_t terminator, end, odd; /* marks */
	uint64_t before; /* bytes before which a tag or blank may stand */
};

/* Of the block before the first: a terminator is its last byte. */
static const uint64_t EDI_OWN_FIRST = 1ull << 63;

/*
 * May segments be odd? Taken from `b` is what tells nothing of the kind, see
 * edi_index_fn. `own` is of the block before: its terminators and the odd marks
 * in a row with them; it becomes that of this one.
 */
static inline bool edi_is_doubtful(struct edi_block *b, uint64_t *own)
{
	uint64_t last = *own;
	uint64_t first = b->odd & (b->terminator << 1 | last >> 63);
	uint64_t lead = b->odd & ~(b->odd + first);

	*own = b->terminator | lead;
	b->odd ^= lead;
	b->before &= b->end & ~(*own << 4 | last >> 60);
	return (b->odd | b->before) != 0;
}

/*
 * Look into the doubts of the block at `pos` of `in`, of which nothing before
 * `from` counts, and take the places of odd segments from `end`, the list of
 * ends. The block's begin at `nr_end`; the first of the segment that is open
 * there stands, or will stand, at `first`.
 */
void edi_doubt(const struct edi_block *b, const char *in, uint32_t from,
	       uint32_t pos, uint32_t first, uint32_t nr_end, uint16_t *end);

/* No marks yet. */
static inline void edi_begin(struct edi_marks *out)
{
	out->at[0] = 0;
	out->nr = 1;
	out->nr_end = out->nr_segment = 0;
}

/* Where the first end of the segment stands, or will, that is open now. */
static inline uint32_t edi_open_end(const struct edi_marks *out)
{
	return out->nr_segment ? out->segment[out->nr_segment - 1] + 1u : 0;
}

/*
 * The `nr` bytes at `pos`, at most 64, copied to where all of a block and three
 * before it can be read: `edge`, of zeroes. Those before `from` stay zeroes.
 */
static inline const char *edi_edge(char edge[3 + 64], const char *in,
				   uint32_t from, uint32_t pos, uint32_t nr)
{
	uint32_t before = pos - from < 3 ? pos - from : 3;

	memcpy(edge + 3 - before, in + pos - before, before + nr);
	return edge + 3;
}

/* Does a known tag or a blank stand before `pos`, behind `from`? */
bool edi_is_before(const char *in, uint32_t from, uint32_t pos);

#endif
