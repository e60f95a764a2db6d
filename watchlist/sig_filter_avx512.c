/*
 * sig_filter_avx512.c - eight signatures at a time, counted by VPOPCNTQ
 */
#include "watchlist/sig_filter.h"

#ifdef __x86_64__

#include <immintrin.h>

#define TARGET \
	__attribute__((target("avx512f,avx512vl,avx512vpopcntdq,popcnt")))

enum { WIDE = 8 };

TARGET uint32_t sig_filter_avx512(const uint64_t *sig, uint32_t nr,
				  uint64_t mine, unsigned int lost,
				  unsigned int more, uint32_t *out)
{
	const __m512i q = _mm512_set1_epi64((long long)mine);
	const __m512i most_lost = _mm512_set1_epi64(lost);
	const __m512i most_more = _mm512_set1_epi64(more);
	__m256i at = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
	uint32_t n = 0;

	for (uint32_t i = 0; i < nr; i += WIDE) {
		__mmask8 all = nr - i >= WIDE
				       ? 0xff
				       : (__mmask8)((1u << (nr - i)) - 1);
		__m512i s = _mm512_maskz_loadu_epi64(all, sig + i);
		__mmask8 good = _mm512_mask_cmple_epu64_mask(
			all, _mm512_popcnt_epi64(_mm512_andnot_si512(s, q)),
			most_lost);

		good = _mm512_mask_cmple_epu64_mask(
			good, _mm512_popcnt_epi64(_mm512_andnot_si512(q, s)),
			most_more);
		if (good) {
			_mm256_storeu_si256(
				(__m256i *)(void *)(out + n),
				_mm256_maskz_compress_epi32(good, at));
			n += (uint32_t)__builtin_popcount(good);
		}
		at = _mm256_add_epi32(at, _mm256_set1_epi32(WIDE));
	}
	return n;
}

#endif
