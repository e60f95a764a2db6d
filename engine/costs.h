/*
 * costs.h - what profiles cost in the running engine, kept in a file
 *
 * With the setting screen.costs each worker notes what rules/cost.h notes,
 * times of every 64th traveller; the sum of all is written to the file every
 * ten seconds and at the end, for `paxgate profile perf --engine FILE`. The
 * file holds names, predicates and numbers, nothing of any traveller. It tells
 * of this process, since the profiles are what they are. That it cannot be written is logged, once,
 * and ends nothing.
 *
 * Threads: any; each worker has costs of its own, sums are under a lock.
 */
#ifndef ENGINE_COSTS_H
#define ENGINE_COSTS_H

#include "engine/edition.h"

enum { COSTS_EVERY = 64, COSTS_WRITE_MS = 10000 };

struct engine_costs;
struct rules_costs;

/* Begin; *out is NULL when `path` is empty. Returns 0 or ERR_NOMEM. */
MUST_CHECK int engine_costs_open(struct engine_costs **out, const char *path,
				 struct err *e);

/* Write the file a last time, and free. NULL is fine. */
void engine_costs_close(struct engine_costs *c);

/*
 * A worker begins, or goes over to another edition: what it has noted is taken
 * over, and its scratch notes costs of that edition in a new *own (NULL when
 * `c` is, or without profiles). Call it before profiles are evaluated again.
 * Sums begin anew with a newer edition.
 */
MUST_CHECK int engine_costs_follow(struct engine_costs *c,
				   struct rules_costs **own,
				   struct screen_scratch *tmp,
				   struct edition *ed, struct err *e);

/* Take over what a worker has noted, when it is worth while or it ends. */
void engine_costs_take(struct engine_costs *c, struct rules_costs *own,
		       bool ends);

/* A worker ends: take the rest over and free its own. */
void engine_costs_detach(struct engine_costs *c, struct rules_costs *own);

/* Called now and then: writes the file when its time has come. */
void engine_costs_tick(struct engine_costs *c, int64_t ms);

#endif
