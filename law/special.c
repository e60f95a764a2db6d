#include "law/special.h"

#include <pthread.h>
#include <string.h>

enum {
	GAPS_FROM = 7, /* letters a word needs to be read through a blank */
	SEPARATOR = ' ',
	OTHER = 1, /* a letter of another script: ends no word */
	END = -1,
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
};

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

static void make_chains(void)
{
	memset(&chains, 0xff, sizeof(chains));
	chain_rows(chains.inside, KIND_INFIX);
	chain_rows(chains.start, KIND_PREFIX);
	chain_rows(chains.start, KIND_WORD);
	chain_rows(chains.start, KIND_INNOCENT);
}

/* A place in a text; reading on from it yields letters and separators. */
struct cursor {
	const char *p, *end;
	char release;
};

/* Letters U+00C0 to U+017F without their accents; a blank is no letter. */
static const char folded[] =
	"AAAAAAACEEEEIIIIDNOOOOO OUUUUYTSAAAAAAACEEEEIIIIDNOOOOO OUUUUYTY"
	"AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIIIIIJJKKKLLLLLLL"
	"LLLNNNNNNNNNOOOOOOOORRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZS";

static void skip_breaks(struct cursor *c)
{
	while (c->p < c->end && (*c->p == '\r' || *c->p == '\n'))
		c->p++;
}

/* The next byte of the text's content, or END. */
static int next_byte(struct cursor *c)
{
	skip_breaks(c);
	if (c->release && c->p < c->end && *c->p == c->release) {
		c->p++;
		skip_breaks(c);
	}
	return c->p < c->end ? (unsigned char)*c->p++ : END;
}

/* Take a UTF-8 continuation byte if there is one: its six bits, or END. */
static int next_continuation(struct cursor *c)
{
	struct cursor ahead = *c;
	int b = next_byte(&ahead);

	if (b == END || (b & 0xc0) != 0x80)
		return END;
	*c = ahead;
	return b & 0x3f;
}

/* A byte of 0x80 and more, already taken: UTF-8 if it can be. */
static int fold_high(struct cursor *c, int first)
{
	int low = next_continuation(c);

	if (low == END)
		return first < 0xc0 ? SEPARATOR : folded[first - 0xc0];
	if (first >= 0xc3 && first <= 0xc5)
		return folded[(first - 0xc3) * 64 + low];
	while (next_continuation(c) != END)
		;
	/* U+0080 to U+00BF and U+2000 to U+2FFF are signs, not letters */
	return first == 0xc2 || first == 0xe2 ? SEPARATOR : OTHER;
}

/* The next letter in upper case, SEPARATOR, OTHER, or END. */
static int next_letter(struct cursor *c)
{
	int b;

	/* most are capitals, with nothing before them to be skipped */
	if (c->p < c->end && *c->p >= 'A' && *c->p <= 'Z' &&
	    *c->p != c->release)
		return *c->p++;
	b = next_byte(c);
	if (b == END)
		return END;
	if (b >= 'A' && b <= 'Z')
		return b;
	if (b >= 'a' && b <= 'z')
		return b - 'a' + 'A';
	return b < 0x80 ? SEPARATOR : fold_high(c, b);
}

static bool is_letter(int l)
{
	return l != SEPARATOR && l != END;
}

static int skip_separators(struct cursor *c, int l)
{
	while (l == SEPARATOR)
		l = next_letter(c);
	return l;
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

const struct special *special_find(struct str text, char release)
{
	struct cursor c;
	bool in_word = false;

	if (str_empty(text))
		return NULL;
	c = (struct cursor){ text.ptr, text.ptr + text.len, release };
	pthread_once(&chains_once, make_chains);
	for (;;) {
		const struct row *row = NULL;
		struct cursor at = c, after = c;
		int l = next_letter(&c);

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
static const struct row *rows_find(const struct row *row, size_t nr,
				   struct str text, char release)
{
	struct cursor c;
	bool in_word = false;

	if (str_empty(text))
		return NULL;
	c = (struct cursor){ text.ptr, text.ptr + text.len, release };
	for (;;) {
		struct cursor at = c, after;
		int l = next_letter(&c);

		if (l == END)
			return NULL;
		for (size_t i = 0; is_letter(l) && !in_word && i < nr; i++)
			if (row[i].special.word[0] == l &&
			    row_matches(&row[i], at, &after))
				return &row[i];
		in_word = is_letter(l);
	}
}

const struct special *special_title(struct str text, char release)
{
	const struct row *row =
		rows_find(titles, ARRAY_SIZE(titles), text, release);

	return row ? &row->special : special_find(text, release);
}

const struct special *special_type(struct str code, char release)
{
	const struct row *row =
		rows_find(types, ARRAY_SIZE(types), code, release);

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
	for (size_t i = 0; i < ARRAY_SIZE(codes); i++)
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
