/*
 * progress.h - how far the engine is, shared by its threads
 *
 * Counters only, no values. Workers add, the feeder and the line on the
 * terminal read. All members are atomics; the struct is zeroed to begin.
 */
#ifndef ENGINE_PROGRESS_H
#define ENGINE_PROGRESS_H

#include "engine/histogram.h"
#include "engine/stage.h"

#include <stdatomic.h>
#include <stdint.h>

enum { PROGRESS_PARTITIONS = 1024 };

/* One row for each counter: name, and the word on the progress line. */
#define PROGRESS_COUNTERS(X)            \
	X(messages, "messages")         \
	X(bytes, "bytes")               \
	X(travellers, "travellers")     \
	X(removed, "removed items")     \
	X(out_of_scope, "out of scope") \
	X(quarantined, "in quarantine") \
	X(hits, "hit rows")             \
	X(rows, "rows")                 \
	X(replies, "replies sent")      \
	X(transactions, "transactions") \
	X(fenced, "fenced")

struct progress {
#define PROGRESS_MEMBER(name, word) _Atomic int64_t name;
	PROGRESS_COUNTERS(PROGRESS_MEMBER)
#undef PROGRESS_MEMBER
	/* by partition: the next offset as committed in the database, plus 1
	 * (0: not known yet), and where a drain ends, plus 1 (0: nowhere) */
	_Atomic int64_t next[PROGRESS_PARTITIONS];
	_Atomic int64_t target[PROGRESS_PARTITIONS];
	_Atomic int64_t stage_ns[NR_STAGES]; /* all workers', committed */
	struct histogram batch;	  /* from its first message in hand to COMMIT */
	struct histogram latency; /* from the broker's time of that to COMMIT */
	struct histogram swap;	  /* a worker's pause, to take up profiles */
	_Atomic int64_t regex_limits; /* patterns that were too much work */
	_Atomic int stop;	      /* finish the batch and end */
	_Atomic int fed;	      /* the feeder has produced everything */
	_Atomic int drained; /* all messages are committed: see the outbox */
	_Atomic int outbox_empty; /* and it was, after that */
	_Atomic int failure; /* exit code of the first worker that failed */
};

struct batch;

/* A batch has been committed; its worker's clock is taken over, too. */
void progress_committed(struct progress *p, const struct batch *b,
			struct stage_clock *c);

/* Is everything up to the targets committed? */
int progress_is_drained(struct progress *p);

#endif
