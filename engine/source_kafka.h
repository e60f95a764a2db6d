/*
 * source_kafka.h - messages from a Kafka topic, one worker's share of it
 *
 * The group only says who reads which partition; what has been read stands in
 * the database. So the source asks its owner for the next offset of each
 * partition it is given, never commits to the broker, never skips and never
 * starts over: a stored offset outside of what the broker holds is an error
 * that stops the worker (ERR_INTEGRITY, exit code 5).
 *
 *	source_open(&s, &config, &hooks, &e);
 *	while ((rc = source_poll(s, 20, &m, &e)) >= 0)
 *		if (rc) { use(&m); source_message_free(&m); }
 *	source_close(s);
 *
 * Threads: a source belongs to the thread that opened it; source_poll() runs
 * the hooks. librdkafka keeps threads of its own behind it.
 */
#ifndef ENGINE_SOURCE_KAFKA_H
#define ENGINE_SOURCE_KAFKA_H

#include "base/err.h"
#include "engine/config.h"

struct source;

struct source_message {
	int32_t partition;
	int64_t offset;
	int64_t due; /* the offset the partition stands at in the database */
	int64_t timestamp_ms; /* the broker's, since 1970 UTC */
	struct str payload;   /* valid until source_message_free() */
	void *handle;
};

struct source_hooks {
	/*
	 * The offset to read next of a partition that was just given to us;
	 * the broker's first is `low`. May wait; returns 0 or an err_code.
	 */
	int (*load)(void *ctx, const char *cluster, int32_t partition,
		    int64_t low, int64_t *next, struct err *e);
	/* Is the engine being stopped? Asked while a broker is away. */
	bool (*stopping)(const void *ctx);
	void *ctx;
};

/*
 * Join the group. Returns 0, ERR_USAGE for a setting librdkafka refuses, or
 * ERR_IO when no broker answers within 10 seconds.
 */
MUST_CHECK int source_open(struct source **out, const struct config *c,
			   int64_t worker, const struct source_hooks *hooks,
			   struct err *e);

/* The broker's cluster id; borrowed from the source. */
const char *source_cluster(const struct source *s);

/*
 * Wait up to `ms` for a message of a partition we own. Returns 1 and fills
 * `m`, 0 when there is none, or an err_code: ERR_INTEGRITY when an offset is
 * outside of the broker's range, ERR_FENCED when another engine has joined
 * under our kafka.instance.
 */
MUST_CHECK int source_poll(struct source *s, int ms, struct source_message *m,
			   struct err *e);

/* Give a message back. */
void source_message_free(struct source_message *m);

/* Is this message's partition still ours, and is it the one due next? */
bool source_is_due(const struct source *s, const struct source_message *m);

/*
 * How often the group has given us partitions or taken them. When it differs
 * after a poll, what was polled before is not ours any more, or will come
 * again.
 */
uint32_t source_generation(const struct source *s);

/*
 * Does the broker hold what comes after `next`, ours or not? Returns 0 or
 * ERR_INTEGRITY; waits for a broker that is away.
 */
MUST_CHECK int source_check(struct source *s, int32_t partition, int64_t next,
			    struct err *e);

/* The messages up to `offset` of a partition are stored: it is due next. */
void source_advance(struct source *s, int32_t partition, int64_t offset);

/*
 * The database knows better: ask the hook for all offsets again and read on
 * from there. Returns 0, what the hook returned, or ERR_IO.
 */
MUST_CHECK int source_rewind(struct source *s, struct err *e);

/* Stop and restart fetching; the worker stays in the group. */
void source_pause(struct source *s);
void source_resume(struct source *s);

/* Leave the group and free. NULL is fine. */
void source_close(struct source *s);

#endif
