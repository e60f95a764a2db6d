/*
 * words.h - parts of names that are titles, particles, placeholders
 *
 * The table is words.def. Static and read-only.
 */
#ifndef WATCHLIST_WORDS_H
#define WATCHLIST_WORDS_H

#include "watchlist/normalise.h"

/* Where a part of the name stands. */
enum word_place {
	WORD_ALONE,  /* nothing else is in its field */
	WORD_AMONG,  /* others are */
	WORD_INSIDE, /* of the surname, and more of it follows */
};

/*
 * What `text` (A-Z) is as a part of a name there. Alone it is no particle (LE
 * HOANG), and one letter is one (FIGUEIREDO E SOUSA) only inside: an initial
 * elsewhere.
 */
enum name_kind words_kind(struct str text, enum word_place place);

struct glued_title {
	struct str text;
	uint8_t keep; /* letters that must be left */
	bool sure;    /* no name ends so */
};

/* The title `text` ends with, or NULL. The longest is found. */
const struct glued_title *words_glued(struct str text);

#endif
