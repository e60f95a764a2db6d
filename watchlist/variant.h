/*
 * variant.h - classes of names that are one name in many languages
 *
 * ALEKSANDR, OLEKSANDR, ISKANDER: no rule of spelling brings them together. The
 * rows of variant.def do, by their folds (fold.h).
 *
 * Threads: any; the table is made once, by the first who asks.
 */
#ifndef WATCHLIST_VARIANT_H
#define WATCHLIST_VARIANT_H

#include "base/str.h"

enum { VARIANT_NONE = 0 };

/* The class of a fold (at most NAME_TEXT letters), from 1; VARIANT_NONE when it
 * is of none. */
unsigned int variant_class(struct str folded);

/* The i-th fold of all classes into *folded, static; returns its class, or
 * VARIANT_NONE at the end. They stand by their letters. */
unsigned int variant_walk(size_t i, struct str *folded);

#endif
