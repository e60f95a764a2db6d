/*
 * translit_script.h - scripts whose letters do not stand for themselves
 *
 * In most scripts a letter has its spelling (translit.def). In these it takes
 * its neighbours: consonants with a vowel that signs take away, syllables
 * built by arithmetic, vowels written before what they follow. Each has a
 * reader of its own, that takes a run of its code points. Only translit.c calls
 * them. Static and read-only.
 */
#ifndef WATCHLIST_TRANSLIT_SCRIPT_H
#define WATCHLIST_TRANSLIT_SCRIPT_H

#include "watchlist/translit.h"

/* Put a text of A-Z behind what is there; what does not fit is left off. */
void translit_put(struct translit_out *out, const char *text);

/*
 * Spell `nr` code points of the script. False: one of them has no row, and
 * what is in `out` is of no use.
 */
typedef bool translit_script_fn(struct translit_out *out, const uint32_t *cp,
				size_t nr, enum translit_way way);

translit_script_fn translit_indic;    /* U+0900 to U+0DFF, indic.def */
translit_script_fn translit_thai;     /* U+0E00 to U+0E7F, thai.def */
translit_script_fn translit_ethiopic; /* U+1200 to U+137F, ethiopic.def */
translit_script_fn translit_kana;     /* U+3041 to U+30FF, kana.def */
translit_script_fn translit_hangul;   /* U+AC00 to U+D7A3, jamo.def */

/* The spelling of a row: NULL in a column is as in the one before. */
const char *translit_column(const char *const *by_way, enum translit_way way);

#endif
