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
 * Known tags in groups of one bit each: which have a letter first, second and
 * third, at the low six bits of the letter, or at four. In the former a blank,
 * third, has the eighth bit, which all others have first and second. The groups
 * were found by trying at random, such that few other codes (countries,
 * airports, currencies) fit. Filled before main() begins.
 */
extern uint8_t edi_before[3][64], edi_before_low[3][16];

/* Masks of a block. */
struct edi_block {
	uint64_t terminator, end, odd; /* marks */
	uint64_t before; /* bytes before which a tag or blank may stand */
};

/* Blocks of one call that may make segments odd, in order. */
struct edi_doubts {
	uint32_t nr;
	struct edi_doubt {
		uint32_t pos, nr_end; /* where it stands; ends before it */
		struct edi_block block;
	} doubt[EDI_INDEX_MAX / 64 + 2];
};

/* Of the block before: terminators, and odd marks in a row with them. */
struct edi_last {
	uint64_t terminator, lead;
};

/* Before the first block: a terminator is the last byte. */
#define EDI_LAST_FIRST ((struct edi_last){ 1ull << 63, 0 })

/*
 * May segments be odd? What `b` has of odd marks and of `before` is cut down to
 * what has to be looked into. Moves `last` on.
 */
static inline bool edi_is_doubtful(struct edi_block *b, struct edi_last *last)
{
	uint64_t terminator = last->terminator, lead = last->lead, first;

	last->terminator = b->terminator;
	last->lead = 0;
	b->before &= b->end & ~(b->terminator << 4 | terminator >> 60);
	if (!(b->odd | b->before))
		return false;
	first = b->odd & (b->terminator << 1 | (terminator | lead) >> 63);
	last->lead = b->odd & ~(b->odd + first);
	b->odd ^= last->lead;
	b->before &= ~(last->lead << 4 | lead >> 60);
	return (b->odd | b->before) != 0;
}

/* To be looked into later: now it would be in the way of the loop. */
static inline void edi_put_doubt(struct edi_doubts *d, uint32_t pos,
				 uint32_t nr_end, const struct edi_block *b)
{
	d->doubt[d->nr++] = (struct edi_doubt){ pos, nr_end, *b };
}

/*
 * Look into them, all marks being in the lists, and take from `out` the places
 * of odd segments. Of `in` nothing before `from` counts.
 */
void edi_settle(const struct edi_doubts *d, const struct edi_set *set,
		const char *in, uint32_t from, struct edi_marks *out);

/* No marks yet. */
static inline void edi_begin(struct edi_marks *out)
{
	out->at[0] = 0;
	out->nr = 1;
	out->nr_end = out->nr_segment = 0;
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

/*
 * Does a blank, or a tag whose terminator may be lost, stand before the end at
 * `pos`? Nothing before `from` counts.
 */
bool edi_is_before(const struct edi_set *set, const char *in, uint32_t from,
		   uint32_t pos);

#endif
