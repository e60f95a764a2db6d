/*
 * edi_index_avx512.c - 64 bytes at a time
 */
#include "parsers/edi_index.h"

#ifdef __x86_64__

#include <immintrin.h>

#define TARGET          \
	__attribute__(( \
		target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi,popcnt")))

/* Append base + i for each bit i: the numbers 0 to 63, packed, widened. */
TARGET static void put(__mmask64 bits, int nr, uint32_t base, uint32_t *out)
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

#define QUARTER(q)                                     \
	_mm512_storeu_si512(                           \
		out + 16 * (q),                        \
		_mm512_add_epi32(from,                 \
				 _mm512_cvtepu8_epi32( \
					 _mm512_extracti32x4_epi32(at, q))))
	QUARTER(0);
	QUARTER(1); /* though mostly for nothing: a branch costs more */
	if (nr > 32) {
		QUARTER(2);
		QUARTER(3);
	}
#undef QUARTER
}

/* What each byte is; of one beyond ASCII no vector of 128 can tell. */
TARGET static __m512i kinds_of(const struct edi_set *set, const __m512i *table,
			       __m512i bytes)
{
	uint8_t each[64];

	if (!_mm512_movepi8_mask(bytes))
		return _mm512_permutex2var_epi8(table[0], bytes, table[1]);
	_mm512_storeu_si512(each, bytes);
	for (int i = 0; i < 64; i++)
		each[i] = set->kind[each[i]];
	return _mm512_loadu_si512(each);
}

/* Masks of the 64 bytes before. */
struct before {
	uint64_t space, tag[3];
};

/* Behind which bytes a space stands, or three letters as of a tag. */
TARGET static uint64_t suspects(__m512i kinds, struct before *b)
{
#define WITH(bit) _mm512_test_epi8_mask(kinds, _mm512_set1_epi8((char)(bit)))
	struct before now = { WITH(EDI_KIND_SPACE),
			      { WITH(EDI_KIND_TAG_1), WITH(EDI_KIND_TAG_2),
				WITH(EDI_KIND_TAG_3) } };
#undef WITH
	uint64_t space = now.space << 1 | b->space >> 63;
	uint64_t tag = (now.tag[0] << 3 | b->tag[0] >> 61) &
		       (now.tag[1] << 2 | b->tag[1] >> 62) &
		       (now.tag[2] << 1 | b->tag[2] >> 63);

	*b = now;
	return space | tag;
}

TARGET uint32_t edi_index_avx512(const struct edi_set *set, const char *in,
				 uint32_t from, uint32_t to, uint32_t *out,
				 uint8_t *kind)
{
	const __m512i table[2] = { _mm512_loadu_si512(set->kind),
				   _mm512_loadu_si512(set->kind + 64) };
	const __m512i mark = _mm512_set1_epi8((char)EDI_KIND_MARK);
	const __m512i end = _mm512_set1_epi8((char)EDI_KIND_END);
	const __m512i suspect = _mm512_set1_epi8(EDI_KIND_SUSPECT);
	struct before before = { 0 };
	uint32_t nr = 0;

	for (; from < to; from += 64) {
		uint32_t n = to - from < 64 ? to - from : 64;
		__mmask64 all = ~(__mmask64)0 >> (64 - n), marks;
		__m512i kinds = kinds_of(
			set, table, _mm512_maskz_loadu_epi8(all, in + from));
		uint64_t tell = suspects(kinds, &before);
		int found;

		__builtin_prefetch(in + from + EDI_INDEX_AHEAD);
		marks = _mm512_mask_test_epi8_mask(all, kinds, mark);
		kinds = _mm512_mask_add_epi8(
			kinds, tell & _mm512_test_epi8_mask(kinds, end), kinds,
			suspect);
		found = __builtin_popcountll(marks);
		_mm512_storeu_si512(kind + nr,
				    _mm512_maskz_compress_epi8(marks, kinds));
		put(marks, found, from, out + nr);
		nr += (uint32_t)found;
	}
	return nr;
}

#endif
