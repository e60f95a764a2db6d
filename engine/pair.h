/*
 * pair.h - which booking and which API data are one person
 *
 * Works on the set of a flight's sightings, never on their order of arrival.
 */
#ifndef ENGINE_PAIR_H
#define ENGINE_PAIR_H

#include "engine/link.h"

/*
 * Pair PNR with API sightings: first those of bookings that nobody was taken
 * off (`off`, by index), the surest pairs first (sighting_likeness), among
 * equals by identity. `mate[i]` becomes the index of the sighting that
 * belongs to i, or PAIR_NONE; it has nr elements. `s` is sorted by source and
 * identity. Scratch memory comes from the arena.
 */
enum { PAIR_NONE = -1 };
void pair_sightings(int32_t *mate, const struct sighting *s, const bool *off,
		    uint32_t nr, struct arena *a);

#endif
