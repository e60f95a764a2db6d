#include "watchlist/translit_script.h"

#include <string.h>

/* A syllable is FIRST + (initial * MEDIALS + medial) * FINALS + final. */
enum { FIRST = 0xac00, LAST = 0xd7a3, MEDIALS = 21, FINALS = 28 };

static const char *const initials[][TRANSLIT_WAYS] = {
#define INITIAL(a, b, c) { a, b, c },
#include "watchlist/jamo.def"
};

static const char *const medials[][TRANSLIT_WAYS] = {
#define MEDIAL(a, b, c) { a, b, c },
#include "watchlist/jamo.def"
};

static const char *const finals[][TRANSLIT_WAYS] = {
#define FINAL(a, b, c) { a, b, c },
#include "watchlist/jamo.def"
};

_Static_assert(ARRAY_SIZE(medials) == MEDIALS && ARRAY_SIZE(finals) == FINALS &&
		       (LAST + 1 - FIRST) / (MEDIALS * FINALS) ==
			       ARRAY_SIZE(initials),
	       "as Unicode has it");

static const struct {
	uint32_t cp;
	const char *way[TRANSLIT_WAYS];
} families[] = {
#define FAMILY(cp, a, b, c) { cp, { a, b, c } },
#include "watchlist/jamo.def"
};

static const struct {
	uint32_t first, second;
} compounds[] = {
#define COMPOUND(first, second) { first, second },
#include "watchlist/jamo.def"
};

static bool is_syllable(uint32_t cp)
{
	return cp >= FIRST && cp <= LAST;
}

static bool put_family(struct translit_out *out, uint32_t cp,
		       enum translit_way way)
{
	for (size_t i = 0; i < ARRAY_SIZE(families); i++) {
		if (families[i].cp != cp)
			continue;
		translit_put(out, translit_column(families[i].way, way));
		return true;
	}
	return false;
}

/* McCune-Reischauer: G for K after a vowel, M, N, NG and L. */
static bool is_voiced(const struct translit_out *out)
{
	return out->len && strchr("AEIOUMNGL", out->text[out->len - 1]);
}

bool translit_hangul(struct translit_out *out, const uint32_t *cp, size_t nr,
		     enum translit_way way)
{
	if (nr == 1 && out->len == 0 && put_family(out, cp[0], way))
		return true;
	for (size_t i = 0; i < nr; i++) {
		uint32_t at = cp[i] - FIRST;
		const char *const *initial = initials[at / (MEDIALS * FINALS)];
		enum translit_way how =
			way == TRANSLIT_POPULAR && is_voiced(out) ? TRANSLIT_MRZ
								  : way;

		translit_put(out, translit_column(initial, how));
		translit_put(out, translit_column(
					  medials[at / FINALS % MEDIALS], way));
		translit_put(out, translit_column(finals[at % FINALS], way));
	}
	return true;
}

size_t translit_family(const uint32_t *cp, size_t nr)
{
	enum { MOST = 5 };

	if (nr < 2 || nr > MOST)
		return 0;
	for (size_t i = 0; i < nr; i++)
		if (!is_syllable(cp[i]))
			return 0;
	for (size_t i = 0; nr > 2 && i < ARRAY_SIZE(compounds); i++)
		if (cp[0] == compounds[i].first && cp[1] == compounds[i].second)
			return 2;
	return 1;
}
