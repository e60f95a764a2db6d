/*
 * words.h - parts of names that are titles, particles, placeholders
 *
 * The table is words.def. Static and read-only.
 */
#ifndef WATCHLIST_WORDS_H
#define WATCHLIST_WORDS_H

#include "watchlist/normalise.h"

/*
 * What `text` (A-Z) is as a part of a name. One letter is an initial, unless
 * the table has it and `inside` says that more of a surname follows.
 */
enum name_kind words_kind(struct str text, bool inside);

struct glued_title {
	struct str text;
	uint8_t keep; /* letters that must be left */
	bool sure;    /* no name ends so */
};

/* The title `text` ends with, or NULL. The longest is found. */
const struct glued_title *words_glued(struct str text);

#endif
