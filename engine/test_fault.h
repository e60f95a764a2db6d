/*
 * test_fault.h - ends or stops this process at a named place, for tests
 *
 * The environment variable PAXGATE_FAULT, "SITE:N:kill" or "SITE:N:stop",
 * raises SIGKILL or SIGSTOP when the process, all its threads together, comes
 * past SITE for the N-th time. Without the variable nothing happens. Sites:
 * "linked" (a batch is ready, its transaction not begun), "begin", "copied",
 * "claimed", "committed" (db/store.h), "closed", "keys", "kept", "marked",
 * "destroyed", "dropped", "unkeyed" (engine/retention.h), "restored" (paxgate db
 * restore), "sent" (the outbox),
 * "acknowledged" (the broker has what a gateway took, and nobody is told yet)
 * and "rebalance" (a worker was given
 * partitions or is about to lose them). doc/testing.md shows its use.
 */
#ifndef ENGINE_TEST_FAULT_H
#define ENGINE_TEST_FAULT_H

#include <stdbool.h>

/* Is a fault asked for? Asked before threads start, or by any. */
bool test_fault_is_set(void);

/*
 * We are at `site`. Returns, unless this is the passage asked for; after
 * SIGSTOP it returns when somebody continues the process. The shape is that
 * of store_hooks.at; `arg` is not used. From any thread.
 */
void test_fault_at(const char *site, void *arg);

#endif
