/*
 * structure.c - of a segment that has nothing odd in it every byte that is a
 * separator separates, so claims on them are a comparison of 64 bytes
 */
#include "parsers/structure.h"

#ifdef __x86_64__

#include <immintrin.h>

#define TARGET __attribute__((target("avx2")))

enum { WORD = 64 }; /* bytes that one word of claims is of */

/* Which of the 64 bytes at `p` are separators, the first in the lowest bit. */
TARGET static inline uint64_t separators(const char *p,
					 const struct edi_syntax *syn)
{
	const __m256i component = _mm256_set1_epi8(syn->component);
	const __m256i element = _mm256_set1_epi8(syn->element);
	__m256i low = _mm256_loadu_si256((const __m256i *)p);
	__m256i high = _mm256_loadu_si256((const __m256i *)(p + WORD / 2));

	low = _mm256_or_si256(_mm256_cmpeq_epi8(low, component),
			      _mm256_cmpeq_epi8(low, element));
	high = _mm256_or_si256(_mm256_cmpeq_epi8(high, component),
			       _mm256_cmpeq_epi8(high, element));
	return (uint32_t)_mm256_movemask_epi8(low) |
	       (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << WORD / 2;
}

/* Words of claims are of bytes that stand at multiples of 64. */
TARGET static inline void claim(uint64_t *keep, const char *in,
				const struct edi_segment *s,
				const struct edi_syntax *syn)
{
	uint32_t word = s->pos / WORD, last = s->term / WORD;
	uint64_t bits = separators(in + word * WORD, syn) >>
			s->pos % WORD << s->pos % WORD;

	/* the tag, which may go on in the next word */
	bits |= (uint64_t)7 << s->pos % WORD;
	if (s->pos % WORD > WORD - 3)
		keep[word + 1] |= (uint64_t)7 >> (WORD - s->pos % WORD);
	while (word < last) {
		keep[word++] |= bits;
		bits = separators(in + word * WORD, syn);
	}
	bits &= ((uint64_t)1 << s->term % WORD) - 1;
	keep[word] |= bits | (uint64_t)1 << s->term % WORD;
}

TARGET bool structure_claim(struct walk *w, const struct edi_reader *r)
{
	const struct edi_segment *s = &w->seg;

	/* a dirty part has separators that are none */
	if (!r->whole || s->odd || s->dirty || s->body - s->pos != 3 ||
	    (size_t)(s->term / WORD + 1) * WORD > w->in.len)
		return false;
	claims_segment(w->claims, (struct span){ s->pos, s->end - s->pos }, 3,
		       s->nr ? edi_part_nr(s, 0).len : 0);
	claim(w->claims->keep, w->in.ptr, s, &w->syntax);
	return true;
}

#else

bool structure_claim(struct walk *w, const struct edi_reader *r)
{
	(void)w;
	(void)r;
	return false;
}

#endif
