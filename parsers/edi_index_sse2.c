/*
 * edi_index_sse2.c - 16 bytes at a time, any x86-64
 */
#include "parsers/edi_index.h"

#ifdef __x86_64__

#include <immintrin.h>
#include <string.h>

/* Which of 64 bytes are in the set. */
static uint64_t matches(const struct edi_set *set, const char *p)
{
	uint64_t bits = 0;

	for (int i = 0; i < 4; i++) {
		__m128i v = _mm_loadu_si128((const __m128i *)p + i);
		__m128i hit = _mm_setzero_si128();

		for (unsigned k = 0; k < set->nr; k++) {
			__m128i c = _mm_set1_epi8((char)set->byte[k]);

			hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, c));
		}
		bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(hit) << (16 * i);
	}
	return bits;
}

uint32_t *edi_index_sse2(const struct edi_set *set, const char *in,
			 uint32_t from, uint32_t to, uint32_t *out)
{
	char last[64] = { 0 };

	for (; to - from >= 64; from += 64)
		out = edi_index_put(matches(set, in + from), from, out);
	if (from == to)
		return out;
	memcpy(last, in + from, to - from);
	return edi_index_put(matches(set, last) &
				     (((uint64_t)1 << (to - from)) - 1),
			     from, out);
}

#endif
