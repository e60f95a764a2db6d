#include "parsers/name.h"

#include <string.h>

enum { MAX_TITLES = 8 };

/* clang-format off */
/* Whole words, before or behind the given names. */
static const char *const words[] = {
	"MR", "MRS", "MS", "MISS", "MSTR", "MSTER", "MASTER", "DR", "PROF",
	"REV", "REVD", "FR", "SIR", "LADY", "LORD", "CAPT", "COL", "SISTER",
	"BROTHER", "FATHER", "RABBI", "IMAM", "SHEIKH", "SHEIK", "PASTOR",
	"BISHOP", "HAJI", "HAJJI",
};

/* Whole words behind them only: MD HASAN is Mohammed. */
static const char *const last_words[] = {
	"JR", "SR", "II", "III", "IV", "PHD", "MD", "ESQ",
};

/*
 * Glued to the end; what must be left before them. Longer ones first. Those
 * that may tell a religion leave no trace (law/special.def).
 */
static const struct {
	const char *title;
	size_t rest;
	bool religious;
} glued[] = {
	{ "MSTER", 2, false }, { "MSTR", 2, false }, { "MISS", 2, false },
	{ "MRS", 2, false },   { "PROF", 3, false }, { "CAPT", 3, false },
	{ "RABBI", 3, true },  { "REV", 4, true },   { "MR", 2, false },
	{ "MS", 2, false },    { "JR", 3, false },
};

/* Names that end like a title. */
static const char *const no_title[] = {
	"WILLIAMS", "ADAMS", "ABRAHAMS", "ABRAMS", "GRAHAMS", "SIMMS",
	"HELMS", "HARMS", "SAMS", "TOMS", "ARTEMISS", "ANDREV",
};
/* clang-format on */

static bool is_in(struct str s, const char *const *list, size_t nr)
{
	if (s.len && s.ptr[s.len - 1] == '.')
		s.len--;
	for (size_t i = 0; i < nr; i++)
		if (s.len && !((s.ptr[0] ^ *list[i]) & ~0x20) &&
		    str_eq_nocase(s, str_of(list[i])))
			return true;
	return false;
}

/* Given names [from, to) of a text, and the titles cut off it. */
struct cutting {
	struct str text;
	size_t from, to;
	struct {
		size_t from, to;
	} title[MAX_TITLES];
	unsigned nr;
	/* with the first title glued to it, if that is no religious one */
	size_t glued_from, glued_to; /* to 0: none */
};

static void cut_blanks(struct cutting *c)
{
	while (c->from < c->to && c->text.ptr[c->from] == ' ')
		c->from++;
	while (c->to > c->from && c->text.ptr[c->to - 1] == ' ')
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

	while (i > c->from && c->text.ptr[i - 1] != ' ')
		i--;
	return i;
}

static size_t first_word_end(const struct cutting *c)
{
	size_t i = c->from;

	while (i < c->to && c->text.ptr[i] != ' ')
		i++;
	return i;
}

static bool cut_word(struct cutting *c)
{
	size_t last = last_word(c), first = first_word_end(c);
	struct str w = span_of(c, last, c->to);

	if (last == c->from) /* one word: never leave nothing */
		return false;
	if (is_in(w, words, ARRAY_SIZE(words)) ||
	    is_in(w, last_words, ARRAY_SIZE(last_words))) {
		cut(c, last, c->to);
		return true;
	}
	if (is_in(span_of(c, c->from, first), words, ARRAY_SIZE(words))) {
		cut(c, c->from, first);
		return true;
	}
	return false;
}

/* A title that is part of a word may be part of the name. */
static void note_glued(struct cutting *c)
{
	if (c->glued_to)
		return;
	c->glued_from = c->from;
	c->glued_to = c->to;
}

static bool cut_glued_end(struct cutting *c)
{
	size_t last = last_word(c);
	struct str w = span_of(c, last, c->to);

	if (is_in(w, no_title, ARRAY_SIZE(no_title)))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(glued); i++) {
		size_t n = strlen(glued[i].title);
		char first = *glued[i].title;

		if (w.len >= n + glued[i].rest &&
		    !((w.ptr[w.len - n] ^ first) & ~0x20) &&
		    str_eq_nocase(str_slice(w, w.len - n, w.len),
				  str_of(glued[i].title))) {
			if (!glued[i].religious)
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

	if (w.len < 5 || !str_eq_nocase(str_slice(w, 0, 2), STR("MR")))
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
	return arena_fmt(w->arena, STR_FMT " " STR_FMT, STR_ARG(a), STR_ARG(b));
}

/* Offer the titles that were cut off to the law; returns what is left. */
static struct str keep_cut(struct walk *w, struct person *p, struct piece v,
			   const struct cutting *c)
{
	/* titles in the order in which they stand */
	for (size_t at = 0; at < v.text.len; at++)
		for (unsigned i = 0; i < c->nr; i++)
			if (c->title[i].from == at)
				p->title = join(
					w, p->title,
					piece_scan(w,
						   piece_slice(w, v, at,
							       c->title[i].to),
						   CLAIM_TITLE));
	return piece_keep(w, piece_slice(w, v, c->from, c->to));
}

void name_add_given(struct walk *w, struct person *p, struct piece v)
{
	struct cutting c = { .text = v.text, .to = v.text.len };
	struct str before = p->glued.ptr ? p->glued : p->given, rest;

	if (!v.text.ptr)
		return;
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
	struct cutting c = { .text = v.text, .to = v.text.len };

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

/* 2: same letters; 1: one begins with the other; 0: neither. */
static int compare(struct str a, struct str b)
{
	size_t i = 0, j = 0;
	bool some = false;

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

#define GLUED "-GLUED" /* behind the source of a name with its title on */

/* Told twice, the name is what is left without the title. */
static void drop_glued(struct traveller *t, const struct name *sure)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < t->nr_names; i++)
		if (!str_ends(t->names[i].source, STR(GLUED)) ||
		    !name_match(t->names[i].surname, t->names[i].given,
				sure->surname, sure->given))
			t->names[kept++] = t->names[i];
	t->nr_names = kept;
}

/* Add the form, unless it is there. True: one of the same letters was. */
static bool note(struct walk *w, struct traveller *t, struct name n)
{
	bool same = false;

	for (uint32_t i = 0; i < t->nr_names; i++) {
		const struct name *o = &t->names[i];

		if (str_eq(o->surname, n.surname) && str_eq(o->given, n.given))
			return true;
		same |= name_match(o->surname, o->given, n.surname, n.given) ==
			2;
	}
	*LIST_PUSH(w, t, names) = n;
	return same;
}

/* SMITHJR may be SMITH, junior: the surname itself stays as it was sent. */
static void note_without_suffix(struct walk *w, struct traveller *t,
				const struct person *p, const char *source)
{
	static const char *const suffixes[] = { "JR", "SR", "III", "II" };
	enum { REST = 4 }; /* letters that must be left */
	struct str s = p->surname;

	/* most surnames end otherwise */
	if (s.len < REST || !strchr("RIri", s.ptr[s.len - 1]))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(suffixes); i++) {
		size_t n = strlen(suffixes[i]);

		if (s.len < n + REST ||
		    !str_eq_nocase(str_slice(s, s.len - n, s.len),
				   str_of(suffixes[i])))
			continue;
		if (s.ptr[s.len - n - 1] == ' ') /* a word: read as one */
			return;
		(void)note(w, t,
			   (struct name){
				   str_slice(s, 0, s.len - n), p->given,
				   arena_fmt(w->arena, "%s-SUFFIX", source) });
		return;
	}
}

void name_note(struct walk *w, struct traveller *t, const struct person *p,
	       const char *source)
{
	struct name plain = { p->surname, p->given, str_of(source) };
	bool known;

	t->known_names = true;
	if (!p->surname.ptr && !p->given.ptr)
		return;
	known = note(w, t, plain);
	if (known && !p->glued.ptr)
		drop_glued(t, &plain);
	else if (!known && p->glued.ptr)
		(void)note(w, t,
			   (struct name){
				   p->surname, p->glued,
				   arena_fmt(w->arena, "%s" GLUED, source) });
	note_without_suffix(w, t, p, source);
}
