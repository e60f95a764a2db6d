#include "watchlist/translit_script.h"

#include <string.h>

enum {
	FIRST = 0x0e00,
	CODES = 0x80,
	PAIRED = 3, /* bare consonants: one alone, two in a syllable */
	MOST = 64,  /* code points of a run that are read */
	RO = 0x0e23,
	WO = 0x0e27,
	FIRST_SIGN = 0x0e30,
	NASAL_A = 0x0e32,
	AM = 0x0e33,
	LAST_SIGN = 0x0e39,
	FIRST_BEFORE = 0x0e40,
	LAST_BEFORE = 0x0e44,
	SILENT = 0x0e4c, /* the letter below it is not spoken */
	NASAL = 0x0e4d,
};

enum sounds { SOUNDS_BOTH, SOUNDS_FIRST, SOUNDS_SECOND };

static const struct {
	const char *first, *usual, *end;
} consonants[CODES] = {
#define CONSONANT(cp, first, usual, end) [(cp)-FIRST] = { first, usual, end },
#include "watchlist/thai.def"
};

static const struct cluster {
	uint32_t first, second;
	enum sounds sounds;
} clusters[] = {
#define CLUSTER(first, second, sounds) { first, second, SOUNDS_##sounds },
#include "watchlist/thai.def"
};

static const struct vowel {
	uint32_t before, behind, then;
	const char *text;
} vowels[] = {
#define VOWEL(before, behind, then, text) { before, behind, then, text },
#include "watchlist/thai.def"
};

/* What is read, ending with zeros, and where we are. */
struct text {
	uint32_t cp[MOST + 4];
	size_t nr, at;
	bool closed; /* the last syllable had a consonant at its end */
	enum translit_way way;
};

static bool is_consonant(uint32_t cp)
{
	return cp >= FIRST && cp < FIRST + CODES &&
	       consonants[cp - FIRST].first;
}

static bool is_sign(uint32_t cp)
{
	return cp >= FIRST_SIGN && cp <= LAST_SIGN;
}

static bool is_before(uint32_t cp)
{
	return cp >= FIRST_BEFORE && cp <= LAST_BEFORE;
}

/* Without tones and silent letters. */
static void clean(struct text *t, const uint32_t *cp, size_t nr)
{
	for (size_t i = 0; i < nr && t->nr < MOST; i++) {
		if (cp[i] == SILENT) {
			while (t->nr && is_sign(t->cp[t->nr - 1]))
				t->nr--;
			t->nr -= t->nr > 0;
		} else if (cp[i] == NASAL && i + 1 < nr &&
			   cp[i + 1] == NASAL_A) {
			t->cp[t->nr++] = AM;
			i++;
		} else if (is_consonant(cp[i]) || is_sign(cp[i]) ||
			   is_before(cp[i])) {
			t->cp[t->nr++] = cp[i];
		}
	}
	for (size_t i = t->nr; i < ARRAY_SIZE(t->cp); i++)
		t->cp[i] = 0;
}

/* How many consonants follow from `at` that have no vowel of their own. */
static size_t bare_run(const struct text *t, size_t at)
{
	size_t n = 0;

	while (is_consonant(t->cp[at + n]))
		n++;
	return n && is_sign(t->cp[at + n]) ? n - 1 : n;
}

/* A consonant that ends a syllable: not one that begins the next. */
static bool may_end(const struct text *t, size_t at)
{
	const uint32_t *c = t->cp + at;

	return is_consonant(c[0]) && !is_sign(c[1]) &&
	       *consonants[c[0] - FIRST].end && !(c[1] == RO && c[2] == RO);
}

static const struct cluster *cluster_at(const struct text *t, uint32_t before)
{
	enum { AI_FIRST = 0x0e43 };
	const uint32_t *c = t->cp + t->at;

	for (size_t i = 0; i < ARRAY_SIZE(clusters); i++) {
		if (clusters[i].first != c[0] || clusters[i].second != c[1])
			continue;
		if (is_sign(c[2]) || before >= AI_FIRST ||
		    (is_consonant(c[2]) && !is_sign(c[3])))
			return &clusters[i];
	}
	return NULL;
}

static void put_onset(struct translit_out *out, struct text *t, uint32_t before)
{
	const struct cluster *c = cluster_at(t, before);

	for (int i = 0; i < (c ? 2 : 1); i++, t->at++) {
		uint32_t at = t->cp[t->at] - FIRST;

		if (c && c->sounds == (i ? SOUNDS_FIRST : SOUNDS_SECOND))
			continue;
		translit_put(out, t->way == TRANSLIT_POPULAR
					  ? consonants[at].usual
					  : consonants[at].first);
	}
}

static const struct vowel *vowel_at(const struct text *t, uint32_t before)
{
	for (size_t i = 0; i < ARRAY_SIZE(vowels); i++) {
		const struct vowel *v = &vowels[i];
		size_t at = t->at;

		if (v->before != before ||
		    (v->behind ? v->behind != t->cp[at] : is_sign(t->cp[at])))
			continue;
		at += v->behind != 0;
		if (v->then && (v->then != t->cp[at] || is_sign(t->cp[at + 1])))
			continue;
		return v;
	}
	return NULL;
}

/*
 * No vowel is written: RR, W, or O in a closed syllable and A in an open one.
 * *open: nothing more belongs to the syllable.
 */
static const char *unwritten(struct text *t, bool *open)
{
	const uint32_t *c = t->cp + t->at;
	size_t run = bare_run(t, t->at);

	*open = false;
	if (c[0] == RO && c[1] == RO) {
		t->at += 2;
		*open = !may_end(t, t->at);
		return *open ? "AN" : "A";
	}
	if (c[0] == WO && may_end(t, t->at + 1)) {
		t->at++;
		return "UA";
	}
	*open = !may_end(t, t->at) || (t->way == TRANSLIT_NATIONAL && run > 1);
	return *open ? "A" : "O";
}

/* AI, AO, AM: no consonant follows in the syllable. */
static bool is_whole(const char *vowel)
{
	return vowel[0] == 'A' && vowel[1] && strchr("IOM", vowel[1]);
}

/* The third way of reading leaves the last two of three to a syllable. */
static void put_end(struct translit_out *out, struct text *t, bool open)
{
	t->closed =
		!open && may_end(t, t->at) &&
		(t->way != TRANSLIT_NATIONAL || bare_run(t, t->at) < PAIRED);
	if (t->closed)
		translit_put(out, consonants[t->cp[t->at++] - FIRST].end);
}

bool translit_thai(struct translit_out *out, const uint32_t *cp, size_t nr,
		   enum translit_way way)
{
	struct text t = { .way = way };

	clean(&t, cp, nr);
	while (t.at < t.nr) {
		uint32_t before = is_before(t.cp[t.at]) ? t.cp[t.at++] : 0;
		const struct vowel *v;
		bool open;

		if (!is_consonant(t.cp[t.at]))
			return false;
		if (t.closed && !before && t.at + 1 == t.nr)
			break; /* a letter left of a silent end */
		put_onset(out, &t, before);
		v = vowel_at(&t, before);
		if (v) {
			t.at += (v->behind != 0) + (v->then != 0);
			open = is_whole(v->text);
		}
		translit_put(out, v ? v->text : unwritten(&t, &open));
		put_end(out, &t, open);
	}
	return true;
}
