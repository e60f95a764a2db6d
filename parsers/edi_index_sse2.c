/*
 * edi_index_sse2.c - 16 bytes at a time; every x86-64 processor has it
 */
#include "parsers/edi_index.h"

#ifdef __x86_64__

#include <emmintrin.h>
#include <string.h>

/* Which of the 16 bytes at `p` are in the set. */
static inline uint64_t sixteen(const __m128i *wanted, unsigned nr,
			       const char *p)
{
	__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i in = _mm_setzero_si128();

	for (unsigned k = 0; k < nr; k++)
		in = _mm_or_si128(in, _mm_cmpeq_epi8(bytes, wanted[k]));
	return (uint64_t)(unsigned)_mm_movemask_epi8(in);
}

/* Which of 64 bytes are. */
static inline uint64_t matches(const __m128i *wanted, unsigned nr,
			       const char *p)
{
	return sixteen(wanted, nr, p) | sixteen(wanted, nr, p + 16) << 16 |
	       sixteen(wanted, nr, p + 32) << 32 |
	       sixteen(wanted, nr, p + 48) << 48;
}

/*
 * base + i for each bit i; returns their number. One by one: a count of bits,
 * by which several could go at once, these processors need not have.
 */
static inline uint32_t put(uint64_t bits, uint32_t base, uint32_t *out)
{
	uint32_t nr = 0;

	for (; bits; bits &= bits - 1)
		out[nr++] = base + (uint32_t)__builtin_ctzll(bits);
	return nr;
}

uint32_t edi_index_sse2(const struct edi_set *set, const char *in,
			uint32_t from, uint32_t to, uint32_t *out,
			uint8_t *kind)
{
	__m128i wanted[EDI_SET_MAX];
	uint32_t nr = 0, at = from;
	char last[64] = { 0 };

	for (unsigned k = 0; k < set->nr; k++)
		wanted[k] = _mm_set1_epi8((char)set->byte[k]);
	for (; to - at >= 64; at += 64) {
		__builtin_prefetch(in + at + EDI_INDEX_AHEAD);
		nr += put(matches(wanted, set->nr, in + at), at, out + nr);
	}
	if (at < to) {
		memcpy(last, in + at, to - at);
		nr += put(matches(wanted, set->nr, last) &
				  (((uint64_t)1 << (to - at)) - 1),
			  at, out + nr);
	}
	for (uint32_t i = 0; i < nr; i++)
		kind[i] = edi_kind_at(set, in, from, out[i]);
	return nr;
}

#endif
