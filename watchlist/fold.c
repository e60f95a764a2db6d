#include "watchlist/fold.h"

#include "watchlist/normalise.h"

#include <pthread.h>

enum { LETTERS = 26, LETTER_ROWS = 32 };

enum where { WHERE_ANY, WHERE_START, WHERE_END, WHERE_BEFORE };

struct fold_row {
	struct str from, to;
	enum where where;
};

static const struct fold_row rows[] = {
#define FOLD(from, to, where) { STR_INIT(from), STR_INIT(to), WHERE_##where },
#include "watchlist/fold.def"
#undef FOLD
};

/* The rows that begin with a letter, in their order, and NULL. */
static const struct fold_row *by_letter[LETTERS][LETTER_ROWS + 1];
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* The consonant that each letter of a fold counts for; ' ': none. */
/*			    ABCDEFGHIJKLMNOPQRSTUVWXYZ */
static const char bone[] = " BSD FKH JKLMN PKRST VVKIS";

static bool is_vowel(char c)
{
	return c && strchr("AEIOUY", c);
}

static bool fits(const struct fold_row *r, struct str text, size_t at)
{
	size_t end = at + r->from.len;

	if (end > text.len || memcmp(text.ptr + at, r->from.ptr, r->from.len))
		return false;
	switch (r->where) {
	case WHERE_START:
		return at == 0 && end < text.len;
	case WHERE_END:
		return at > 0 && end == text.len;
	case WHERE_BEFORE:
		return end < text.len && is_vowel(text.ptr[end]);
	case WHERE_ANY:
		break;
	}
	return true;
}

static void make(void)
{
	uint8_t nr[LETTERS] = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int c = rows[i].from.ptr[0] - 'A';

		if (nr[c] < LETTER_ROWS)
			by_letter[c][nr[c]++] = &rows[i];
	}
}

/* The first row that fits at `at`, or NULL. */
static const struct fold_row *row_at(struct str text, size_t at)
{
	const struct fold_row *const *r = by_letter[text.ptr[at] - 'A'];

	while (*r && !fits(*r, text, at))
		r++;
	return *r;
}

static size_t put(char *out, size_t n, char c)
{
	if (n && out[n - 1] == c)
		return n;
	out[n] = c;
	return n + 1;
}

size_t fold(char *out, struct str text)
{
	size_t n = 0;

	pthread_once(&once, make);
	for (size_t at = 0; at < text.len;) {
		const struct fold_row *r = row_at(text, at);
		size_t k = 0;

		if (!r) {
			n = put(out, n, text.ptr[at++]);
			continue;
		}
		while (k < r->to.len)
			n = put(out, n, r->to.ptr[k++]);
		at += r->from.len;
	}
	return n;
}

size_t fold_bones(char *out, struct str folded)
{
	size_t n = 0;

	for (size_t i = 0; i < folded.len; i++) {
		/* a damaged snapshot may hold anything */
		unsigned at = (unsigned char)folded.ptr[i] - (unsigned)'A';
		char c = at < sizeof(bone) - 1 ? bone[at] : ' ';

		if (c != ' ')
			n = put(out, n, c);
	}
	return n;
}
