/*
 * worker.h - one thread that reads, links, screens and commits its own share
 *
 * A member of the stream's consumer group with an arena, a scratch and a database
 * connection of its own. It shares nothing that changes with other workers
 * but the progress counters.
 */
#ifndef ENGINE_WORKER_H
#define ENGINE_WORKER_H

#include "engine/engine.h"

/*
 * Work until engine->progress.stop or a failure that no waiting mends. The
 * database being away is waited out: fetching pauses, the worker stays in the
 * group. Returns 0, or ERR_INTEGRITY, ERR_USAGE and the like with a sentence.
 */
MUST_CHECK int worker_run(struct engine *en, const struct stream *stream,
			  int64_t number, struct err *e);

#endif
