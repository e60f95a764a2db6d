/*
 * embedded_kafka.h - a broker inside the process, for trying out
 *
 * librdkafka's mock cluster: a fresh cluster id and topic at every start, no
 * disk, no security; it silently keeps 5 MiB per partition only, so the
 * feeder stays close to what is committed (engine/feeder.h). A crash ends the
 * embedded day. Tests of exactness and production use a real Apache Kafka.
 */
#ifndef ENGINE_EMBEDDED_KAFKA_H
#define ENGINE_EMBEDDED_KAFKA_H

#include "base/err.h"

enum { EMBEDDED_PARTITIONS = 60, EMBEDDED_MESSAGE_BYTES = 4 << 20 };

struct embedded_kafka;

/*
 * Start it with an empty topic of EMBEDDED_PARTITIONS, and one of a single
 * partition for control messages if that has a name. Returns 0 or ERR_IO.
 */
MUST_CHECK int embedded_kafka_start(struct embedded_kafka **out,
				    const char *topic, const char *control,
				    struct err *e);

/* Its address, for kafka.brokers; borrowed. */
const char *embedded_kafka_address(const struct embedded_kafka *b);

/* Stop and free; after all its clients. NULL is fine. */
void embedded_kafka_stop(struct embedded_kafka *b);

#endif
