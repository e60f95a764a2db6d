/*
 * tail_kafka.h - reads a topic from its beginning and goes on, without a group
 *
 * For topics that each reader wants whole: the status of messages. Nothing is
 * committed; who starts anew reads it anew.
 * Threads: a tail belongs to one.
 */
#ifndef ENGINE_TAIL_KAFKA_H
#define ENGINE_TAIL_KAFKA_H

#include "base/err.h"
#include "engine/config.h"

struct tail;

/*
 * Begin with a topic. A broker that is away is waited for later. Returns 0 or
 * ERR_USAGE.
 */
MUST_CHECK int tail_open(struct tail **out, const struct config *c,
			 const char *topic, struct err *e);

struct tail_record {
	struct str key, value; /* until the next call */
};

/*
 * The next record, waiting up to `ms` for it. Returns 1, 0 when none came or a
 * partition ended, or
 * ERR_IO when the topic cannot be reached now.
 */
MUST_CHECK int tail_next(struct tail *t, struct tail_record *out, int ms,
			 struct err *e);

/* Has each partition been read to what was its end? From then on, true. */
bool tail_is_read(const struct tail *t);

/* Free it; NULL is fine. */
void tail_close(struct tail *t);

#endif
