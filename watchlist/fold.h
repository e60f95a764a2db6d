/*
 * fold.h - how a name sounds, roughly, whatever the spelling
 *
 * KHADAFFI, QADDAFI and KADAFI; SHCHERBAKOV and SCHTSCHERBAKOW: one sound is
 * written in many ways, by language and by habit. fold() takes a text of A-Z
 * to one spelling by the rows of fold.def; texts with the same fold sound
 * alike. It is one more thing to compare by, never in place of the text.
 *
 *	char out[NAME_TEXT];
 *	n = fold(out, STR("KHADDAFI"));		"HADAFI"
 *
 * Threads: pure functions.
 */
#ifndef WATCHLIST_FOLD_H
#define WATCHLIST_FOLD_H

#include "base/str.h"

/*
 * Fold `text`, A-Z, at most NAME_TEXT letters, into `out`, which has room for
 * NAME_TEXT. Returns the length: at least 1 when the text has one, at most
 * that of the text.
 */
size_t fold(char *out, struct str text);

/*
 * The bones of a fold: its consonants alone, sounds that scripts and habits mix
 * up as one, each run of one once. Writes at most `folded.len` letters to
 * `out`; may be empty. Semitic names keep theirs in whatever vowels: JULAIDAN,
 * JILDAN.
 */
size_t fold_bones(char *out, struct str folded);

#endif
