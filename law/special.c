#include "law/special.h"

#include "law/letters.h"

#include <pthread.h>
#include <string.h>

enum {
	GAPS_FROM = 7, /* letters a word needs to be read through a blank */
	NO_ROW = 0xffff,
};

enum kind {
	KIND_WORD,
	KIND_PREFIX,
	KIND_INFIX,
	KIND_INNOCENT,
};

struct row {
	struct special special;
	enum kind kind;
};

/* clang-format off */
#define NOTHING(...)
#define KIND_ROW(w, c, k)	{ { w, SPECIAL_##c }, k },

static const struct row words[] = {
#define SSR(w, c)	KIND_ROW(w, c, KIND_WORD)
#define SSR_CODE	NOTHING
#define SSR_FREE	NOTHING
#define TITLE		NOTHING
#define TYPE		NOTHING
#define WORD(w, c)	KIND_ROW(w, c, KIND_WORD)
#define PREFIX(w, c)	KIND_ROW(w, c, KIND_PREFIX)
#define INFIX(w, c)	KIND_ROW(w, c, KIND_INFIX)
#define INNOCENT(w)	KIND_ROW(w, POLICY, KIND_INNOCENT)
#include "law/special.def"
};

static const struct row titles[] = {
#define SSR		NOTHING
#define SSR_CODE	NOTHING
#define SSR_FREE	NOTHING
#define TITLE(w, c)	KIND_ROW(w, c, KIND_WORD)
#define TYPE		NOTHING
#define WORD		NOTHING
#define PREFIX		NOTHING
#define INFIX		NOTHING
#define INNOCENT	NOTHING
#include "law/special.def"
};

static const struct row types[] = {
#define SSR		NOTHING
#define SSR_CODE	NOTHING
#define SSR_FREE	NOTHING
#define TITLE		NOTHING
#define TYPE(w, c)	KIND_ROW(w, c, KIND_WORD)
#define WORD		NOTHING
#define PREFIX		NOTHING
#define INFIX		NOTHING
#define INNOCENT	NOTHING
#include "law/special.def"
};

/* Rows of codes: KIND_INNOCENT is one that says nothing. */
static const struct row codes[] = {
#define SSR(w, c)	KIND_ROW(w, c, KIND_WORD)
#define SSR_CODE(w, c)	KIND_ROW(w, c, KIND_WORD)
#define SSR_FREE(w)	KIND_ROW(w, POLICY, KIND_INNOCENT)
#define TITLE		NOTHING
#define TYPE		NOTHING
#define WORD		NOTHING
#define PREFIX		NOTHING
#define INFIX		NOTHING
#define INNOCENT	NOTHING
#include "law/special.def"
};
/* clang-format on */

static const struct special any_meal = { "..ML", SPECIAL_POLICY };

/* Rows of words[] by first letter; the innocent ones come before the others. */
struct chains {
	uint16_t start[26];  /* rows that begin where a word does */
	uint16_t inside[26]; /* rows that may begin anywhere */
	uint16_t next[ARRAY_SIZE(words)];
	char second[ARRAY_SIZE(words)]; /* second letter of the row */
	/* bit n: a row begins with that letter and the n-th of the alphabet,
	 * one that may begin anywhere; or one of any kind */
	uint32_t pair_inside[26], pair[26];
};

/* Rows of a small table by first letter, in the order of the table. */
enum { SMALL_MAX = 128 };
struct small {
	const struct row *row;
	uint16_t start[26];
	uint16_t next[SMALL_MAX];
};

static struct small title_rows, type_rows, code_rows;

static struct chains chains;
static pthread_once_t chains_once = PTHREAD_ONCE_INIT;

static void chain_rows(uint16_t first[26], enum kind kind)
{
	for (size_t i = ARRAY_SIZE(words); i-- > 0;) {
		const char *w = words[i].special.word;
		size_t letter = (size_t)(w[0] - 'A');

		if (words[i].kind != kind)
			continue;
		chains.second[i] = w[1] == ' ' ? w[2] : w[1];
		chains.next[i] = first[letter];
		first[letter] = (uint16_t)i;
	}
}

static void note_pairs(uint32_t pair[26], const uint16_t first[26])
{
	for (size_t letter = 0; letter < 26; letter++)
		for (uint16_t i = first[letter]; i != NO_ROW;
		     i = chains.next[i])
			pair[letter] |= 1u << (chains.second[i] - 'A');
}

static void make_small(struct small *s, const struct row *row, size_t nr)
{
	memset(s, 0xff, sizeof(*s));
	s->row = row;
	for (size_t i = nr; i-- > 0;) {
		size_t letter = (size_t)(row[i].special.word[0] - 'A');

		s->next[i] = s->start[letter];
		s->start[letter] = (uint16_t)i;
	}
}

static void make_chains(void)
{
	_Static_assert(ARRAY_SIZE(titles) <= SMALL_MAX &&
			       ARRAY_SIZE(types) <= SMALL_MAX &&
			       ARRAY_SIZE(codes) <= SMALL_MAX,
		       "a table of law/special.def has grown: SMALL_MAX");
	make_small(&title_rows, titles, ARRAY_SIZE(titles));
	make_small(&type_rows, types, ARRAY_SIZE(types));
	make_small(&code_rows, codes, ARRAY_SIZE(codes));
	memset(&chains, 0xff, sizeof(chains));
	chain_rows(chains.inside, KIND_INFIX);
	chain_rows(chains.start, KIND_PREFIX);
	chain_rows(chains.start, KIND_WORD);
	chain_rows(chains.start, KIND_INNOCENT);
	memset(chains.pair_inside, 0, sizeof(chains.pair_inside));
	note_pairs(chains.pair_inside, chains.inside);
	memcpy(chains.pair, chains.pair_inside, sizeof(chains.pair));
	note_pairs(chains.pair, chains.start);
}

/*
 * Does the row's text stand at `c`, read with gaps as far as they are
 * allowed? Then *after is the first place behind it.
 */
static bool row_matches(const struct row *row, struct cursor c,
			struct cursor *after)
{
	unsigned int gaps = 0, letters = 0;

	for (const char *w = row->special.word; *w; w++) {
		int l = next_letter(&c);

		if (l == SEPARATOR) {
			l = skip_separators(&c, l);
			if (*w != ' ')
				gaps++;
		}
		if (*w == ' ')
			w++;
		if (l != *w)
			return false;
		letters++;
	}
	*after = c;
	if (row->kind != KIND_PREFIX && row->kind != KIND_INFIX &&
	    is_letter(next_letter(&c)))
		return false;
	if (row->kind == KIND_INNOCENT)
		return !gaps;
	return !gaps || letters >= GAPS_FROM || gaps == letters - 1;
}

/*
 * The first row of a chain that matches at `c`, or NULL. `second` is the
 * letter behind the first, gaps passed over.
 */
static const struct row *chain_find(uint16_t i, int second, struct cursor c,
				    struct cursor *after)
{
	for (; i != NO_ROW; i = chains.next[i])
		if (chains.second[i] == second &&
		    row_matches(&words[i], c, after))
			return &words[i];
	return NULL;
}

/* The row that begins at `c` with letter `l`, behind which `rest` begins. */
static const struct row *row_at(struct cursor c, int l, struct cursor rest,
				bool in_word, struct cursor *after)
{
	int second = skip_separators(&rest, next_letter(&rest));
	const struct row *row = NULL;

	if (!in_word)
		row = chain_find(chains.start[l - 'A'], second, c, after);
	return row ? row : chain_find(chains.inside[l - 'A'], second, c, after);
}

/* An ASCII byte that stands for itself and is no letter. */
static bool is_sign(char c, char release)
{
	return c >= ' ' && c != release && !is_capital(c) &&
	       !(c >= 'a' && c <= 'z');
}

/*
 * Pass over what no row begins with: signs, and capitals before others, which
 * nearly all texts are made of.
 */
static void skip_plain(struct cursor *c, bool *in_word)
{
	const char *p = c->p, *last = c->end - 1;
	bool inside = *in_word;

	while (p < last) {
		const uint32_t *pair =
			inside ? chains.pair_inside : chains.pair;

		if (is_sign(p[0], c->release)) {
			inside = false;
		} else if (is_capital(p[0]) && is_capital(p[1]) &&
			   !(pair[p[0] - 'A'] >> (p[1] - 'A') & 1)) {
			inside = true;
		} else {
			break;
		}
		p++;
	}
	c->p = p;
	*in_word = inside;
}

const struct special *special_find(struct str text, char release)
{
	struct cursor c;
	bool in_word = false, plain = !is_capital(release);

	if (str_empty(text))
		return NULL;
	c = (struct cursor){ text.ptr, text.ptr + text.len, release };
	pthread_once(&chains_once, make_chains);
	for (;;) {
		const struct row *row = NULL;
		struct cursor at, after;
		int l;

		if (plain)
			skip_plain(&c, &in_word);
		at = after = c;
		l = next_letter(&c);

		if (l == END)
			return NULL;
		if (l >= 'A' && l <= 'Z')
			row = row_at(at, l, c, in_word, &after);
		in_word = is_letter(l);
		if (row && row->kind != KIND_INNOCENT)
			return &row->special;
		if (row)
			c = after;
	}
}

/* The first row of a small table that stands at the start of a word. */
static const struct row *rows_find(const struct small *rows, struct str text,
				   char release)
{
	struct cursor c;
	bool in_word = false;

	if (str_empty(text))
		return NULL;
	pthread_once(&chains_once, make_chains);
	c = (struct cursor){ text.ptr, text.ptr + text.len, release };
	for (;;) {
		struct cursor at = c, after;
		int l = next_letter(&c);

		if (l == END)
			return NULL;
		for (uint16_t i = l >= 'A' && l <= 'Z' && !in_word
					  ? rows->start[l - 'A']
					  : NO_ROW;
		     i != NO_ROW; i = rows->next[i])
			if (row_matches(&rows->row[i], at, &after))
				return &rows->row[i];
		in_word = is_letter(l);
	}
}

const struct special *special_title(struct str text, char release)
{
	const struct row *row = rows_find(&title_rows, text, release);

	return row ? &row->special : special_find(text, release);
}

const struct special *special_type(struct str code, char release)
{
	const struct row *row = rows_find(&type_rows, code, release);

	return row ? &row->special : NULL;
}

/* The letters of a code of four; false when it has another length. */
static bool read_code(char out[5], struct str code)
{
	struct cursor c;
	size_t nr = 0;
	int l;

	if (str_empty(code))
		return false;
	c = (struct cursor){ code.ptr, code.ptr + code.len, 0 };
	while ((l = next_letter(&c)) != END) {
		if (l == SEPARATOR)
			continue;
		if (nr == 4)
			return false;
		out[nr++] = (char)l;
	}
	out[nr] = '\0';
	return nr == 4;
}

const struct special *special_ssr(struct str code)
{
	char letters[5];

	if (!read_code(letters, code))
		return NULL;
	pthread_once(&chains_once, make_chains);
	for (uint16_t i = is_capital(letters[0])
				  ? code_rows.start[letters[0] - 'A']
				  : NO_ROW;
	     i != NO_ROW; i = code_rows.next[i])
		if (memcmp(codes[i].special.word, letters, 4) == 0)
			return codes[i].kind == KIND_INNOCENT
				       ? NULL
				       : &codes[i].special;
	return letters[2] == 'M' && letters[3] == 'L' ? &any_meal : NULL;
}

const char *special_category_name(enum special_category c)
{
	static const char *const name[SPECIAL_CATEGORIES] = {
		[SPECIAL_HEALTH] = "health", [SPECIAL_RELIGION] = "religion",
		[SPECIAL_ETHNIC] = "ethnic", [SPECIAL_POLITICAL] = "political",
		[SPECIAL_UNION] = "union",   [SPECIAL_SEXUAL] = "sexual",
		[SPECIAL_BELIEF] = "belief", [SPECIAL_POLICY] = "policy",
	};

	return name[c];
}
