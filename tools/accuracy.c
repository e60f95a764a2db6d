#include "tools/accuracy.h"

#include "base/utf8.h"

static const char *const script_word[ACCURACY_NR] = {
#define SCRIPT_WORD(id, word) word,
	ACCURACY_SCRIPTS(SCRIPT_WORD)
#undef SCRIPT_WORD
};

/* Blocks of Unicode, rising; letters below the first are Latin. */
static const struct {
	uint32_t from, to;
	enum accuracy_script script;
} blocks[] = {
	{ 0x0370, 0x03ff, ACCURACY_GREEK },
	{ 0x0400, 0x052f, ACCURACY_CYRILLIC },
	{ 0x0590, 0x05ff, ACCURACY_HEBREW },
	{ 0x0600, 0x077f, ACCURACY_ARABIC },
	{ 0x0900, 0x0dff, ACCURACY_INDIC },
	{ 0x1100, 0x11ff, ACCURACY_HANGUL },
	{ 0x1e00, 0x1eff, ACCURACY_LATIN },
	{ 0x1f00, 0x1fff, ACCURACY_GREEK },
	{ 0x2000, 0x2bff, ACCURACY_LATIN },
	{ 0x3040, 0x30ff, ACCURACY_HAN },
	{ 0x3400, 0x9fff, ACCURACY_HAN },
	{ 0xac00, 0xd7af, ACCURACY_HANGUL },
	{ 0xfb50, 0xfdff, ACCURACY_ARABIC },
	{ 0xfe70, 0xfeff, ACCURACY_ARABIC },
};

const char *accuracy_script_word(enum accuracy_script s)
{
	return script_word[s];
}

static enum accuracy_script script_of(uint32_t cp)
{
	if (cp < blocks[0].from)
		return ACCURACY_LATIN;
	for (size_t i = 0; i < ARRAY_SIZE(blocks); i++)
		if (cp >= blocks[i].from && cp <= blocks[i].to)
			return blocks[i].script;
	return ACCURACY_OTHER;
}

enum accuracy_script accuracy_script(struct str a, struct str b)
{
	enum accuracy_script s = ACCURACY_LATIN;

	while (a.len && s == ACCURACY_LATIN)
		s = script_of(utf8_next(&a));
	while (b.len && s == ACCURACY_LATIN)
		s = script_of(utf8_next(&b));
	return s;
}

void accuracy_add(struct accuracy *a, enum accuracy_script s,
		  unsigned int score, bool expected)
{
	a->pairs[s][expected][score]++;
	a->pairs[ACCURACY_ALL][expected][score]++;
}

uint32_t accuracy_pairs(const struct accuracy *a, enum accuracy_script s)
{
	uint32_t nr = 0;

	for (int i = 0; i <= SCORE_MAX; i++)
		nr += a->pairs[s][0][i] + a->pairs[s][1][i];
	return nr;
}

static uint32_t share(uint32_t part, uint32_t of)
{
	return of ? (uint32_t)((uint64_t)part * 1000 / of) : 0;
}

struct accuracy_count accuracy_at(const struct accuracy *a,
				  enum accuracy_script s,
				  unsigned int threshold)
{
	struct accuracy_count c = { .right = 0 };

	for (unsigned int i = 0; i <= SCORE_MAX; i++) {
		*(i >= threshold ? &c.right : &c.missed) += a->pairs[s][1][i];
		*(i >= threshold ? &c.wrong : &c.rest) += a->pairs[s][0][i];
	}
	c.precision = share(c.right, c.right + c.wrong);
	c.recall = share(c.right, c.right + c.missed);
	c.f1 = share(2 * c.right, 2 * c.right + c.wrong + c.missed);
	return c;
}

unsigned int accuracy_best(const struct accuracy *a, enum accuracy_script s)
{
	unsigned int best = SCORE_MAX;
	uint32_t f1 = 0;

	for (unsigned int t = SCORE_MAX; t > 0; t--) {
		uint32_t here = accuracy_at(a, s, t).f1;

		if (here > f1) {
			f1 = here;
			best = t;
		}
	}
	return best;
}
