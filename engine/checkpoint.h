/*
 * checkpoint.h - the audit log is signed while the engine runs
 *
 * Every `audit.checkpoint_minutes`, and when the engine ends, the ends of all
 * chains are signed, stored, and appended to a file beside the keys, so that a
 * database that was set back is found out. What goes wrong is logged
 * (checkpoint-failed) and tried again: the work does not wait for it.
 *
 * Threads: one of its own.
 */
#ifndef ENGINE_CHECKPOINT_H
#define ENGINE_CHECKPOINT_H

#include "db/audit.h"
#include "engine/engine.h"
#include "law/signkey.h"

/*
 * Make one and append it to c->audit_checkpoints. `out->nr` is 0 when nothing
 * came since the last one. Returns 0, ERR_IO, or as audit_checkpoint_make().
 */
MUST_CHECK int checkpoint_make(struct audit_signed *out, struct pg *pg,
			       const struct config *c,
			       const struct sign_pair *pair, struct arena *a,
			       struct err *e);

/* The thread: until the engine is told to stop. Does not fail. */
void checkpoint_run(struct engine *en);

/* The last one, when all workers have ended. Does not fail. */
void checkpoint_last(struct engine *en);

#endif
