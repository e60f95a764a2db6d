/*
 * edi_index_avx2.c - 32 bytes at a time
 */
#include "parsers/edi_index.h"

#ifdef __x86_64__

#include <immintrin.h>
#include <string.h>

/* Which of 64 bytes are in the set. */
__attribute__((target("avx2,bmi,popcnt"))) static uint64_t
matches(const struct edi_set *set, const char *p)
{
	__m256i a = _mm256_loadu_si256((const __m256i *)p);
	__m256i b = _mm256_loadu_si256((const __m256i *)p + 1);
	__m256i in_a = _mm256_setzero_si256(), in_b = in_a;

	for (unsigned k = 0; k < set->nr; k++) {
		__m256i c = _mm256_set1_epi8((char)set->byte[k]);

		in_a = _mm256_or_si256(in_a, _mm256_cmpeq_epi8(a, c));
		in_b = _mm256_or_si256(in_b, _mm256_cmpeq_epi8(b, c));
	}
	return (uint32_t)_mm256_movemask_epi8(in_a) |
	       (uint64_t)(uint32_t)_mm256_movemask_epi8(in_b) << 32;
}

__attribute__((target("avx2,bmi,popcnt"))) uint32_t *
edi_index_avx2(const struct edi_set *set, const char *in, uint32_t from,
	       uint32_t to, uint32_t *out)
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
