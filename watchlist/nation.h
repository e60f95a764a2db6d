/*
 * nation.h - how two sets of States agree
 *
 * Of nationalities and of places of birth. A former State and one of its
 * successors agree in part. Static and read-only; pure functions.
 */
#ifndef WATCHLIST_NATION_H
#define WATCHLIST_NATION_H

#include "base/str.h"
#include "watchlist/birth.h"

/*
 * The best verdict of any two codes (ISO alpha-3) of sets `a` and `b`; codes
 * for stateless and such say nothing.
 */
enum watch_verdict watch_nationality(const struct str *a, uint32_t nr_a,
				     const struct str *b, uint32_t nr_b);

#endif
