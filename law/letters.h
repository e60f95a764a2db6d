/*
 * letters.h - a text letter by letter, as special.c reads it
 *
 * In capitals and without accents; release characters and line breaks are
 * passed over, any other sign parts words. Pure functions.
 */
#ifndef LAW_LETTERS_H
#define LAW_LETTERS_H

#include <stdbool.h>

enum {
	SEPARATOR = ' ',
	OTHER = 1, /* a letter of another script: ends no word */
	END = -1,
};

/* A place in a text; reading on from it yields letters and separators. */
struct cursor {
	const char *p, *end;
	char release;
};

static inline bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* next_letter() where the next byte is no capital, or is a release. */
int next_other_letter(struct cursor *c);

/* The next letter in upper case, SEPARATOR, OTHER, or END. */
static inline int next_letter(struct cursor *c)
{
	/* most are capitals, with nothing before them to be skipped */
	if (c->p < c->end && is_capital(*c->p) && *c->p != c->release)
		return *c->p++;
	return next_other_letter(c);
}

static inline bool is_letter(int l)
{
	return l != SEPARATOR && l != END;
}

/* `l`, which was read last, or the first behind it that is no separator. */
static inline int skip_separators(struct cursor *c, int l)
{
	while (l == SEPARATOR)
		l = next_letter(c);
	return l;
}

#endif
