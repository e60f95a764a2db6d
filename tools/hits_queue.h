/*
 * hits_queue.h - in which order hits are to be reviewed, and which will not be
 *
 * Pure: the moment of asking is an argument.
 */
#ifndef TOOLS_HITS_QUEUE_H
#define TOOLS_HITS_QUEUE_H

#include "db/review.h"

struct hits_place {
	const struct review_waiting *waiting; /* borrowed */
	/* UTC: arrival, or departure where no arrival is known; else not set */
	struct moment until;
	bool arrived; /* `until` is over */
	bool reached; /* its turn ends before `until`; false: it comes too late */
};

/*
 * Sort by time left: those to come by `until`, then those without, then the
 * ones arrived, the latest first; what is equal keeps its order. With
 * `reviewers` who each take `hit_s` seconds for a hit, who has to wait too
 * long is not `reached`. Returns how many of those still to come are not.
 */
uint32_t hits_queue_sort(struct hits_place *place, uint32_t nr,
			 struct moment now, int64_t hit_s, int64_t reviewers);

#endif
