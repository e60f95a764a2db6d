/*
 * sig_filter_sse2.c - two signatures at a time; bits are counted by adding
 * neighbours
 */
#include "watchlist/sig_filter.h"

#ifdef __x86_64__

#include <emmintrin.h>

enum { WIDE = 2 };

static inline __m128i count(__m128i v)
{
	const __m128i by1 = _mm_set1_epi8(0x55), by2 = _mm_set1_epi8(0x33),
		      by4 = _mm_set1_epi8(0x0f);

	v = _mm_sub_epi8(v, _mm_and_si128(_mm_srli_epi64(v, 1), by1));
	v = _mm_add_epi8(_mm_and_si128(v, by2),
			 _mm_and_si128(_mm_srli_epi64(v, 2), by2));
	v = _mm_and_si128(_mm_add_epi8(v, _mm_srli_epi64(v, 4)), by4);
	return _mm_sad_epu8(v, _mm_setzero_si128());
}

uint32_t sig_filter_sse2(const uint64_t *sig, uint32_t nr, uint64_t mine,
			 unsigned int lost, unsigned int more, uint32_t *out)
{
	const __m128i q = _mm_set1_epi64x((long long)mine);
	const __m128i most_lost = _mm_set1_epi64x(lost);
	const __m128i most_more = _mm_set1_epi64x(more);
	uint32_t n = 0, i = 0;

	/* counts are below 65: their low halves tell */
	for (; nr - i >= WIDE; i += WIDE) {
		__m128i s = _mm_loadu_si128(
			(const __m128i *)(const void *)(sig + i));
		__m128i bad = _mm_or_si128(
			_mm_cmpgt_epi32(count(_mm_andnot_si128(s, q)),
					most_lost),
			_mm_cmpgt_epi32(count(_mm_andnot_si128(q, s)),
					most_more));
		int good = _mm_movemask_epi8(bad);

		if (!(good & 0x00ff))
			out[n++] = i;
		if (!(good & 0xff00))
			out[n++] = i + 1;
	}
	for (uint32_t k = sig_filter_plain(sig + i, nr - i, mine, lost, more,
					   out + n);
	     k > 0; k--)
		out[n++] += i;
	return n;
}

#endif
