/* similarity.c - two texts: distance, budget, similarity (see score.h) */
#include "watchlist/score.h"

enum {
	SIM_INITIAL = 650, /* V for VLADIMIR */
	SIM_STUB = 950,	   /* the beginning of a word, its field being cut */
	STUB_LEAST = 2,
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

static unsigned int least(unsigned int a, unsigned int b)
{
	return a < b ? a : b;
}

unsigned int text_distance(struct str a, struct str b, unsigned int limit)
{
	unsigned int row[3][NAME_TEXT + 1];
	unsigned int *two = row[0], *one = row[1], *now = row[2], *spare;
	unsigned int lowest;

	for (size_t k = 0; k <= b.len; k++)
		one[k] = (unsigned int)k;
	for (size_t i = 1; i <= a.len; i++) {
		now[0] = lowest = (unsigned int)i;
		for (size_t k = 1; k <= b.len; k++) {
			bool same = a.ptr[i - 1] == b.ptr[k - 1];

			now[k] = least(least(one[k], now[k - 1]) + 1,
				       one[k - 1] + !same);
			if (i > 1 && k > 1 && a.ptr[i - 1] == b.ptr[k - 2] &&
			    a.ptr[i - 2] == b.ptr[k - 1])
				now[k] = least(now[k], two[k - 2] + 1);
			lowest = least(lowest, now[k]);
		}
		/* No entry of a later row is below: a swap, too, adds one to
		 * what is at most one below this row. */
		if (lowest > limit)
			return limit + 1;
		spare = two;
		two = one;
		one = now;
		now = spare;
	}
	return least(one[b.len], limit + 1);
}

/* A lower bound of the distance from letter counts, name_signature(). */
static unsigned int surplus(uint64_t a, uint64_t b)
{
	unsigned int ab = (unsigned int)__builtin_popcountll(a & ~b);
	unsigned int ba = (unsigned int)__builtin_popcountll(b & ~a);

	return ab > ba ? ab : ba;
}

unsigned int text_similarity(const struct name_key *a, const struct name_key *b,
			     bool stub)
{
	size_t la = a->text.len, lb = b->text.len;
	size_t longer = la > lb ? la : lb, shorter = la > lb ? lb : la;
	unsigned int budget = text_budget(longer), d;

	if (la == lb && str_eq(a->text, b->text))
		return SCORE_MAX;
	if ((a->sig | b->sig) >> 63)
		return 0;
	if (stub && la >= STUB_LEAST && str_starts(b->text, a->text))
		return SIM_STUB;
	if (shorter == 1)
		return a->text.ptr[0] == b->text.ptr[0] ? SIM_INITIAL : 0;
	if (longer - shorter > budget || surplus(a->sig, b->sig) > budget)
		return 0;
	d = text_distance(a->text, b->text, budget);
	if (d > budget)
		return 0;
	return SCORE_MAX - EDIT_PRICE * d / (unsigned int)longer;
}
