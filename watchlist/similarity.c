/* similarity.c - two texts: distance, budget, similarity (see score.h) */
#include "watchlist/score.h"

#include <string.h>

enum {
	SIM_STUB = 950,	   /* the beginning of a word, its field being cut */
	EDIT_PRICE = 1000, /* of one edit, divided by the longer length */
};

unsigned int text_budget(size_t len)
{
	if (len <= 3)
		return 0;
	if (len <= 5)
		return 1;
	return len <= 9 ? 2 : 3;
}

/*
 * Hyyro's bit-parallel form of the table (2003): a column of it is two words,
 * bit i of `up` (`down`) says that row i is one above (below) the row before.
 * place[c]: where the first text, of `len` letters, has c.
 */
static inline unsigned int align(const uint64_t place[256], size_t len,
				 struct str b, unsigned int limit)
{
	uint64_t up = ~0ull, down = 0, zero = 0, before = 0;
	uint64_t top = 1ull << (len - 1);
	unsigned int d = (unsigned int)len;

	for (size_t k = 0; k < b.len; k++) {
		uint64_t same = place[(uint8_t)b.ptr[k]];
		uint64_t swap = ((~zero & same) << 1) & before;
		uint64_t right, left;

		zero = (((same & up) + up) ^ up) | same | down | swap;
		right = down | ~(zero | up);
		left = zero & up;
		d += (right & top) != 0;
		d -= (left & top) != 0;
		right = right << 1 | 1;
		up = left << 1 | ~(zero | right);
		down = right & zero;
		before = same;
		/* each letter left takes one off at most */
		if (d > limit + (b.len - 1 - k))
			return limit + 1;
	}
	return d;
}

unsigned int text_distance(struct str a, struct str b, unsigned int limit)
{
	uint64_t place[256]; /* only letters that occur are set */

	if (a.len == 0)
		return b.len <= limit ? (unsigned int)b.len : limit + 1;
	for (size_t k = 0; k < b.len; k++)
		place[(uint8_t)b.ptr[k]] = 0;
	for (size_t i = 0; i < a.len; i++)
		place[(uint8_t)a.ptr[i]] = 0;
	for (size_t i = 0; i < a.len; i++)
		place[(uint8_t)a.ptr[i]] |= 1ull << i;
	return align(place, a.len, b, limit);
}

void text_pattern_make(struct text_pattern *p, struct str text)
{
	memset(p->place, 0, sizeof(p->place));
	p->len = text.len;
	for (size_t i = 0; i < text.len; i++)
		p->place[(uint8_t)text.ptr[i]] |= 1ull << i;
}

unsigned int text_pattern_distance(const struct text_pattern *p, struct str b,
				   unsigned int limit)
{
	if (p->len == 0)
		return b.len <= limit ? (unsigned int)b.len : limit + 1;
	return align(p->place, p->len, b, limit);
}

/* A lower bound of the distance from letter counts, name_signature(). */
static unsigned int surplus(uint64_t a, uint64_t b)
{
	unsigned int ab = (unsigned int)__builtin_popcountll(a & ~b);
	unsigned int ba = (unsigned int)__builtin_popcountll(b & ~a);

	return ab > ba ? ab : ba;
}

/* By the letters; of texts of more than one letter that are not equal. */
static unsigned int by_spelling(const struct name_key *a,
				const struct name_key *b,
				const struct text_pattern *p)
{
	size_t la = a->text.len, lb = b->text.len;
	size_t longer = la > lb ? la : lb, shorter = la > lb ? lb : la;
	unsigned int budget = text_budget(longer), d;

	if (longer - shorter > budget || surplus(a->sig, b->sig) > budget)
		return 0;
	d = p ? text_pattern_distance(p, b->text, budget)
	      : text_distance(a->text, b->text, budget);
	if (d > budget)
		return 0;
	return SCORE_MAX - EDIT_PRICE * d / (unsigned int)longer;
}

unsigned int text_similarity(const struct name_key *a, const struct name_key *b,
			     bool stub)
{
	enum name_method how;

	return text_compare(a, b, stub, &how);
}

unsigned int text_spelling(const struct name_key *a, const struct name_key *b,
			   const struct text_pattern *p, bool stub,
			   enum name_method *how)
{
	size_t la = a->text.len, lb = b->text.len;
	unsigned int best;

	*how = METHOD_EQUAL;
	if (la == lb && str_eq(a->text, b->text))
		return SCORE_MAX;
	if ((a->sig | b->sig) >> 63)
		return 0;
	*how = METHOD_INITIAL;
	if (la == 1 || lb == 1)
		return a->text.ptr[0] == b->text.ptr[0] ? SIM_INITIAL : 0;
	*how = METHOD_SPELLING;
	best = by_spelling(a, b, p);
	if (stub && best < SIM_STUB && la >= STUB_LEAST &&
	    str_starts(b->text, a->text)) {
		*how = METHOD_BEGINNING;
		best = SIM_STUB;
	}
	return best < SIM_LEAST ? 0 : best;
}

unsigned int text_compare(const struct name_key *a, const struct name_key *b,
			  bool stub, enum name_method *how)
{
	static const enum name_method by_sound[] = {
		[SOUND_NOT] = METHOD_SPELLING,
		[SOUND_SAME] = METHOD_SOUND,
		[SOUND_IN_CLASS] = METHOD_VARIANT,
		[SOUND_CLOSE] = METHOD_NEAR,
	};
	unsigned int best = text_spelling(a, b, NULL, stub, how), s;
	enum sound_method sound;

	if (a->text.len == 1 || b->text.len == 1 || best == SCORE_MAX ||
	    (a->sig | b->sig) >> 63)
		return best;
	s = sound_similarity(&a->sound, &b->sound, &sound);
	if (s <= best || s < SIM_LEAST)
		return best;
	*how = by_sound[sound];
	return s;
}

const char *name_method_word(enum name_method m)
{
	static const char *const word[METHODS] = {
		"equal", "initial", "spelling",	 "sound",
		"near",	 "variant", "beginning",
	};

	return word[m];
}
