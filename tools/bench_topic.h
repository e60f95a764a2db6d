/*
 * bench_topic.h - a topic on a real Kafka for the length of a measurement
 *
 * Named paxgate.bench.PID.NAME, sealed to a key pair of its own in the scratch
 * folder, removed afterwards. One at a time: b->topic.
 */
#ifndef TOOLS_BENCH_TOPIC_H
#define TOOLS_BENCH_TOPIC_H

#include "engine/feeder.h"
#include "tools/bench.h"

/* Make it, and the keys. Returns 0 or an err_code. */
MUST_CHECK int bench_topic_make(struct bench *b, const char *name,
				struct err *e);

/* Put all files of the day into it, and wait for the broker. Likewise. */
MUST_CHECK int bench_topic_fill(struct bench *b, struct err *e);

/*
 * Settings for an engine on it: broker, topic, keys. `number` makes its group
 * and its folder of days' keys new ones. Returns 0 or an err_code.
 */
MUST_CHECK int bench_topic_settings(struct config *c, struct bench *b,
				    int number, struct err *e);

/* A way to put messages into it. */
struct bench_feed {
	struct config config;
	struct producer *producer;
	struct feeder feeder;
	uint8_t key[CRYPT_KEY_LEN];
};

/* Returns 0 or an err_code; bench_feed_close() in any case. */
MUST_CHECK int bench_feed_open(struct bench_feed *f, struct bench *b,
			       struct err *e);
/* Messages not flushed before are lost. */
void bench_feed_close(struct bench_feed *f);

/* Remove it; nothing when there is none. */
void bench_topic_drop(struct bench *b);

#endif
