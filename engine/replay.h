/*
 * replay.h - is a hit what its inputs give
 *
 * Takes a hit as it is stored with everything it was made of (db/query.h),
 * opens evidence and slices with the day's key, parses, links and screens
 * again, and says in what the result differs. It recomputes: nothing stored
 * is taken for a result. What is compared stands in doc/replay.md.
 *
 *	struct replay r;
 *	rc = replay_hit(&r, &setup, &inputs, &arena, &e);
 *	for (i = 0; i < r.nr; i++)
 *		... r.difference[i] ...
 *
 * Threads: a setup has a scratch and belongs to one.
 */
#ifndef ENGINE_REPLAY_H
#define ENGINE_REPLAY_H

#include "db/query.h"
#include "engine/screen.h"

struct replay_desk;

struct replay_setup {
	const struct screen_set *set;	/* profiles and lists as they are now */
	struct screen_scratch *scratch; /* of this set */
	const uint8_t *day_key;		/* of the hit's clock_day */
	struct replay_desk *desk; /* replay_desk.h; NULL: nothing is kept */
};

/*
 * One thing that is not as recorded. `part` names it: a column of pax.hit, or
 * a member of the evidence ("evidence.verdict.score"); it holds no value. A
 * value that says nothing is absent.
 */
struct replay_difference {
	struct str part;
	const char *what; /* "differs", "is not stored", ... */
	struct str recorded, replayed;
	bool personal; /* the two values are personal data */
};

enum { REPLAY_DIFFERENCES = 100 }; /* of one hit; more are not listed */

struct replay {
	struct replay_difference *difference;
	uint32_t nr;  /* 0: identical */
	bool on_pair; /* replayed on the recorded entry, not on a snapshot */
	/*
	 * What the hit was made of, with `opened`. Its bytes are in the arena,
	 * or in the desk if there is one; `past` is what input.past points to.
	 */
	bool opened;
	struct screen_input input;
	struct past past;
};

/*
 * Replay one hit. Whatever is wrong with what is stored is a difference; so
 * are other profiles, reference tables, State or semantics than recorded.
 * Another watchlist is none: a list hit is then replayed on the entry in its
 * evidence. Texts are in the arena or borrowed from `in`. Returns 0, or
 * ERR_NOMEM.
 */
MUST_CHECK int replay_hit(struct replay *out, const struct replay_setup *setup,
			  const struct hit_inputs *in, struct arena *a,
			  struct err *e);

/*
 * Add a difference; beyond REPLAY_DIFFERENCES does nothing. For what replay.c
 * is made of.
 */
void replay_differ(struct replay *r, struct arena *a,
		   const struct replay_difference *d);

/*
 * Add each member in which two pieces of evidence, canonical JSON, differ.
 */
void replay_compare_evidence(struct replay *r, struct str recorded,
			     struct str replayed, struct arena *a);

#endif
