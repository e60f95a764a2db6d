/*
 * retention_kafka.h - how long the broker keeps the airlines' messages
 *
 * Too short, and an outage loses messages, or a quarantined one cannot be read
 * again; too long, and sealed personal data outlive what the law allows.
 * Threads: none of its own that outlive a call.
 */
#ifndef ENGINE_RETENTION_KAFKA_H
#define ENGINE_RETENTION_KAFKA_H

#include "base/err.h"
#include "engine/config.h"

/*
 * Ask the broker for the settings of kafka.topic: it has to delete by time
 * alone, within limits.raw_retention_hours_min and _max. Returns 0; ERR_USAGE
 * when it does not, we may not ask, or are refused; ERR_IO when no broker
 * answers within 10 s or there is no such topic.
 */
MUST_CHECK int retention_check(const struct config *c, struct err *e);

#endif
