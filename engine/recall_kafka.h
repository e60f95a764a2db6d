/*
 * recall_kafka.h - one message of a topic once more, by its place
 *
 * Quarantine keeps no content; as long as the topic holds a message, this
 * reads it again.
 * Threads: none of its own that outlive a call.
 */
#ifndef ENGINE_RECALL_KAFKA_H
#define ENGINE_RECALL_KAFKA_H

#include "base/buf.h"
#include "base/err.h"
#include "engine/config.h"
#include "law/crypt.h"

/* Where a message stood, and the hash of its sealed payload ("payload"). */
struct recall_place {
	struct str cluster, topic;
	int32_t part;
	int64_t offset;
	uint8_t hash[CRYPT_HASH_LEN];
};

/*
 * Append its payload, sealed as it is, to `out`. Returns 1; 0 when it is no
 * longer there, or another stands in its place; ERR_USAGE when the broker
 * refuses us; ERR_IO when it does not answer within 10 s.
 */
MUST_CHECK int recall_message(struct buf *out, const struct config *c,
			      const struct recall_place *at, struct err *e);

#endif
