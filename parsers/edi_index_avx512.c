/*
 * edi_index_avx512.c - 64 bytes at a time
 */
#include "parsers/edi_block.h"

#ifdef __x86_64__

#include <immintrin.h>
#include <string.h>

#define TARGET                                                           \
	__attribute__((target("avx512f,avx512bw,avx512vbmi,avx512vbmi2," \
			      "avx2,bmi,bmi2,popcnt")))
#define TARGET_INLINE TARGET __attribute__((always_inline)) static inline

/* 0, 1, ...: what packed masks are made of. */
static uint16_t number[EDI_INDEX_MAX + 64 + 1];

__attribute__((constructor)) static void fill_numbers(void)
{
	for (unsigned i = 0; i < ARRAY_SIZE(number); i++)
		number[i] = (uint16_t)i;
}

/* What the loop needs in registers. */
struct tables {
	__m512i mark, odd, terminator, element, before[3];
	__m512i number;	 /* 0 to 63 */
	__m512i widened; /* 16 to 31, each at the lowest of four bytes */
};

TARGET_INLINE struct tables load_tables(const struct edi_set *set)
{
	static const uint8_t bytes[64] = {
		0,  1,	2,  3,	4,  5,	6,  7,	8,  9,	10, 11, 12, 13, 14, 15,
		16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
		32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
		48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
	};
	__m512i numbers = _mm512_loadu_si512(bytes);

	return (struct tables){
		.mark = _mm512_loadu_si512(set->table),
		.odd = _mm512_loadu_si512(set->odd),
		.terminator = _mm512_set1_epi8((char)set->terminator),
		.element = _mm512_set1_epi8((char)set->element),
		.before = { _mm512_loadu_si512(edi_before[0]),
			    _mm512_loadu_si512(edi_before[1]),
			    _mm512_loadu_si512(edi_before[2]) },
		.number = numbers,
		.widened = _mm512_cvtepu8_epi32(
			_mm512_extracti32x4_epi32(numbers, 1)),
	};
}

/* Before which bytes a tag or a blank may stand: behind these three. */
TARGET_INLINE uint64_t before_of(const struct tables *t, __m512i first,
				 __m512i second, __m512i third)
{
	return _mm512_test_epi8_mask(
		_mm512_and_si512(_mm512_permutexvar_epi8(first, t->before[0]),
				 _mm512_permutexvar_epi8(second, t->before[1])),
		_mm512_permutexvar_epi8(third, t->before[2]));
}

/*
 * base + i for each bit i of `marks`, `nr` of them: packed, then widened. The
 * second quarter mostly for nothing: a branch costs more.
 */
TARGET_INLINE void put_marks(const struct tables *t, __mmask64 marks,
			     unsigned nr, __m512i base, uint32_t *out)
{
	__m512i at = _mm512_maskz_compress_epi8(marks, t->number);
	__m512i second = _mm512_maskz_permutexvar_epi8(0x1111111111111111,
						       t->widened, at);

#define PUT(quarter, bytes) \
	_mm512_storeu_si512(out + 16 * (quarter), _mm512_add_epi32(base, bytes))
	PUT(0, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(at)));
	PUT(1, second);
	if (nr > 32) {
		PUT(2, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(at, 2)));
		PUT(3, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(at, 3)));
	}
#undef PUT
}

enum { IS_TERMINATOR = 0x8000 };

/*
 * The places of ends: first + i for each bit i, marked if bit i of
 * `terminators`, moved together likewise, is set.
 */
TARGET_INLINE void put_ends(uint32_t ends, uint32_t terminators, uint32_t first,
			    uint16_t *out)
{
	__m512i at = _mm512_maskz_compress_epi16(
		ends, _mm512_loadu_si512(number + first));

	_mm512_storeu_si512(
		out,
		_mm512_mask_add_epi16(at, terminators, at,
				      _mm512_set1_epi16((short)IS_TERMINATOR)));
}

/* What is written so far, and what of the last block has to be known. */
struct so_far {
	uint32_t nr, nr_end;
	struct edi_last last;
};

/* The block at `pos`, and the three that end one, two, three bytes before. */
TARGET_INLINE void put_block(const struct tables *t, uint32_t pos,
			     __mmask64 all, __m512i base, __m512i bytes,
			     __m512i third, __m512i second, __m512i first,
			     const struct edi_marks *out,
			     struct edi_doubts *doubts, struct so_far *s)
{
	__mmask64 marks = _mm512_mask_cmpeq_epi8_mask(
		all, _mm512_permutexvar_epi8(bytes, t->mark), bytes);
	uint64_t terminator =
		_mm512_mask_cmpeq_epi8_mask(all, bytes, t->terminator);
	uint64_t end = terminator |
		       _mm512_mask_cmpeq_epi8_mask(all, bytes, t->element);
	struct edi_block b = {
		.terminator = terminator,
		.end = end,
		.odd = _mm512_movepi8_mask(
			_mm512_maskz_permutexvar_epi8(marks, bytes, t->odd)),
		.before = before_of(t, first, second, third),
	};
	uint32_t nr = (uint32_t)_mm_popcnt_u64(marks);
	uint64_t ends = _pext_u64(end, marks);
	uint64_t terminators = _pext_u64(terminator, end);

	put_marks(t, marks, nr, base, out->at + s->nr);
	put_ends((uint32_t)ends, (uint32_t)terminators, s->nr,
		 out->end + s->nr_end);
	if (nr > 32) {
		uint32_t done = (uint32_t)_mm_popcnt_u32((uint32_t)ends);

		put_ends(ends >> 32, (uint32_t)(terminators >> done),
			 s->nr + 32, out->end + s->nr_end + done);
	}
	if (edi_is_doubtful(&b, &s->last))
		edi_put_doubt(doubts, pos, s->nr_end, &b);
	s->nr += nr;
	__asm__("" : "+r"(s->nr)); /* not both in one vector */
	s->nr_end += (uint32_t)_mm_popcnt_u64(end);
}

/*
 * The first or last block: no byte before `from`, none from `to` on is read.
 * Nothing goes by address that the loop wants in registers.
 */
TARGET static struct so_far put_edge(const struct edi_set *set, const char *in,
				     uint32_t from, uint32_t to, uint32_t pos,
				     const struct edi_marks *out,
				     struct edi_doubts *doubts, struct so_far s)
{
	const struct tables t = load_tables(set);
	__mmask64 all = to - pos < 64 ? _bzhi_u64(~0ull, to - pos) : ~0ull;
	__mmask64 before = pos == from ? 0 : 7;

#define BYTES(n)                                                  \
	_mm512_maskz_loadu_epi8(all << (n) | before >> (3 - (n)), \
				in + pos - (n))
	put_block(&t, pos, all, _mm512_set1_epi32((int)pos), BYTES(0), BYTES(1),
		  BYTES(2), BYTES(3), out, doubts, &s);
#undef BYTES
	return s;
}

/* The list of segments, from the ends that are marked: no more, then. */
TARGET static void put_segments(struct edi_marks *out)
{
	uint32_t nr = 0;

	for (uint32_t i = 0; i < out->nr_end; i += 32) {
		uint32_t left = out->nr_end - i;
		__m512i ends = _mm512_loadu_si512(out->end + i);
		__mmask32 segments = _mm512_movepi16_mask(ends);

		if (left < 32)
			segments = _bzhi_u32(segments, left);
		_mm512_storeu_si512(
			out->segment + nr,
			_mm512_maskz_compress_epi16(
				segments, _mm512_loadu_si512(number + i + 1)));
		_mm512_storeu_si512(
			out->end + i,
			_mm512_and_si512(ends,
					 _mm512_set1_epi16(IS_TERMINATOR - 1)));
		nr += (uint32_t)_mm_popcnt_u32(segments);
	}
	out->nr_segment = nr;
}

TARGET void edi_index_avx512(const struct edi_set *set, const char *in,
			     uint32_t from, uint32_t to, struct edi_marks *out)
{
	const struct edi_marks m = *out;
	struct so_far s = { 1, 0, EDI_LAST_FIRST };
	struct edi_doubts doubts;
	uint32_t pos = from;
	struct tables t;
	__m512i base;

	if (set->nr_table > 1) { /* two marks with the same low six bits */
		edi_index_avx2(set, in, from, to, out);
		return;
	}
	t = load_tables(set);
	out->at[0] = 0;
	doubts.nr = 0;
	if (pos < to) {
		s = put_edge(set, in, from, to, pos, &m, &doubts, s);
		pos += to - pos < 64 ? to - pos : 64;
	}
	base = _mm512_set1_epi32((int)pos);
	for (; to - pos >= 64; pos += 64) {
		const char *p = in + pos;

		__builtin_prefetch(p + EDI_INDEX_AHEAD);
		put_block(&t, pos, ~0ull, base, _mm512_loadu_si512(p),
			  _mm512_loadu_si512(p - 1), _mm512_loadu_si512(p - 2),
			  _mm512_loadu_si512(p - 3), &m, &doubts, &s);
		base = _mm512_add_epi32(base, _mm512_set1_epi32(64));
	}
	if (pos < to)
		s = put_edge(set, in, from, to, pos, &m, &doubts, s);
	out->nr = s.nr;
	out->nr_end = s.nr_end;
	put_segments(out);
	edi_settle(&doubts, set, in, from, out);
}

#endif
