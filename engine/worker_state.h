/*
 * worker_state.h - what a worker has in hand
 *
 * For worker*.c.
 */
#ifndef ENGINE_WORKER_STATE_H
#define ENGINE_WORKER_STATE_H

#include "engine/stream.h"

struct worker {
	struct engine *engine;
	const struct stream *stream;
	struct config config; /* the engine's, with the stream's topic */
	int64_t number;
	struct source *source;
	struct store *store;
	struct flights flights;
	struct screen_scratch *scratch;
	struct rules_costs *costs; /* of its edition; NULL: not noted */
	struct batch batch;
	struct stage_clock clock;
	struct edition *edition; /* of the profiles, that it works with */
	struct held_lists lists; /* these profiles beside the live lists */
	uint32_t generation;	 /* of the source, as the batch began */
	int64_t looked_at_ms;
	uint64_t regex_limits; /* of the scratch, that are counted */
	int fenced;	       /* times in a row */
	int waits; /* after a database's refusal; 0: the last batch went in */
	uint32_t careful; /* messages to take alone: a row was refused */
	struct source_message held; /* when careful: that message */
};

/*
 * While a drain waits: see how far partitions are that others may have. At
 * most four times a second; else does nothing. Returns 0 or as load_offset().
 */
MUST_CHECK int worker_look_around(struct worker *w, struct err *e);

/* Work with its edition's profiles, and with the lists that it holds. */
void worker_profiles_use(struct worker *w);

/*
 * Between two batches: take up the current edition, if it is another than the
 * worker's, from the offsets on that are stored now. How long that held the
 * worker up is counted (progress.h). Returns 0 or as profiles_take(), and the
 * edition is the one that it was.
 */
MUST_CHECK int worker_profiles_renew(struct worker *w, struct err *e);

/* Milliseconds of a clock that nobody sets. */
int64_t worker_now_ms(void);

#endif
