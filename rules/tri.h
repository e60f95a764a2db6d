/*
 * tri.h - true, false, unknown: Kleene's three values
 *
 * The truth tables stand in doc/profiles.md; these functions are them.
 * Plain values, no state.
 */
#ifndef RULES_TRI_H
#define RULES_TRI_H

#include <stdbool.h>

enum tri { TRI_FALSE, TRI_UNKNOWN, TRI_TRUE }; /* in this order: and = min */

static inline enum tri tri_of(bool b)
{
	return b ? TRI_TRUE : TRI_FALSE;
}

static inline enum tri tri_and(enum tri a, enum tri b)
{
	return a < b ? a : b;
}

static inline enum tri tri_or(enum tri a, enum tri b)
{
	return a > b ? a : b;
}

static inline enum tri tri_not(enum tri a)
{
	return (enum tri)(TRI_TRUE - a);
}

/* "true", "false" or "unknown". */
static inline const char *tri_name(enum tri t)
{
	return t == TRI_TRUE ? "true" : t == TRI_FALSE ? "false" : "unknown";
}

#endif
