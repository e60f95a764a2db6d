#include "watchlist/translit_script.h"

#include <string.h>

enum {
	HIRAGANA_FIRST = 0x3041,
	HIRAGANA_LAST = 0x3096,
	FIRST = 0x30a1, /* of katakana */
	LAST = 0x30fa,
	SMALL_TSU = 0x30c3,
	NASAL = 0x30f3,
	LONGER = 0x30fc,
};

static const char *const text_of[LAST - FIRST + 1] = {
#define KANA(cp, text) [(cp)-FIRST] = text,
#include "watchlist/kana.def"
};

static const char *const small_of[LAST - FIRST + 1] = {
#define SMALL(cp, text) [(cp)-FIRST] = text,
#include "watchlist/kana.def"
};

static const struct {
	uint32_t cp;
	char after;
	const char *way[TRANSLIT_WAYS];
} longs[] = {
#define LONG(cp, after, a, b, c) { cp, after, { a, b, c } },
#include "watchlist/kana.def"
};

static uint32_t katakana(uint32_t cp)
{
	return cp >= HIRAGANA_FIRST && cp <= HIRAGANA_LAST
		       ? cp - HIRAGANA_FIRST + FIRST
		       : cp;
}

static char last_of(const struct translit_out *out)
{
	return out->len ? out->text[out->len - 1] : '\0';
}

/* What lengthens the vowel before; NULL: it does not. */
static const char *longer(const struct translit_out *out, uint32_t cp,
			  enum translit_way way)
{
	for (size_t i = 0; i < ARRAY_SIZE(longs); i++)
		if (longs[i].cp == cp && longs[i].after == last_of(out))
			return longs[i].way[way];
	return NULL;
}

static void put_small(struct translit_out *out, const char *text)
{
	char before;

	if (out->len > 1)
		out->len--; /* its vowel */
	before = last_of(out);
	if (*text == 'Y' &&
	    (before == 'J' || (before == 'H' && out->len > 1 &&
			       strchr("CS", out->text[out->len - 2]))))
		text++;
	translit_put(out, text);
}

/* KK, SSH; but TCH. */
static void put_doubled(struct translit_out *out, const char *text)
{
	char first[2] = { *text == 'C' ? 'T' : *text, '\0' };

	if (!strchr("AEIOUN", *text))
		translit_put(out, first);
}

bool translit_kana(struct translit_out *out, const uint32_t *cp, size_t nr,
		   enum translit_way way)
{
	bool doubled = false;

	for (size_t i = 0; i < nr; i++) {
		uint32_t c = katakana(cp[i]);
		const char *text = longer(out, c, way);

		if (text || c == LONGER) {
			translit_put(out, text ? text : "");
			continue;
		}
		if (c == SMALL_TSU) {
			doubled = true;
			continue;
		}
		if (c < FIRST || c > LAST)
			return false;
		if (small_of[c - FIRST]) {
			put_small(out, small_of[c - FIRST]);
			continue;
		}
		text = text_of[c - FIRST];
		if (!text)
			return false;
		if (doubled)
			put_doubled(out, text);
		doubled = false;
		/* SHIMBASHI; the second way has SHINBASHI */
		if (i && katakana(cp[i - 1]) == NASAL && strchr("BMP", *text) &&
		    way != TRANSLIT_POPULAR)
			out->text[out->len - 1] = 'M';
		translit_put(out, text);
	}
	return true;
}
