/*
 * sig_filter_avx2.c - four signatures at a time; bits are counted by halves of
 * bytes in a table of sixteen
 */
#include "watchlist/sig_filter.h"

#ifdef __x86_64__

#include <immintrin.h>

#define TARGET __attribute__((target("avx2,popcnt")))

enum { WIDE = 4 };

TARGET static inline __m256i count(__m256i v)
{
	const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2,
					       3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2,
					       2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
	const __m256i low = _mm256_set1_epi8(15);
	__m256i a = _mm256_shuffle_epi8(table, _mm256_and_si256(v, low));
	__m256i b = _mm256_shuffle_epi8(
		table, _mm256_and_si256(_mm256_srli_epi16(v, 4), low));

	return _mm256_sad_epu8(_mm256_add_epi8(a, b), _mm256_setzero_si256());
}

TARGET uint32_t sig_filter_avx2(const uint64_t *sig, uint32_t nr, uint64_t mine,
				unsigned int lost, unsigned int more,
				uint32_t *out)
{
	const __m256i q = _mm256_set1_epi64x((long long)mine);
	const __m256i most_lost = _mm256_set1_epi64x(lost);
	const __m256i most_more = _mm256_set1_epi64x(more);
	uint32_t n = 0, i = 0;

	for (; nr - i >= WIDE; i += WIDE) {
		__m256i s = _mm256_loadu_si256(
			(const __m256i *)(const void *)(sig + i));
		__m256i bad = _mm256_or_si256(
			_mm256_cmpgt_epi64(count(_mm256_andnot_si256(s, q)),
					   most_lost),
			_mm256_cmpgt_epi64(count(_mm256_andnot_si256(q, s)),
					   most_more));
		unsigned int good = ~(unsigned int)_mm256_movemask_pd(
					    _mm256_castsi256_pd(bad)) &
				    15;

		for (; good; good &= good - 1)
			out[n++] = i + (uint32_t)__builtin_ctz(good);
	}
	for (uint32_t k = sig_filter_plain(sig + i, nr - i, mine, lost, more,
					   out + n);
	     k > 0; k--)
		out[n++] += i;
	return n;
}

#endif
