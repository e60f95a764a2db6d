/*
 * bench_many.h - more profiles than anybody has written, to measure with
 *
 * Made of the conditions that etc/profiles has, with bounds, airports and
 * countries of their own: at least half of the predicates are distinct. They
 * pass every check that an author's do. Same number and seed, same texts.
 */
#ifndef TOOLS_BENCH_MANY_H
#define TOOLS_BENCH_MANY_H

#include "rules/profile_set.h"

/*
 * Write `nr` profiles, named "made-00000" and so on, into the arena: the
 * array, to be given to profile_set_read().
 */
const struct profile_text *bench_many_make(uint32_t nr, uint64_t seed,
					   struct arena *a);

#endif
