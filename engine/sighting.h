/*
 * sighting.h - what a message says of whom
 *
 * Turns a parsed message into sightings (engine/link.h): one for each
 * traveller of each booking, or of a PAXLST.
 */
#ifndef ENGINE_SIGHTING_H
#define ENGINE_SIGHTING_H

#include "engine/link.h"

/*
 * Is that person of the message a passenger? Not crew (Directive (EU) 2016/681
 * Art. 3(4)), nor whoever may only go to the gate (PAXLST, BGM 655): they are
 * neither stored nor screened.
 */
bool sighting_is_passenger(const struct message *m, const struct traveller *t);

/*
 * The sighting of one traveller; texts are in the arena or borrowed from the
 * record. `slice` and `header` are borrowed.
 */
void sighting_make(struct sighting *out, enum sighting_source source,
		   const struct parsed *p, const struct booking *b,
		   const struct traveller *t, uint32_t index, struct arena *a);

/* A deep copy into the arena; header and slice pointers stay as they are. */
void sighting_copy(struct sighting *out, const struct sighting *in,
		   struct arena *a);

/*
 * Is `x` newer than `y`? By time of preparation, then by the transaction's
 * revision, then by message hash. One that is bare is older than any that is
 * not.
 */
bool sighting_is_newer(const struct sighting *x, const struct sighting *y);

/*
 * How surely an API and a PNR sighting are one person: 0 not, higher is
 * surer. Documents say most, then locator with name, then name with birth
 * date; birth dates that disagree say no.
 */
int sighting_likeness(const struct sighting *pnr, const struct sighting *api);

#endif
