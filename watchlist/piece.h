/*
 * piece.h - a name's fields cut into pieces, on their way to be tokens
 *
 * The first half of normalise.h: code points, apostrophes, separators, the
 * first spelling in A-Z, and ABD AL X put together. The second half gives the
 * pieces their other keys. Lives on the stack during name_normalise().
 */
#ifndef WATCHLIST_PIECE_H
#define WATCHLIST_PIECE_H

#include "watchlist/normalise.h"
#include "watchlist/step.h"
#include "watchlist/translit.h"

#include <string.h>

enum { SERVANT_KEEP = 3 }; /* least letters of X in ABDULX */

struct name_piece {
	const uint32_t *cp; /* its letters, in name_pieces.cp */
	size_t nr;
	char text[NAME_TEXT]; /* spelled as the machine readable zone does */
	size_t len;
	enum name_part part;
	bool plain;  /* all of it is A-Z */
	bool merged; /* ABD AL X: text is not the spelling of cp */
};

struct name_pieces {
	uint32_t cp[2][NAME_CODE_POINTS]; /* by name_part */
	struct name_piece piece[NAME_TOKENS];
	size_t nr;
	uint32_t steps; /* bits of step.h */
};

/* Cut one field: letters stay; marks, digits and apostrophes go. */
void pieces_read(struct name_pieces *r, struct str raw, enum name_part part);

/* A Korean name in one, 3 syllables as a rule: surname and given names. */
void pieces_split_family(struct name_pieces *r);

/* ABD AL X, ABDEL X, ABD X: one piece ABDULX. */
void pieces_merge_servants(struct name_pieces *r);

/*
 * Spell `nr` capitals one way into `out` (NAME_TEXT bytes). False: a letter
 * has no table, and the text is kept as UTF-8.
 */
bool piece_spell(char *out, size_t *len, const uint32_t *cp, size_t nr,
		 enum translit_way way);

/* Length of ABD and its article at the front of `text`, or 0. */
size_t servant_prefix(struct str text);

/* ABDUL and `rest` into `out` (NAME_TEXT bytes); returns the length. */
size_t servant_make(char *out, struct str rest);

/* The piece as spelled. */
static inline struct str piece_text(const struct name_piece *p)
{
	return (struct str){ p->text, p->len };
}

/* One of A E I O U? */
static inline bool piece_is_vowel(char c)
{
	return c && strchr("AEIOU", c);
}

#endif
