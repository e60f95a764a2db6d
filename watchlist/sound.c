#include "watchlist/sound.h"

#include "watchlist/fold.h"
#include "watchlist/score.h"
#include "watchlist/variant.h"

#include <pthread.h>

enum { LETTERS = 26, EDIT = 1000 };

static const struct {
	const char *letters;
	uint16_t price;
} nears[] = {
#define NEAR(letters, price) { letters, price },
#define GAP(letters, price)
#include "watchlist/near.def"
#undef NEAR
#undef GAP
}, gaps[] = {
#define NEAR(letters, price)
#define GAP(letters, price) { letters, price },
#include "watchlist/near.def"
#undef NEAR
#undef GAP
};

/* The same by letter. */
static uint16_t exchange[LETTERS][LETTERS], gap[LETTERS];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static bool is_in(const char *letters, int c)
{
	return strchr(letters, 'A' + c) != NULL;
}

static uint16_t near_price(int a, int b)
{
	if (a == b)
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(nears); i++)
		if (is_in(nears[i].letters, a) && is_in(nears[i].letters, b))
			return nears[i].price;
	return EDIT;
}

static void make(void)
{
	for (int a = 0; a < LETTERS; a++) {
		gap[a] = EDIT;
		for (size_t i = 0; i < ARRAY_SIZE(gaps); i++)
			if (is_in(gaps[i].letters, a))
				gap[a] = gaps[i].price;
		for (int b = 0; b < LETTERS; b++)
			exchange[a][b] = near_price(a, b);
	}
}

static unsigned int least(unsigned int a, unsigned int b)
{
	return a < b ? a : b;
}

/* Optimal string alignment at those prices. */
static unsigned int distance(struct str x, struct str y)
{
	unsigned int row[3][NAME_TEXT + 1];

	row[0][0] = 0;
	for (size_t k = 0; k < y.len; k++)
		row[0][k + 1] = row[0][k] + gap[y.ptr[k] - 'A'];
	for (size_t i = 0; i < x.len; i++) {
		unsigned int *here = row[(i + 1) % 3], *up = row[i % 3];
		const unsigned int *before = row[(i + 2) % 3];
		unsigned int a = (unsigned int)(x.ptr[i] - 'A');

		here[0] = up[0] + gap[a];
		for (size_t k = 0; k < y.len; k++) {
			unsigned int b = (unsigned int)(y.ptr[k] - 'A');

			here[k + 1] = least(
				up[k] + exchange[a][b],
				least(up[k + 1] + gap[a], here[k] + gap[b]));
			if (i && k && x.ptr[i] == y.ptr[k - 1] &&
			    x.ptr[i - 1] == y.ptr[k])
				here[k + 1] = least(here[k + 1],
						    before[k - 1] + EDIT);
		}
	}
	return row[x.len % 3][y.len];
}

unsigned int sound_budget(size_t len)
{
	if (len < SOUND_SHORT)
		return 0;
	if (len <= 4)
		return 1;
	return len <= 7 ? 2 : 3;
}

bool sound_is_close(const struct name_sound *a, const struct name_sound *b)
{
	size_t la = a->fold.len, lb = b->fold.len;
	size_t longer = la > lb ? la : lb, shorter = la > lb ? lb : la;
	unsigned int budget = sound_budget(longer);
	uint64_t lost = a->sig & ~b->sig, more = b->sig & ~a->sig;

	return longer - shorter <= budget &&
	       (unsigned int)__builtin_popcountll(lost) <= budget &&
	       (unsigned int)__builtin_popcountll(more) <= budget &&
	       text_distance(a->fold, b->fold, budget) <= budget;
}

/* The same consonants, enough of them? */
static bool has_same_bones(struct str a, struct str b)
{
	char x[NAME_TEXT], y[NAME_TEXT];
	size_t nx = fold_bones(x, a), ny = fold_bones(y, b);

	return nx == ny && nx >= BONES_LEAST && memcmp(x, y, nx) == 0;
}

unsigned int sound_near(const struct name_sound *a, const struct name_sound *b)
{
	size_t la = a->fold.len, lb = b->fold.len;
	size_t longer = la > lb ? la : lb;
	unsigned int off;

	pthread_once(&once, make);
	off = distance(a->fold, b->fold);
	if ((longer == SOUND_SHORT && off > SOUND_SHORT_PRICE) ||
	    off / longer >= SOUND_EQUAL)
		return 0;
	return SOUND_EQUAL - off / (unsigned int)longer;
}

unsigned int sound_similarity(const struct name_sound *a,
			      const struct name_sound *b,
			      enum sound_method *how)
{
	size_t la = a->fold.len, lb = b->fold.len;
	unsigned int near;

	*how = SOUND_NOT;
	if (la == 0 || lb == 0)
		return 0;
	*how = SOUND_SAME;
	if (la == lb && str_eq(a->fold, b->fold))
		return SOUND_EQUAL;
	*how = SOUND_IN_CLASS;
	if (a->variant && a->variant == b->variant)
		return SOUND_VARIANT;
	*how = SOUND_NOT;
	if (a->joined || b->joined)
		return 0;
	if (!sound_is_close(a, b) && !has_same_bones(a->fold, b->fold))
		return 0;
	near = sound_near(a, b);
	if (near)
		*how = SOUND_CLOSE;
	return near;
}
