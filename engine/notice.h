/*
 * notice.h - word that a person, or a whole flight, does not travel, or does
 *
 * Close-outs (BGM 266 CLNB, CLOB), cancellations (745 XR) and reductions of
 * party (745 RP) name persons whom earlier messages describe: they are no
 * sightings, for they would push the documents out. 266 XF takes the whole
 * flight off. A notice is kept beside the sightings and decides who is gone,
 * in whichever order messages come. It holds no name, only hashes.
 */
#ifndef ENGINE_NOTICE_H
#define ENGINE_NOTICE_H

#include "engine/link.h"

/* Does the message only name this traveller of it, and what becomes of him? */
bool notice_is(const struct message *m, const struct traveller *t);

/* Add what `x`, made of that traveller, says. */
void notice_add(struct flight_state *s, const struct sighting *x,
		const struct traveller *t);

/* Add that the flight does not take place, when the message says so. */
void notice_add_flight(struct flight_state *s, const struct message *m);

/*
 * Keep the newest notice of each person and set linked[].gone by them. One
 * that is older than what the newest sighting says does not count. A person
 * without the carrier's reference is told by locator and name, unless several
 * on the flight share them: then nobody is gone, for a mistaken withdrawal
 * would be a person missed.
 */
void notices_settle(struct flight_state *s);

#endif
