/*
 * outbox.h - the threads that send answers, and control messages
 *
 * Workers put answers into ops.outbox in the transaction of the message that
 * is answered, engine/timer.c control messages. A thread for each, with a connection and a producer of its own, sends
 * them in the order of the messages and deletes them when the broker has them.
 * A crash in between sends them again: at least once; the control reference of
 * a double is the same. Several engines share one outbox and never have one
 * row in hand at the same time; each keeps the order of what it takes.
 */
#ifndef ENGINE_OUTBOX_H
#define ENGINE_OUTBOX_H

#include "engine/engine.h"

/*
 * One kind of rows: their topic in the outbox and at the broker, how long to
 * wait between looks, and the words for the log.
 */
struct outbox_kind {
	const char *(*name)(const struct engine *en);
	const char *(*topic)(const struct engine *en);
	int idle_ms;
	bool drained; /* a drain waits for it; rows are counted */
	const char *application, *wait_event, *back_event;
};

extern const struct outbox_kind outbox_replies, outbox_control;

/*
 * Send until engine->progress.stop. Database or topic being away is waited
 * out, and said once. Answers: after progress.drained sets
 * progress.outbox_empty when nothing is left. Returns 0, or ERR_USAGE for a
 * setting librdkafka refuses.
 */
MUST_CHECK int outbox_run(struct engine *en, const struct outbox_kind *kind,
			  struct err *e);

#endif
