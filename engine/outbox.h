/*
 * outbox.h - the threads that send what is in the outbox
 *
 * Workers put answers, and what became of messages, into ops.outbox in the
 * transaction of the message that they are about, each for its topic:
 * replies.topic, status.topic; the database puts new hits there, and what
 * reviewers refer (hits.topic, referrals.topic); engine/timer.c puts control
 * messages there. Two threads, with connections and producers of their own, one
 * for control messages, send
 * them in the order of the messages and deletes them when the broker has them.
 * A crash in between sends them again: at least once; the control reference of
 * a double is the same. Several engines share one outbox and never have one
 * row in hand at the same time; each keeps the order of what it takes.
 */
#ifndef ENGINE_OUTBOX_H
#define ENGINE_OUTBOX_H

#include "engine/engine.h"

/* Is there a topic to send to? */
bool outbox_is_used(const struct config *c);

/* What is sent: all that a drain waits for, or the engine's own work. */
enum outbox_kind { OUTBOX_ANSWERS, OUTBOX_CONTROL };

/*
 * Send until engine->progress.stop. Database or topic being away is waited
 * out, and said once. For answers, after progress.drained sets progress.outbox_empty when
 * nothing is left. Returns 0, or ERR_USAGE for a setting librdkafka refuses.
 */
MUST_CHECK int outbox_run(struct engine *en, enum outbox_kind kind,
			  struct err *e);

#endif
