/*
 * topic_kafka.h - makes and removes a topic, for measurements
 *
 * An operator makes the topic of a real PIU himself: partitions, replicas and
 * retention are his to choose.
 * Threads: none of its own that outlive a call.
 */
#ifndef ENGINE_TOPIC_KAFKA_H
#define ENGINE_TOPIC_KAFKA_H

#include "base/err.h"
#include "engine/config.h"

/*
 * Make kafka.topic with so many partitions, one replica, and messages of up to
 * limits.message_bytes. Returns 0, ERR_USAGE, or ERR_IO when no broker answers
 * within 10 s, refuses, or has one of this name.
 */
MUST_CHECK int topic_create(const struct config *c, int partitions,
			    struct err *e);

/* Remove it and what it holds. As topic_create(). */
MUST_CHECK int topic_drop(const struct config *c, struct err *e);

#endif
