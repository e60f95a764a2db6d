/*
 * producer_kafka.h - puts messages into the topic
 *
 * Used by `paxgate push` and by the feeder of `paxgate run --feed`. Messages
 * are sealed before they come here. Idempotent producer: librdkafka repeats a
 * send that got lost and the broker drops doubles.
 * Threads: a producer belongs to one.
 */
#ifndef ENGINE_PRODUCER_KAFKA_H
#define ENGINE_PRODUCER_KAFKA_H

#include "base/err.h"
#include "engine/config.h"

struct producer;

/* Connect. Returns 0, ERR_USAGE or ERR_IO when no broker answers in 10 s. */
MUST_CHECK int producer_open(struct producer **out, const struct config *c,
			     struct err *e);

/*
 * Number of partitions of the topic. ERR_USAGE when the broker refuses us, or
 * we its certificate; ERR_IO when it does not answer or has no such topic.
 */
MUST_CHECK int producer_partitions(struct producer *p, struct err *e);

/*
 * Look whether the broker takes us as the settings say, up to `ms`. Returns 0,
 * also when it is away, or ERR_USAGE when it refuses us or we its certificate.
 */
MUST_CHECK int producer_greet(struct producer *p, int ms, struct err *e);

/*
 * Send one message to a partition, -1: the one its key gives; waits while the send queue is full. The
 * payload is copied. Returns 0, ERR_LIMIT when it is larger than the topic
 * allows, or ERR_IO.
 */
MUST_CHECK int producer_send(struct producer *p, int32_t partition,
			     struct str key, struct str payload, struct err *e);

/*
 * Wait until all are acknowledged. Returns 0, or ERR_IO when some were not
 * within `ms`.
 */
MUST_CHECK int producer_flush(struct producer *p, int ms, struct err *e);

/* The high watermark of a partition: the offset the next message will get. */
MUST_CHECK int producer_high(struct producer *p, int32_t partition,
			     int64_t *high, struct err *e);

/* Free; messages not yet sent are lost, so flush first. NULL is fine. */
void producer_close(struct producer *p);

#endif
