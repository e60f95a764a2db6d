/*
 * drain.h - a drain ends when all is committed, by whomever
 */
#ifndef ENGINE_DRAIN_H
#define ENGINE_DRAIN_H

#include "db/pg.h"
#include "engine/engine.h"
#include "engine/source_kafka.h"

/*
 * Note in engine->progress how far other members are with the partitions that
 * a drain waits for; a few times a second, `looked_at_ms` remembers when.
 * Returns 0, ERR_INTEGRITY when the broker does not hold what comes next, or
 * as pg_run().
 */
MUST_CHECK int drain_look(struct engine *en, struct source *s, struct pg *pg,
			  int64_t *looked_at_ms, struct err *e);

#endif
