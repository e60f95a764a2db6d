/*
 * translit.h - a letter of another script, or one with a mark, as A-Z
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

/*
 * How the capital letter cp[0] is written in A-Z, looking at most at `nr`
 * (>= 1) code points. Sets *used to 1, or to 2 when cp[1] belongs to the same
 * sound. Absent: the letter is of a script without a table. Static.
 */
struct str translit_letter(const uint32_t *cp, size_t nr, enum translit_way way,
			   size_t *used);

#endif
