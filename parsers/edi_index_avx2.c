/*
 * edi_index_avx2.c - 32 bytes at a time
 */
#include "parsers/edi_block.h"

#ifdef __x86_64__

#include <immintrin.h>
#include <string.h>

#define TARGET	      __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define TARGET_INLINE TARGET __attribute__((always_inline)) static inline

/* The numbers of the bits of a byte that are set, in order. */
static uint8_t bits_of_byte[256][8];

__attribute__((constructor)) static void fill_bits(void)
{
	for (unsigned byte = 0; byte < 256; byte++)
		for (unsigned i = 0, nr = 0; i < 8; i++)
			if (byte >> i & 1)
				bits_of_byte[byte][nr++] = (uint8_t)i;
}

/*
 * What the loop needs in registers. Odd marks are found by two tables: a bit
 * for each upper half of a byte that one of them has, at the lower halves they
 * have with it, and at itself. Tags are by the lower halves of letters alone.
 */
struct tables {
	__m256i terminator, element, component, lower, upper, before[3];
};

TARGET_INLINE __m256i both(const uint8_t half[16])
{
	return _mm256_broadcastsi128_si256(
		_mm_loadu_si128((const __m128i *)(const void *)half));
}

/* Fails if odd marks have too many upper halves. */
TARGET static bool load_tables(struct tables *t, const struct edi_set *set)
{
	uint8_t lower[16] = { 0 }, upper[16] = { 0 };
	unsigned bits = 0;

	for (unsigned i = 0; i < set->nr; i++) {
		uint8_t byte = set->byte[i];

		if (set->kind[byte] != EDI_KIND_ODD)
			continue;
		if (!upper[byte >> 4]) {
			if (bits == 8)
				return false;
			upper[byte >> 4] = (uint8_t)(1u << bits++);
		}
		lower[byte & 15] |= upper[byte >> 4];
	}
	t->terminator = _mm256_set1_epi8((char)set->terminator);
	t->element = _mm256_set1_epi8((char)set->element);
	t->component = _mm256_set1_epi8((char)set->component);
	t->lower = both(lower);
	t->upper = both(upper);
	for (unsigned n = 0; n < 3; n++)
		t->before[n] = both(edi_before_low[n]);
	return true;
}

TARGET_INLINE __m256i load(const char *p)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

/* The numbers of the bits in byte `i` of a mask, and how many they are. */
TARGET_INLINE __m128i bits_of(uint64_t mask, unsigned i)
{
	return _mm_loadl_epi64((const __m128i *)(const void *)
				       bits_of_byte[(uint8_t)(mask >> 8 * i)]);
}

TARGET_INLINE unsigned nr_of(uint64_t mask, unsigned i)
{
	return (unsigned)_mm_popcnt_u32((uint8_t)(mask >> 8 * i));
}

TARGET_INLINE uint32_t mask_of(__m256i bytes)
{
	return (uint32_t)_mm256_movemask_epi8(bytes);
}

TARGET_INLINE uint32_t equal(__m256i a, __m256i b)
{
	return mask_of(_mm256_cmpeq_epi8(a, b));
}

TARGET_INLINE uint32_t odd_of(const struct tables *t, __m256i bytes)
{
	const __m256i half = _mm256_set1_epi8(15);
	__m256i lower =
		_mm256_shuffle_epi8(t->lower, _mm256_and_si256(bytes, half));
	__m256i upper = _mm256_shuffle_epi8(
		t->upper, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half));

	return ~equal(_mm256_and_si256(lower, upper), _mm256_setzero_si256());
}

/*
 * Before which of the 32 bytes at `p` may a tag or a blank stand? The last one
 * is moved such that of all bytes but those from @ to _ the top bit is set:
 * the shuffle gives nothing for them.
 */
TARGET_INLINE uint32_t before_of(const struct tables *t, const char *p)
{
	__m256i last = load(p - 1);
	__m256i moved =
		_mm256_adds_epu8(_mm256_xor_si256(last, _mm256_set1_epi8(0x40)),
				 _mm256_set1_epi8(0x60));
	__m256i groups = _mm256_and_si256(
		_mm256_and_si256(
			_mm256_shuffle_epi8(t->before[0], load(p - 3)),
			_mm256_shuffle_epi8(t->before[1], load(p - 2))),
		_mm256_shuffle_epi8(t->before[2], moved));
	__m256i none = _mm256_cmpeq_epi8(groups, _mm256_setzero_si256());
	__m256i blank = _mm256_cmpeq_epi8(last, _mm256_set1_epi8(' '));

	return ~mask_of(_mm256_andnot_si256(blank, none));
}

/* base + i for each bit i, one byte of them after the other. */
TARGET_INLINE void put_marks(uint64_t marks, uint32_t base, uint32_t *out)
{
	__m256i from = _mm256_set1_epi32((int)base);

#define NEXT(i)                                                             \
	_mm256_storeu_si256(                                                \
		(__m256i *)(void *)out,                                     \
		_mm256_add_epi32(from,                                      \
				 _mm256_cvtepu8_epi32(bits_of(marks, i)))); \
	from = _mm256_add_epi32(from, _mm256_set1_epi32(8));                \
	out += nr_of(marks, i)
	NEXT(0);
	NEXT(1);
	NEXT(2);
	NEXT(3);
	NEXT(4);
	NEXT(5);
	NEXT(6);
	NEXT(7);
#undef NEXT
}

/* The same of places: three bytes of them, and then what there is more. */
TARGET_INLINE void put_places(uint64_t places, uint32_t base, uint16_t *out)
{
	__m128i from = _mm_set1_epi16((short)base);

	do {
#define NEXT(i)                                                              \
	_mm_storeu_si128(                                                    \
		(__m128i *)(void *)out,                                      \
		_mm_add_epi16(from, _mm_cvtepu8_epi16(bits_of(places, i)))); \
	from = _mm_add_epi16(from, _mm_set1_epi16(8));                       \
	out += nr_of(places, i)
		NEXT(0);
		NEXT(1);
		NEXT(2);
#undef NEXT
		places >>= 24;
	} while (places);
}

/* The block at `pos`, whose bytes, and three before them, stand at `p`. */
TARGET_INLINE void put_block(const struct tables *t, uint32_t pos,
			     const char *p, uint64_t all, struct edi_marks *out,
			     struct edi_doubts *doubts, struct edi_last *last)
{
	__m256i a = load(p), b = load(p + 32);
#define BOTH(low, high) (((low) | (uint64_t)(high) << 32) & all)
	uint64_t terminator =
		BOTH(equal(a, t->terminator), equal(b, t->terminator));
	uint64_t end =
		BOTH(equal(a, t->element), equal(b, t->element)) | terminator;
	uint64_t odd = BOTH(odd_of(t, a), odd_of(t, b));
	uint64_t marks = BOTH(equal(a, t->component), equal(b, t->component)) |
			 end | odd;
	struct edi_block block = {
		.terminator = terminator,
		.end = end,
		.odd = odd,
		.before = BOTH(before_of(t, p), before_of(t, p + 32)),
	};
#undef BOTH
	put_marks(marks, pos, out->at + out->nr);
	put_places(_pext_u64(end, marks), out->nr, out->end + out->nr_end);
	put_places(_pext_u64(terminator, end), out->nr_end + 1,
		   out->segment + out->nr_segment);
	if (edi_is_doubtful(&block, last))
		edi_put_doubt(doubts, pos, out->nr_end, &block);
	out->nr += (uint32_t)_mm_popcnt_u64(marks);
	__asm__("" : "+r"(out->nr)); /* not all in one vector */
	out->nr_end += (uint32_t)_mm_popcnt_u64(end);
	out->nr_segment += (uint32_t)_mm_popcnt_u64(terminator);
}

/* The first or last block. */
TARGET static void put_edge(const struct tables *t, const char *in,
			    uint32_t from, uint32_t pos, uint32_t nr,
			    struct edi_marks *out, struct edi_doubts *doubts,
			    struct edi_last *last)
{
	char edge[3 + 64] = { 0 };

	put_block(t, pos, edi_edge(edge, in, from, pos, nr), ~0ull >> (64 - nr),
		  out, doubts, last);
}

TARGET void edi_index_avx2(const struct edi_set *set, const char *in,
			   uint32_t from, uint32_t to, struct edi_marks *out)
{
	struct edi_last last = EDI_LAST_FIRST;
	uint32_t pos = from;
	struct edi_doubts doubts;
	struct edi_marks m = *out;
	struct tables t;

	if (!load_tables(&t, set)) {
		edi_index_sse2(set, in, from, to, out);
		return;
	}
	doubts.nr = 0;
	edi_begin(&m);
	if (to - pos >= 64) {
		put_edge(&t, in, from, pos, 64, &m, &doubts, &last);
		pos += 64;
	}
	for (; to - pos >= 64; pos += 64) {
		__builtin_prefetch(in + pos + EDI_INDEX_AHEAD);
		put_block(&t, pos, in + pos, ~0ull, &m, &doubts, &last);
	}
	if (pos < to)
		put_edge(&t, in, from, pos, to - pos, &m, &doubts, &last);
	*out = m;
	edi_settle(&doubts, set, in, from, out);
}

#endif
