/*
 * timer.h - the thread that notices when time is up
 *
 * What waits for something stands in the database, so no restart loses it.
 * When the wait is over, this thread puts a control message into the outbox,
 * in the transaction that notes that it did: the work itself is done by
 * whoever reads the control topic.
 */
#ifndef ENGINE_TIMER_H
#define ENGINE_TIMER_H

#include "engine/engine.h"

/*
 * Look about once a second until engine->progress.stop. The database being
 * away is waited out, and said once. Returns 0.
 */
MUST_CHECK int timer_run(struct engine *en, struct err *e);

#endif
