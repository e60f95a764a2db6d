/*
 * range_kafka.h - what the broker holds of some partitions
 *
 * Asked for all at once: on a connection a question waits behind a fetch, up to
 * fetch.wait.max.ms, so sixty questions would take seconds.
 * Threads: none of its own.
 */
#ifndef ENGINE_RANGE_KAFKA_H
#define ENGINE_RANGE_KAFKA_H

#include "base/err.h"

#include <librdkafka/rdkafka.h>
#include <stdbool.h>

/* A partition's messages: offsets [low, high). */
struct range {
	int64_t low, high;
};

/*
 * The ranges of `parts`, in their order. Waits for a broker that is away, until
 * stopping(ctx). Returns 0, or ERR_IO when it was stopped.
 */
MUST_CHECK int ranges_ask(struct range *out, rd_kafka_t *rk,
			  const rd_kafka_topic_partition_list_t *parts,
			  bool (*stopping)(const void *ctx), const void *ctx,
			  struct err *e);

#endif
