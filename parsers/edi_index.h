/*
 * edi_index.h - where the bytes stand that the reader has to look at
 *
 * One pass over a piece of the payload writes down the positions of all bytes
 * of a small set: separators, terminator, release characters, line breaks.
 * Three of four bytes of a message are none of these and cost next to nothing.
 * There is a plain twin, and one for each width of vectors; all give the same.
 *
 *	edi_index_fn *find = edi_index_best();
 *	uint32_t *end = find(&set, payload.ptr, from, to, position);
 *
 * Threads: pure functions.
 */
#ifndef PARSERS_EDI_INDEX_H
#define PARSERS_EDI_INDEX_H

#include "base/str.h"

enum {
	EDI_SET_MAX = 12,     /* four service characters, `?`, CR, LF, quotes */
	EDI_INDEX_SPARE = 64, /* positions behind the last that are scribbled */
};

/* The bytes looked for, each once. */
struct edi_set {
	unsigned nr;
	uint8_t byte[EDI_SET_MAX];
	bool has[256];
};

/*
 * Write the positions of the bytes [from, to) of `in` that are in the set, in
 * order; returns behind the last. `out` has room for to - from positions and
 * EDI_INDEX_SPARE more.
 */
typedef uint32_t *edi_index_fn(const struct edi_set *set, const char *in,
			       uint32_t from, uint32_t to, uint32_t *out);

/* From the plain twin upwards. */
enum edi_level {
	EDI_PLAIN,
	EDI_SSE2,
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

/* Append base + i for each bit i; scribbles on up to 7 more. */
static inline uint32_t *edi_index_put(uint64_t bits, uint32_t base,
				      uint32_t *out)
{
	uint32_t *end = out + __builtin_popcountll(bits);

	while (bits) {
		/* eight at a time: their number is hard to foresee */
		for (int i = 0; i < 8; i++) {
			out[i] = base + (uint32_t)__builtin_ctzll(
						bits | (uint64_t)1 << 63);
			bits &= bits - 1;
		}
		out += 8;
	}
	return end;
}

#endif
