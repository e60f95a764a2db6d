/*
 * flights.h - the flights a worker has in hand, as last committed
 *
 * A cache of link states. A flight that is not in it is read back from the
 * database: slices are opened and parsed again. Within a batch a flight has a
 * pending state, too: committed when the transaction is, dropped otherwise.
 * Holds about FLIGHTS_KEPT flights, and between batches FLIGHTS_BYTES of them:
 * a flight with many pushes grows, and read back it is small again. Those used
 * longest ago go first, never one with a pending state.
 *
 * Threads: one worker's own.
 */
#ifndef ENGINE_FLIGHTS_H
#define ENGINE_FLIGHTS_H

#include "db/pg.h"
#include "engine/link.h"
#include "law/keyfolder.h"

enum { FLIGHTS_KEPT = 128, FLIGHTS_BYTES = 64 << 20 };

struct flight_entry {
	struct flight_state committed, pending;
	bool has_pending;
	int32_t clock_day; /* days since 1970-01-01, UTC */
	int64_t version;   /* in the database; 0: no row yet */
	uint64_t used;	   /* when last asked for */
};

struct flights {
	struct flight_entry **entry;
	uint32_t nr, cap;
	uint64_t clock;
	struct pg *pg;		 /* borrowed; changes at a reconnect */
	struct key_folder *keys; /* borrowed */
};

/*
 * The entry of a flight; `today` becomes its clock_day at first sight. The
 * entry stays where it is until the batch ends. Returns 0, ERR_INTEGRITY, or
 * what the database says.
 */
MUST_CHECK int flights_get(struct flight_entry **out, struct flights *f,
			   const struct flight_key *key, int32_t today,
			   struct err *e);

/*
 * The pending states become the committed ones, one version on; then what is
 * too much is forgotten.
 */
void flights_commit(struct flights *f);

/* Forget all flights with a pending state: somebody else may have been faster. */
void flights_forget_pending(struct flights *f);

/* Free everything. */
void flights_release(struct flights *f);

/* How a slice is bound to its row when sealed. */
struct row_ref flights_slice_ref(int64_t flight_id, int32_t clock_day,
				 struct str slice_hash);

#endif
