/*
 * docnumber.h - numbers of documents, locators and the like in one form
 *
 * Canonical: ASCII capitals and digits only, so that blanks, hyphens and case
 * do not part what is the same. The one rule for parsers, linking, tokens of
 * searches and watchlists. Pure functions.
 */
#ifndef BASE_DOCNUMBER_H
#define BASE_DOCNUMBER_H

#include "base/arena.h"

enum {
	DOCUMENT_TEXT = 24, /* longest canonical number */
	DOCUMENT_LEAST = 5, /* shorter ones identify nobody */
};

struct document_number {
	char text[DOCUMENT_TEXT];
	uint8_t len; /* 0: not a usable number */
};

/* A letter as a capital, a digit as it is; 0 for any other byte. */
static inline char docnumber_sign(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '\0';
}

/* Do they have the same signs, and any at all? */
bool docnumber_same(struct str a, struct str b);

/* Has it a sign? */
bool docnumber_is_set(struct str s);

/*
 * The signs of `s` alone, whatever they are: `s` itself where it has no other
 * bytes, else a copy in the arena. Empty when it has none.
 */
struct str docnumber_fold(struct arena *a, struct str s);

/*
 * The canonical form of a document's number as received; len 0 when it has
 * fewer than DOCUMENT_LEAST or more than DOCUMENT_TEXT signs, or no digit, or
 * only one and the same sign.
 */
struct document_number document_canonical(struct str raw);

/* The same as a text: absent where it is no usable number. As docnumber_fold(). */
struct str docnumber_canonical(struct arena *a, struct str raw);

#endif
