/*
 * big_list.h - a list of invented persons, as large as wanted, to measure on
 *
 * Parts of the generator's names thrown together anew; in one name of three a
 * letter is changed, so that the dictionary grows as that of a real list does.
 * 1.4 aliases a person. Of a hundred persons 80 have one birth date, 8 have
 * two, 8 a year and 4 none. Same seed, same list.
 *
 * Lifetime: in the arena given. Threads: none.
 */
#ifndef TOOLS_BIG_LIST_H
#define TOOLS_BIG_LIST_H

#include "base/arena.h"
#include "watchlist/list.h"

/* Fill `out` with `persons` entries of a list named `big`. */
void big_list_make(struct watch_list *out, struct arena *a, uint32_t persons,
		   uint64_t seed);

#endif
