/*
 * edi_index_avx2.c - 32 bytes at a time
 */
#include "parsers/edi_index.h"

#ifdef __x86_64__

#include <immintrin.h>
#include <string.h>

#define TARGET __attribute__((target("avx2,bmi,popcnt")))

/* Which of 64 bytes are in the set. */
TARGET static uint64_t matches(const struct edi_set *set, const char *p)
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

/* base + i for each bit i; scribbles on up to 7 places more. */
TARGET static uint32_t put(uint64_t bits, uint32_t base, uint32_t *out)
{
	uint32_t nr = (uint32_t)__builtin_popcountll(bits);

	while (bits) {
		/* eight at a time: their number is hard to foresee */
		for (int i = 0; i < 8; i++) {
			out[i] = base + (uint32_t)__builtin_ctzll(
						bits | (uint64_t)1 << 63);
			bits &= bits - 1;
		}
		out += 8;
	}
	return nr;
}

TARGET uint32_t edi_index_avx2(const struct edi_set *set, const char *in,
			       uint32_t from, uint32_t to, uint32_t *out,
			       uint8_t *kind)
{
	uint32_t nr = 0, at = from;
	char last[64] = { 0 };

	for (; to - at >= 64; at += 64) {
		__builtin_prefetch(in + at + EDI_INDEX_AHEAD);
		nr += put(matches(set, in + at), at, out + nr);
	}
	if (at < to) {
		memcpy(last, in + at, to - at);
		nr += put(matches(set, last) & (((uint64_t)1 << (to - at)) - 1),
			  at, out + nr);
	}
	for (uint32_t i = 0; i < nr; i++)
		kind[i] = edi_kind_at(set, in, from, out[i]);
	return nr;
}

#endif
