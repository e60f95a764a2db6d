/*
 * stage.h - what a worker spends its time on
 *
 * A stopwatch with a sum for each stage of the way of the data; a change of
 * stage costs one look at the clock, some 25 ns. Nothing depends on it.
 * Threads: a clock belongs to one; a NULL clock is none.
 */
#ifndef ENGINE_STAGE_H
#define ENGINE_STAGE_H

#include <stdint.h>
#include <time.h>

/* One row for each stage: name, and what is done in it. */
#define STAGES(X)                                               \
	X(poll, "waiting for messages")                         \
	X(open, "payloads opened")                              \
	X(intake, "parsed and redacted")                        \
	X(link, "slices made, linked to the flight")            \
	X(subject, "both messages' slices into one subject")    \
	X(profiles, "profiles, and the evidence of their hits") \
	X(lists, "watchlists, and the evidence of their hits")  \
	X(rows, "rows: JSON, sealed, tokens")                   \
	X(store, "in the database's hands, from BEGIN to COMMIT")

enum stage {
#define STAGE_ID(name, what) STAGE_##name,
	STAGES(STAGE_ID)
#undef STAGE_ID
		NR_STAGES
};

struct stage_clock {
	enum stage now;
	int64_t since_ns; /* 0: not started */
	int64_t ns[NR_STAGES];
};

/* The stage that was gone on with until now ends, `next` begins. */
static inline void stage_enter(struct stage_clock *c, enum stage next)
{
	struct timespec t;
	int64_t ns;

	if (!c)
		return;
	clock_gettime(CLOCK_MONOTONIC, &t);
	ns = t.tv_sec * 1000000000LL + t.tv_nsec;
	if (c->since_ns)
		c->ns[c->now] += ns - c->since_ns;
	c->since_ns = ns;
	c->now = next;
}

#endif
