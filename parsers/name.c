#include "parsers/name.h"

#include "base/word.h"

#include <string.h>

enum { MAX_TITLES = 8 };

/* clang-format off */
/* Whole words, before or behind the given names. */
static const char words[][WORD_MAX] = {
	"MR", "MRS", "MS", "MISS", "MSTR", "MSTER", "MASTER", "DR", "PROF",
	"REV", "REVD", "FR", "SIR", "LADY", "LORD", "CAPT", "COL", "SISTER",
	"BROTHER", "FATHER", "RABBI", "IMAM", "SHEIKH", "SHEIK", "PASTOR",
	"BISHOP", "HAJI", "HAJJI",
};

/* Whole words behind them only: MD HASAN is Mohammed. */
static const char last_words[][WORD_MAX] = {
	"JR", "SR", "II", "III", "IV", "PHD", "MD", "ESQ",
};

/*
 * Glued to the end; what must be left before them. Longer ones first. Those
 * that may tell a religion leave no trace (law/special.def).
 */
static const struct {
	struct str title;
	size_t rest;
	bool religious;
} glued[] = {
	{ STR_INIT("MSTER"), 2, false }, { STR_INIT("MSTR"), 2, false },
	{ STR_INIT("MISS"), 2, false },  { STR_INIT("MRS"), 2, false },
	{ STR_INIT("PROF"), 3, false },  { STR_INIT("CAPT"), 3, false },
	{ STR_INIT("RABBI"), 3, true },  { STR_INIT("REV"), 4, true },
	{ STR_INIT("MR"), 2, false },    { STR_INIT("MS"), 2, false },
	{ STR_INIT("JR"), 3, false },
};

/* Names that end like a title. */
static const char no_title[][WORD_MAX] = {
	"WILLIAMS", "ADAMS", "ABRAHAMS", "ABRAMS", "GRAHAMS", "SIMMS",
	"HELMS", "HARMS", "SAMS", "TOMS", "ARTEMISS", "ANDREV",
};
/* clang-format on */

/* Is the word one of the list, in either case? A dot may stand behind it. */
static bool is_in(struct str s, const char (*list)[WORD_MAX], size_t nr)
{
	uint64_t key;

	if (s.len && s.ptr[s.len - 1] == '.')
		s.len--;
	key = word_upper(word_of(s));
	for (size_t i = 0; key && i < nr; i++)
		if (word_load(list[i], WORD_MAX) == key)
			return true;
	return false;
}

/* Given names [from, to) of a text, and the titles cut off it. */
struct cutting {
	struct str text;
	bool one_word; /* no blanks in it */
	size_t from, to;
	unsigned nr;
	/* with the first title glued to it; never across one that the law may
	 * drop, which would stay in this text; to 0: none */
	size_t glued_from, glued_to;
	struct {
		size_t from, to;
	} title[MAX_TITLES]; /* the first `nr`, as they were cut off */
};

static struct cutting uncut(struct str text, bool one_word)
{
	struct cutting c;

	c.text = text;
	c.one_word = one_word;
	c.from = 0;
	c.to = text.len;
	c.nr = 0;
	c.glued_from = c.glued_to = 0;
	return c;
}

static void cut_blanks(struct cutting *c)
{
	while (c->from < c->to && piece_is_blank(c->text.ptr[c->from]))
		c->from++;
	while (c->to > c->from && piece_is_blank(c->text.ptr[c->to - 1]))
		c->to--;
}

static void cut(struct cutting *c, size_t from, size_t to)
{
	c->title[c->nr].from = from;
	c->title[c->nr++].to = to;
	if (from == c->from)
		c->from = to;
	else
		c->to = from;
	cut_blanks(c);
}

static struct str span_of(const struct cutting *c, size_t from, size_t to)
{
	return str_slice(c->text, from, to);
}

/* Where the last word begins, where the first ends. */
static size_t last_word(const struct cutting *c)
{
	size_t i = c->to;

	if (c->one_word)
		return c->from;
	while (i > c->from && !piece_is_blank(c->text.ptr[i - 1]))
		i--;
	return i;
}

static size_t first_word_end(const struct cutting *c)
{
	size_t i = c->from;

	if (c->one_word)
		return c->to;
	while (i < c->to && !piece_is_blank(c->text.ptr[i]))
		i++;
	return i;
}

static bool cut_word(struct cutting *c)
{
	size_t last = last_word(c), first;
	struct str w = span_of(c, last, c->to);

	if (last == c->from) /* one word: never leave nothing */
		return false;
	first = first_word_end(c);
	if (is_in(w, words, ARRAY_SIZE(words)) ||
	    is_in(w, last_words, ARRAY_SIZE(last_words)))
		cut(c, last, c->to);
	else if (is_in(span_of(c, c->from, first), words, ARRAY_SIZE(words)))
		cut(c, c->from, first);
	else
		return false;
	c->glued_to = 0; /* JOHN REVMR */
	return true;
}

/* A title that is part of a word may be part of the name. */
static void note_glued(struct cutting *c)
{
	if (c->glued_to)
		return;
	c->glued_from = c->from;
	c->glued_to = c->to;
}

/* Do glued titles end in the letter? Nearly all names end in others. */
static bool ends_title(char c)
{
	switch (c & ~0x20) {
	case 'R':
	case 'S':
	case 'F':
	case 'T':
	case 'I':
	case 'V':
		return true;
	}
	return false;
}

static bool cut_glued_end(struct cutting *c)
{
	size_t last = last_word(c);
	struct str w = span_of(c, last, c->to);

	if (!w.len || !ends_title(w.ptr[w.len - 1]) ||
	    is_in(w, no_title, ARRAY_SIZE(no_title)))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(glued); i++) {
		size_t n = glued[i].title.len;

		if (w.len >= n + glued[i].rest &&
		    !((w.ptr[w.len - n] ^ glued[i].title.ptr[0]) & ~0x20) &&
		    str_eq_nocase(str_slice(w, w.len - n, w.len),
				  glued[i].title)) {
			if (glued[i].religious)
				c->glued_to = 0; /* JOHNREVMR */
			else
				note_glued(c);
			cut(c, c->to - n, c->to);
			return true;
		}
	}
	return false;
}

/*
 * MRJONATHON, MRSJANE. Not MRINAL, MRUNAL (names), not MRSUSAN (of whom we
 * cannot say whether she is Susan or Usan).
 */
static bool cut_glued_begin(struct cutting *c)
{
	struct str w = span_of(c, c->from, first_word_end(c));
	size_t n;
	char next;

	if (w.len < 5 || (w.ptr[0] & ~0x20) != 'M' || (w.ptr[1] & ~0x20) != 'R')
		return false;
	n = (w.ptr[2] & ~0x20) == 'S' ? 3 : 2;
	if (w.len < n + 3)
		return false;
	next = (char)(w.ptr[n] & ~0x20);
	if (next < 'A' || next > 'Z' || strchr("IUY", next) ||
	    (n == 3 && strchr("AEO", next)))
		return false;
	note_glued(c);
	cut(c, c->from, c->from + n);
	return true;
}

static struct str join(struct walk *w, struct str a, struct str b)
{
	if (!a.ptr || !b.ptr)
		return a.ptr ? a : b;
	return arena_join(w->arena, a, STR(" "), b);
}

/* The first title from byte `from` on. */
static unsigned title_from(const struct cutting *c, size_t from)
{
	unsigned first = c->nr;

	for (unsigned i = 0; i < c->nr; i++)
		if (c->title[i].from >= from &&
		    (first == c->nr || c->title[i].from < c->title[first].from))
			first = i;
	return first;
}

/* Offer the titles that were cut off to the law; returns what is left. */
static struct str keep_cut(struct walk *w, struct person *p, struct piece v,
			   const struct cutting *c)
{
	size_t at = 0;

	for (unsigned n = 0; n < c->nr; n++) { /* as they stand in it */
		unsigned i = title_from(c, at);
		struct piece title =
			piece_slice(w, v, c->title[i].from, c->title[i].to);

		p->title = join(w, p->title, piece_scan(w, title, CLAIM_TITLE));
		at = c->title[i].to;
	}
	return piece_keep(w, piece_slice(w, v, c->from, c->to));
}

void name_add_given(struct walk *w, struct person *p, struct piece v)
{
	struct str before = p->glued.ptr ? p->glued : p->given, rest;
	struct cutting c;

	if (!v.text.ptr)
		return;
	c = uncut(v.text, str_find_byte(v.text, ' ') < 0 &&
				  str_find_byte(v.text, '\t') < 0);
	while (c.nr < MAX_TITLES &&
	       (cut_word(&c) || cut_glued_end(&c) || cut_glued_begin(&c)))
		;
	rest = keep_cut(w, p, v, &c);
	if (c.glued_to)
		p->glued = join(w, before,
				piece_text(w, piece_slice(w, v, c.glued_from,
							  c.glued_to)));
	else if (p->glued.ptr)
		p->glued = join(w, before, rest);
	p->given = join(w, p->given, rest);
}

void name_set_whole(struct walk *w, struct person *p, struct piece v)
{
	struct cutting c = uncut(v.text, false);

	if (!v.text.ptr)
		return;
	while (c.nr < MAX_TITLES && cut_word(&c))
		;
	p->surname = keep_cut(w, p, v, &c);
}

size_t name_reference_at(struct str s)
{
	for (size_t i = 0; i + 2 < s.len; i++)
		if (s.ptr[i] == '-' && s.ptr[i + 1] == '1' &&
		    s.ptr[i + 2] >= 'A' && s.ptr[i + 2] <= 'Z')
			return i;
	return s.len;
}

struct piece name_without_reference(struct walk *w, struct piece v)
{
	size_t at = name_reference_at(v.text);

	return at < v.text.len ? piece_slice(w, v, 0, at) : v;
}

/* The next letter or digit of a name; 0 at its end. */
static char next_letter(struct str s, size_t *i)
{
	while (*i < s.len) {
		char c = s.ptr[(*i)++];

		if (c >= 'a' && c <= 'z')
			return (char)(c - 32);
		if (c != ' ' && c != '-' && c != '\'' && c != '.')
			return c;
	}
	return '\0';
}

/* Up to where two names are the same letters, byte for byte. */
static size_t same_letters(struct str a, struct str b)
{
	size_t n = a.len < b.len ? a.len : b.len, i = 0;

	while (i < n && a.ptr[i] == b.ptr[i] && a.ptr[i] >= 'A')
		i++;
	return i;
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* 2: same letters; 1: one begins with the other; 0: neither. */
static int compare(struct str a, struct str b)
{
	size_t i, j;
	bool some;

	if (a.len == b.len && a.len && memcmp(a.ptr, b.ptr, a.len) == 0)
		return 2;
	i = j = same_letters(a, b);
	some = i > 0;
	/* the next ones differ: nothing that is left out has to be looked for */
	if (i < a.len && i < b.len && is_capital(a.ptr[i]) &&
	    is_capital(b.ptr[i]))
		return 0;
	for (;;) {
		char x = next_letter(a, &i), y = next_letter(b, &j);

		if (!x && !y)
			return 2;
		if (!x || !y)
			return some ? 1 : 0;
		if (x != y)
			return 0;
		some = true;
	}
}

int name_match(struct str surname_a, struct str given_a, struct str surname_b,
	       struct str given_b)
{
	if (compare(surname_a, surname_b) != 2)
		return 0;
	return compare(given_a, given_b);
}
