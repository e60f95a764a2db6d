/*
 * wake_kafka.h - wait for a consumer's messages, whatever the wall clock does
 *
 * librdkafka waits for moments of the wall clock (its issue 2145): when that is
 * set back, its threads, and who waits in a call of its, sleep until the clock
 * is where it was; no heartbeat goes out meanwhile. So we wait ourselves, by
 * the clock that is never set, and rouse it when the other has gone back.
 *
 * Threads: a wake belongs to the thread that polls the consumer.
 */
#ifndef ENGINE_WAKE_KAFKA_H
#define ENGINE_WAKE_KAFKA_H

#include "base/err.h"

#include <librdkafka/rdkafka.h>

struct wake {
	int fd;		 /* readable when the empty queue got something */
	int64_t lead_ms; /* of the wall clock before the monotonic one */
};

/* Watch the queue of consumer `rk`. Returns 0 or ERR_IO. */
MUST_CHECK int wake_open(struct wake *w, rd_kafka_t *rk, struct err *e);

/*
 * What the consumer gets within `ms`, or NULL: a message or an error of its,
 * to be destroyed by the caller. Runs the rebalance callback.
 */
rd_kafka_message_t *wake_poll(struct wake *w, rd_kafka_t *rk, int ms);

/* Before `rk` is destroyed. */
void wake_close(struct wake *w, rd_kafka_t *rk);

#endif
