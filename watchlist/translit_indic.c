#include "watchlist/translit_script.h"

#include "base/utf8.h"

#include <pthread.h>
#include <string.h>

enum {
	FIRST = 0x0900,
	CODES = 0x0500,
	BLOCK_CODES = 0x80,
	SINHALA = 0x0d80,
	SYLLABLES = 32,
};

enum kind { NONE, VOWEL, CONSONANT, SIGN, TAIL };
enum schwa { MUTE, FULL };

struct row {
	uint32_t cp;
	enum kind kind;
	const char *way[TRANSLIT_WAYS];
};

struct syllable {
	const char *onset, *vowel, *tail;
	bool inherent; /* the vowel is not written */
	bool cluster;  /* the consonant before has no vowel */
};

static const struct row rows[] = {
	{ .kind = NONE },
#define VOWEL(cp, a, b, c)     { cp, VOWEL, { a, b, c } },
#define CONSONANT(cp, a, b, c) { cp, CONSONANT, { a, b, c } },
#define SIGN(cp, a, b, c)      { cp, SIGN, { a, b, c } },
#define TAIL(cp, a, b, c)      { cp, TAIL, { a, b, c } },
#include "watchlist/indic.def"
};

static const struct row dotted[] = {
#define DOTTED(cp, a, b, c) { cp, CONSONANT, { a, b, c } },
#include "watchlist/indic.def"
};

static const struct row joined[] = {
#define JOINED(cp, a, b, c) { cp, CONSONANT, { a, b, c } },
#include "watchlist/indic.def"
};

static const uint8_t schwa[CODES / BLOCK_CODES] = {
#define BLOCK(first, schwa) [((first)-FIRST) / BLOCK_CODES] = schwa,
#include "watchlist/indic.def"
};

static const struct {
	char before;
	const char *as;
} nasals[] = {
#define NASAL(before, as) { before[0], as },
#include "watchlist/indic.def"
};

static uint16_t by_code[CODES]; /* index into rows[] */
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make(void)
{
	for (size_t i = 1; i < ARRAY_SIZE(rows); i++)
		by_code[rows[i].cp - FIRST] = (uint16_t)i;
}

/* The same place of Devanagari's block, but for Sinhala. */
static uint32_t devanagari(uint32_t cp)
{
	return cp < SINHALA ? FIRST + cp % BLOCK_CODES : cp;
}

static const struct row *row_of(uint32_t cp)
{
	pthread_once(&once, make);
	if (!by_code[cp - FIRST])
		cp = devanagari(cp);
	return &rows[by_code[cp - FIRST]];
}

static bool is_dot(uint32_t cp)
{
	enum { DOT = 0x093c };

	return devanagari(cp) == DOT;
}

/* Of a few rows for a place; NULL: it has none. */
static const struct row *find(const struct row *few, size_t nr, uint32_t cp)
{
	for (size_t i = 0; i < nr; i++)
		if (few[i].cp == cp)
			return &few[i];
	return NULL;
}

/* The row of cp[0], which may have a dot behind it or hang on a consonant. */
static const struct row *row_here(const uint32_t *cp, size_t nr, bool behind)
{
	const struct row *row = NULL;

	if (nr > 1 && is_dot(cp[1]))
		row = find(dotted, ARRAY_SIZE(dotted), devanagari(cp[0]));
	else if (behind)
		row = find(joined, ARRAY_SIZE(joined), cp[0]);
	return row ? row : row_of(cp[0]);
}

/* One code point more; a mark without a row says nothing of the sound. */
static bool read(struct syllable *s, size_t *nr, uint32_t cp,
		 const struct row *row, enum translit_way way)
{
	const char *text = row->kind ? translit_column(row->way, way) : "";
	struct syllable *last = *nr ? &s[*nr - 1] : NULL;

	switch (row->kind) {
	case VOWEL:
		s[(*nr)++] = (struct syllable){ .onset = "", text, .tail = "" };
		return true;
	case CONSONANT:
		s[(*nr)++] = (struct syllable){
			.onset = text,
			.vowel = "A",
			.tail = "",
			.inherent = true,
			.cluster = last && !*last->vowel,
		};
		return true;
	case SIGN:
		if (last) {
			last->vowel = text;
			last->inherent = false;
		}
		return true;
	case TAIL:
		if (last)
			last->tail = text;
		return true;
	case NONE:
		break;
	}
	return utf8_kind_of(cp) == UTF8_MARK;
}

/* Does a vowel that is not written stay silent between its neighbours? */
static bool may_be_mute(const struct syllable *s, size_t i, size_t nr)
{
	if (!s[i].inherent || s[i].cluster || *s[i].tail || i == 0 ||
	    !*s[i - 1].vowel)
		return false;
	return i + 1 == nr || (*s[i + 1].onset && *s[i + 1].vowel);
}

/* From the end: MANAMOHANA is MANMOHAN. */
static void drop_mute(struct syllable *s, size_t nr, enum translit_way way)
{
	if (way == TRANSLIT_NATIONAL || nr < 2)
		return;
	if (may_be_mute(s, nr - 1, nr))
		s[nr - 1].vowel = "";
	for (size_t i = nr - 1; way == TRANSLIT_MRZ && i-- > 1;)
		if (may_be_mute(s, i, nr))
			s[i].vowel = "";
}

/* N is M before P: it sounds as the next consonant has it. */
static const char *nasal(const char *tail, const char *next)
{
	for (size_t i = 0; !strcmp(tail, "N") && i < ARRAY_SIZE(nasals); i++)
		if (nasals[i].before == *next)
			return nasals[i].as;
	return tail;
}

bool translit_indic(struct translit_out *out, const uint32_t *cp, size_t nr,
		    enum translit_way way)
{
	struct syllable s[SYLLABLES];
	size_t n = 0;

	for (size_t i = 0; i < nr && n < SYLLABLES; i++) {
		bool behind = n && !*s[n - 1].vowel;

		if (is_dot(cp[i]))
			continue;
		if (!read(s, &n, cp[i], row_here(cp + i, nr - i, behind), way))
			return false;
	}
	if (schwa[(cp[0] - FIRST) / BLOCK_CODES] == MUTE)
		drop_mute(s, n, way);
	for (size_t i = 0; i < n; i++) {
		translit_put(out, s[i].onset);
		translit_put(out, s[i].vowel);
		translit_put(out,
			     nasal(s[i].tail, i + 1 < n ? s[i + 1].onset : ""));
	}
	return true;
}
