/*
 * edi_index_sse2.c - 16 bytes at a time; every x86-64 processor has it
 */
#include "parsers/edi_block.h"

#ifdef __x86_64__

#include <emmintrin.h>
#include <string.h>

/* The marks of each kind, in all bytes of a vector. */
struct wanted {
	__m128i terminator, element, component, odd[EDI_SET_MAX];
	unsigned nr_odd;
};

static struct wanted wanted_of(const struct edi_set *set)
{
	struct wanted w = {
		.terminator = _mm_set1_epi8((char)set->terminator),
		.element = _mm_set1_epi8((char)set->element),
		.component = _mm_set1_epi8((char)set->component),
	};

	for (unsigned i = 0; i < set->nr; i++)
		if (set->kind[set->byte[i]] == EDI_KIND_ODD)
			w.odd[w.nr_odd++] = _mm_set1_epi8((char)set->byte[i]);
	return w;
}

static inline uint64_t bits_of(__m128i mask)
{
	return (uint64_t)(unsigned)_mm_movemask_epi8(mask);
}

static inline __m128i load(const char *p)
{
	return _mm_loadu_si128((const __m128i *)(const void *)p);
}

/* May a tag or a blank stand before these bytes? Three capitals, at least. */
static inline uint64_t before_of(const char *p)
{
	/* what is moved down by this: signed, capitals are the least then */
	const __m128i least = _mm_set1_epi8((char)('A' + 128));
	const __m128i most = _mm_set1_epi8(-128 + 'Z' - 'A');
	__m128i last = load(p - 1);
	__m128i none = _mm_or_si128(
		_mm_cmpgt_epi8(_mm_sub_epi8(last, least), most),
		_mm_or_si128(
			_mm_cmpgt_epi8(_mm_sub_epi8(load(p - 2), least), most),
			_mm_cmpgt_epi8(_mm_sub_epi8(load(p - 3), least),
				       most)));

	return bits_of(_mm_cmpeq_epi8(last, _mm_set1_epi8(' '))) |
	       (bits_of(none) ^ 0xffff);
}

/* What the 16 bytes at `p` are: they and three before them can be read. */
static inline void add_sixteen(const struct wanted *w, const char *p,
			       unsigned at, struct edi_block *b,
			       uint64_t *component)
{
	__m128i bytes = load(p), odd = _mm_setzero_si128();
	uint64_t terminator = bits_of(_mm_cmpeq_epi8(bytes, w->terminator));

	for (unsigned i = 0; i < w->nr_odd; i++)
		odd = _mm_or_si128(odd, _mm_cmpeq_epi8(bytes, w->odd[i]));
	b->terminator |= terminator << at;
	b->end |= (bits_of(_mm_cmpeq_epi8(bytes, w->element)) | terminator)
		  << at;
	b->odd |= bits_of(odd) << at;
	b->before |= before_of(p) << at;
	*component |= bits_of(_mm_cmpeq_epi8(bytes, w->component)) << at;
}

/* The block at `pos`, whose bytes, and three before them, stand at `p`. */
static void put_block(const struct wanted *w, uint32_t pos, const char *p,
		      uint64_t all, struct edi_marks *out,
		      struct edi_doubts *doubts, struct edi_last *last)
{
	struct edi_block b = { 0 };
	uint64_t marks = 0;
	uint32_t nr_end = out->nr_end;

	for (unsigned at = 0; at < 64; at += 16)
		add_sixteen(w, p + at, at, &b, &marks);
	b.terminator &= all;
	b.end &= all;
	b.odd &= all;
	for (marks = (marks & all) | b.end | b.odd; marks; marks &= marks - 1) {
		unsigned i = (unsigned)__builtin_ctzll(marks);

		/* into all lists, and over it where it does not belong there */
		out->at[out->nr] = pos + i;
		out->end[out->nr_end] = (uint16_t)out->nr++;
		out->nr_end += b.end >> i & 1;
		out->segment[out->nr_segment] = (uint16_t)out->nr_end;
		out->nr_segment += b.terminator >> i & 1;
	}
	if (edi_is_doubtful(&b, last))
		edi_put_doubt(doubts, pos, nr_end, &b);
}

void edi_index_sse2(const struct edi_set *set, const char *in, uint32_t from,
		    uint32_t to, struct edi_marks *out)
{
	const struct wanted w = wanted_of(set);
	struct edi_last last = EDI_LAST_FIRST;
	struct edi_doubts doubts;
	struct edi_marks m = *out;

	doubts.nr = 0;
	edi_begin(&m);
	for (uint32_t pos = from; pos < to; pos += 64) {
		uint32_t nr = to - pos < 64 ? to - pos : 64;
		char edge[3 + 64] = { 0 };

		__builtin_prefetch(in + pos + EDI_INDEX_AHEAD);
		put_block(&w, pos,
			  pos != from && nr == 64
				  ? in + pos
				  : edi_edge(edge, in, from, pos, nr),
			  ~0ull >> (64 - nr), &m, &doubts, &last);
	}
	*out = m;
	edi_settle(&doubts, set, in, from, out);
}

#endif
