/*
 * translit.h - letters of another script, or with a mark, as A-Z
 *
 * Three ways of writing stand side by side (translit.def): the machine
 * readable zone's, the popular one and a national one. A word spelled in each
 * of them gives the keys it is found by. Static and read-only.
 */
#ifndef WATCHLIST_TRANSLIT_H
#define WATCHLIST_TRANSLIT_H

#include "base/str.h"

enum translit_way {
	TRANSLIT_MRZ, /* ICAO Doc 9303-3 section 6; Greek ELOT 743 */
	TRANSLIT_POPULAR,
	TRANSLIT_NATIONAL,
	TRANSLIT_WAYS,
};

/* What is written so far; `text` is the caller's. */
struct translit_out {
	char *text;
	size_t len, cap; /* bytes */
};

/*
 * Write `nr` capital letters behind what is in `out`; what does not fit is left
 * off. False: one of them is of a script without a table.
 */
bool translit_spell(struct translit_out *out, const uint32_t *cp, size_t nr,
		    enum translit_way way);

/*
 * Is it of a script whose letters are read with their neighbours by rule
 * (translit_script.h)? Its marks belong to the sound, others may be left out.
 */
bool translit_by_rule(uint32_t cp);

/*
 * Korean names are written in one: how many of the syllables `cp` are the
 * surname; 0: it is no such name.
 */
size_t translit_family(const uint32_t *cp, size_t nr);

#endif
