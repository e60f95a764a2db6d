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

/* What the loop needs in registers. */
struct tables {
	__m512i mark, terminator, element, component, before[3];
	__m512i number; /* 0 to 63 */
};

TARGET_INLINE struct tables load_tables(const struct edi_set *set)
{
	static const uint8_t number[64] = {
		0,  1,	2,  3,	4,  5,	6,  7,	8,  9,	10, 11, 12, 13, 14, 15,
		16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
		32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
		48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
	};

	return (struct tables){
		.mark = _mm512_loadu_si512(set->table[0]),
		.terminator = _mm512_set1_epi8((char)set->terminator),
		.element = _mm512_set1_epi8((char)set->element),
		.component = _mm512_set1_epi8((char)set->component),
		.before = { _mm512_loadu_si512(edi_before[0]),
			    _mm512_loadu_si512(edi_before[1]),
			    _mm512_loadu_si512(edi_before[2]) },
		.number = _mm512_loadu_si512(number),
	};
}

/* Which bytes are in the set; most sets have one table. */
TARGET_INLINE __mmask64 marks_of(const struct edi_set *set,
				 const struct tables *t, __m512i bytes)
{
	__mmask64 marks = _mm512_cmpeq_epi8_mask(
		_mm512_permutexvar_epi8(bytes, t->mark), bytes);

	for (unsigned i = 1; i < set->nr_table; i++)
		marks |= _mm512_cmpeq_epi8_mask(
			_mm512_permutexvar_epi8(
				bytes, _mm512_loadu_si512(set->table[i])),
			bytes);
	return marks;
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

/* base + i for each bit i of `marks`, `nr` of them: packed, then widened. */
TARGET_INLINE void put_marks(const struct tables *t, __mmask64 marks,
			     unsigned nr, __m512i base, uint32_t *out)
{
	__m512i at = _mm512_maskz_compress_epi8(marks, t->number);

#define QUARTER(q)                                     \
	_mm512_storeu_si512(                           \
		out + 16 * (q),                        \
		_mm512_add_epi32(base,                 \
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

/* The same of ends, bit i standing for the mark at base + i. */
TARGET_INLINE void put_ends(const struct tables *t, uint64_t ends, unsigned nr,
			    uint32_t base, uint16_t *out)
{
	__m512i at = _mm512_maskz_compress_epi8(ends, t->number);
	__m512i from = _mm512_set1_epi16((short)base);

#define HALF(h)                                        \
	_mm512_storeu_si512(                           \
		out + 32 * (h),                        \
		_mm512_add_epi16(from,                 \
				 _mm512_cvtepu8_epi16( \
					 _mm512_extracti64x4_epi64(at, h))))
	HALF(0);
	if (nr > 32)
		HALF(1);
#undef HALF
}

/* Bit i: does end i, of those before the window's last, end a segment? */
struct terminators {
	uint8_t byte[EDI_INDEX_MAX / 8 + 16];
};

/* Add those of `nr` ends to those of `nr_end`. Zeroes follow, 7 bytes of it. */
TARGET_INLINE void put_terminators(uint64_t terminators, unsigned nr,
				   uint32_t nr_end, struct terminators *t)
{
	uint8_t *byte = t->byte + nr_end / 8;
	uint64_t bits = terminators << nr_end % 8 | *byte;

	memcpy(byte, &bits, sizeof(bits));
	if (nr > 32) {
		bits = terminators >> 1 >> (63 - nr_end % 8);
		memcpy(byte + 8, &bits, sizeof(bits));
	}
}

static bool is_terminator(const struct terminators *t, uint32_t end)
{
	return t->byte[end / 8] >> end % 8 & 1;
}

/* What is written so far, and what of the last block has to be known. */
struct so_far {
	uint32_t nr, nr_end;
	uint64_t own;
};

/* The block at `pos`, and the three that end one, two, three bytes before. */
TARGET_INLINE void put_block(const struct edi_set *set, const struct tables *t,
			     const char *in, uint32_t from, uint32_t pos,
			     __mmask64 all, __m512i base, __m512i bytes,
			     __m512i third, __m512i second, __m512i first,
			     const struct edi_marks *out,
			     struct terminators *terminators, struct so_far *s)
{
	__mmask64 marks = marks_of(set, t, bytes) & all;
	uint64_t terminator =
		_mm512_cmpeq_epi8_mask(bytes, t->terminator) & all;
	uint64_t end =
		terminator | (_mm512_cmpeq_epi8_mask(bytes, t->element) & all);
	struct edi_block b = {
		.terminator = terminator,
		.end = end,
		.odd = marks &
		       ~(end | _mm512_cmpeq_epi8_mask(bytes, t->component)),
		.before = before_of(t, first, second, third),
	};
	uint32_t nr = (uint32_t)_mm_popcnt_u64(marks);
	uint32_t nr_end = (uint32_t)_mm_popcnt_u64(end);

	put_marks(t, marks, nr, base, out->at + s->nr);
	put_ends(t, _pext_u64(end, marks), nr_end, s->nr, out->end + s->nr_end);
	put_terminators(_pext_u64(terminator, end), nr_end, s->nr_end,
			terminators);
	if (edi_is_doubtful(&b, &s->own)) {
		struct edi_block copy = b; /* b stays in registers */
		uint32_t open = s->nr_end;

		while (open > 0 && !is_terminator(terminators, open - 1))
			open--;
		edi_doubt(&copy, in, from, pos, open, s->nr_end, out->end);
	}
	s->nr += nr;
	__asm__("" : "+r"(s->nr)); /* not both in one vector */
	s->nr_end += nr_end;
}

/* The first or last block: no byte before `from`, none from `to` on is read. */
TARGET static void put_edge(const struct edi_set *set, const char *in,
			    uint32_t from, uint32_t to, uint32_t pos,
			    struct edi_marks *out,
			    struct terminators *terminators, struct so_far *s)
{
	const struct tables t = load_tables(set);
	__mmask64 all = to - pos < 64 ? _bzhi_u64(~0ull, to - pos) : ~0ull;
	__mmask64 before = pos == from ? 0 : 7;

#define BYTES(n)                                                  \
	_mm512_maskz_loadu_epi8(all << (n) | before >> (3 - (n)), \
				in + pos - (n))
	put_block(set, &t, in, from, pos, all, _mm512_set1_epi32((int)pos),
		  BYTES(0), BYTES(1), BYTES(2), BYTES(3), out, terminators, s);
#undef BYTES
}

/* The list of segments: the terminators among `nr_end` ends. */
TARGET static void put_segments(const struct terminators *t, uint32_t nr_end,
				struct edi_marks *out)
{
	const struct tables tables = load_tables(&(struct edi_set){ .nr = 0 });
	uint32_t nr = 0;

	for (uint32_t i = 0; i < nr_end; i += 64) {
		uint64_t bits, rest = nr_end - i;

		memcpy(&bits, t->byte + i / 8, sizeof(bits));
		bits = _bzhi_u64(bits, rest < 64 ? (unsigned)rest : 64);
		put_ends(&tables, bits, 64, i, out->segment + nr);
		nr += (uint32_t)_mm_popcnt_u64(bits);
	}
	out->nr_segment = nr;
}

TARGET void edi_index_avx512(const struct edi_set *set, const char *in,
			     uint32_t from, uint32_t to, struct edi_marks *out)
{
	const struct tables t = load_tables(set);
	const struct edi_marks m = *out;
	struct so_far s = { 1, 0, EDI_OWN_FIRST };
	struct terminators terminators;
	uint32_t pos = from;
	__m512i base;

	out->at[0] = 0;
	terminators.byte[0] = 0;
	if (pos < to) {
		put_edge(set, in, from, to, pos, out, &terminators, &s);
		pos += to - pos < 64 ? to - pos : 64;
	}
	base = _mm512_set1_epi32((int)pos);
	for (; to - pos >= 64; pos += 64) {
		const char *p = in + pos;

		__builtin_prefetch(p + EDI_INDEX_AHEAD);
		put_block(set, &t, in, from, pos, ~0ull, base,
			  _mm512_loadu_si512(p), _mm512_loadu_si512(p - 1),
			  _mm512_loadu_si512(p - 2), _mm512_loadu_si512(p - 3),
			  &m, &terminators, &s);
		base = _mm512_add_epi32(base, _mm512_set1_epi32(64));
	}
	if (pos < to)
		put_edge(set, in, from, to, pos, out, &terminators, &s);
	out->nr = s.nr;
	out->nr_end = s.nr_end;
	put_segments(&terminators, s.nr_end, out);
}

#endif
