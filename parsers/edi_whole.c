/*
 * edi_whole.c - a segment in one go, as the index shows it
 *
 * Nearly all segments are nothing but a tag and parts with separators between
 * them. Which marks they have, the kinds of the next 32 marks tell, and their
 * positions are the bounds of the parts as they stand.
 */
#include "parsers/edi_rules.h"

#ifdef __x86_64__

#include <immintrin.h>
#include <string.h>

#define TARGET __attribute__((target("avx2,bmi,bmi2,popcnt")))

bool edi_can_whole(void)
{
	return __builtin_cpu_supports("avx2") &&
	       __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}

/* Which of the next 32 marks are what, the first in the lowest bit. */
struct marks {
	uint32_t terminator, element, odd, suspect;
};

TARGET static inline struct marks marks_at(const uint8_t *kind)
{
	__m256i k = _mm256_loadu_si256((const __m256i *)kind);
	struct marks m;

	m.terminator = (uint32_t)_mm256_movemask_epi8(k);
	k = _mm256_add_epi8(k, k);
	m.element = (uint32_t)_mm256_movemask_epi8(k);
	k = _mm256_add_epi8(k, k);
	m.odd = (uint32_t)_mm256_movemask_epi8(k);
	k = _mm256_add_epi8(k, k);
	m.suspect = (uint32_t)_mm256_movemask_epi8(k);
	return m;
}

/* The three bytes at `p` as EDI_TAG(); there is a fourth. */
static inline uint32_t three_at(const char *p)
{
	uint32_t four;

	memcpy(&four, p, sizeof(four));
	return __builtin_bswap32(four) >> 8;
}

/* A known tag, or else three capital letters or digits? */
static inline bool is_tag(uint32_t code)
{
	if (edi_is_tag_code(code))
		return true;
	for (int i = 0; i < 3; i++, code >>= 8)
		if ((uint8_t)(code - 'A') > 'Z' - 'A' &&
		    (uint8_t)(code - '0') > 9)
			return false;
	return true;
}

/* Does a tag, or a space, stand before one of these marks? */
TARGET static bool is_before_any(const struct edi_reader *r, uint32_t suspect)
{
	for (; suspect; suspect &= suspect - 1) {
		const char *p = r->in.ptr + r->at[__builtin_ctz(suspect)];

		if (edi_is_space(p[-1]) || edi_is_tag_code(three_at(p - 3)))
			return true;
	}
	return false;
}

/*
 * Where elements begin: behind the marks `element`, of `nr` parts in all.
 * Returns their number. Eight at a time: how many come is hard to foresee.
 */
TARGET static uint32_t put_elements(uint64_t element, uint32_t nr,
				    uint16_t *first)
{
	uint64_t bits = element | (uint64_t)1 << nr;

	do {
/* one by one: the compiler would rather pack eight into a vector first */
#define NEXT(i)                                \
	first[i] = (uint16_t)_tzcnt_u64(bits); \
	__asm__("" : "+m"(first[i]));          \
	bits &= bits - 1
		NEXT(1);
		NEXT(2);
		NEXT(3);
		NEXT(4);
		NEXT(5);
		NEXT(6);
		NEXT(7);
		NEXT(8);
#undef NEXT
		first += 8;
	} while (bits);
	return (uint32_t)__builtin_popcountll(element);
}

TARGET bool edi_take_whole(struct edi_reader *r, struct edi_segment *seg,
			   uint32_t pos)
{
	const uint32_t *at = r->at;
	struct marks m = marks_at(r->kind + (at - r->mark));
	uint32_t nr = (uint32_t)_tzcnt_u32(m.terminator), code;
	uint32_t below = _bzhi_u32(~0u, nr), upto = below << 1 | 1;

	if (nr == 0 || nr == 32 || m.odd & upto || at[nr] >= r->to ||
	    at[0] - pos != 3)
		return false;
	code = three_at(r->in.ptr + pos);
	if (!is_tag(code) || is_before_any(r, m.suspect & upto & ~1u))
		return false;
	*seg = (struct edi_segment){
		.tag = { (char)(code >> 16), (char)(code >> 8), (char)code },
		.code = code,
		.pos = pos,
		.body = at[0],
		.term = at[nr],
		.end = at[nr] + 1,
		.nr = nr,
		/* what is behind the tag opens an element, even a component */
		.elems = put_elements((m.element & below) | 1, nr, r->first),
		.bound = at,
		.first = r->first,
	};
	r->pos = seg->end;
	r->at = at + nr + 1;
	return true;
}

#else

bool edi_can_whole(void)
{
	return false;
}

bool edi_take_whole(struct edi_reader *r, struct edi_segment *seg, uint32_t pos)
{
	(void)r;
	(void)seg;
	(void)pos;
	return false;
}

#endif
