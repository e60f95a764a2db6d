/*
 * edi_index_avx512.c - 64 bytes at a time
 */
#include "parsers/edi_index.h"

#ifdef __x86_64__

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt")))

/* Append base + i for each bit i: the numbers 0 to 63, packed, widened. */
TARGET static uint32_t *put(__mmask64 bits, uint32_t base, uint32_t *out)
{
	static const uint8_t number[64] = {
		0,  1,	2,  3,	4,  5,	6,  7,	8,  9,	10, 11, 12, 13, 14, 15,
		16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
		32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
		48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
	};
	__m512i at =
		_mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(number));
	__m512i from = _mm512_set1_epi32((int)base);
	int nr = __builtin_popcountll(bits);

#define QUARTER(q)                                     \
	if (nr > 16 * (q))                             \
	_mm512_storeu_si512(                           \
		out + 16 * (q),                        \
		_mm512_add_epi32(from,                 \
				 _mm512_cvtepu8_epi32( \
					 _mm512_extracti32x4_epi32(at, q))))
	QUARTER(0);
	QUARTER(1);
	QUARTER(2);
	QUARTER(3);
#undef QUARTER
	return out + nr;
}

TARGET uint32_t *edi_index_avx512(const struct edi_set *set, const char *in,
				  uint32_t from, uint32_t to, uint32_t *out)
{
	while (from < to) {
		uint32_t n = to - from < 64 ? to - from : 64;
		__mmask64 all = ~(__mmask64)0 >> (64 - n), bits = 0;
		__m512i v = _mm512_maskz_loadu_epi8(all, in + from);

		for (unsigned k = 0; k < set->nr; k++)
			bits |= _mm512_mask_cmpeq_epi8_mask(
				all, v, _mm512_set1_epi8((char)set->byte[k]));
		out = put(bits, from, out);
		from += n;
	}
	return out;
}

#endif
