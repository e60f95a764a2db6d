/*
 * delta.h - what changed since the snapshot: entries added, entries withdrawn
 *
 * A snapshot of a million persons takes a while to build and to check; an
 * urgent alert, or its end, must count within a second. So a small file beside
 * the snapshot, SNAP.delta, says what is different: entries to search in
 * addition, compiled as a snapshot of their own, and entries that count no
 * more. What is live is the snapshot and the delta together:
 *
 *	- an entry of the delta counts instead of one of the same list and id;
 *	- an entry withdrawn counts in no snapshot, also not in the next one,
 *	  until the delta is settled (delta_edit.h).
 *
 * Each change of the file has the next *sequence* number, from 1, whatever
 * snapshot stands beside it: snapshot and sequence together name what was
 * live, and are recorded with every hit.
 *
 * The file is header, withdrawn ids, snapshot of the added; byte order and
 * checksum as in snapshot.h. Threads: an open delta is read-only and shared.
 */
#ifndef WATCHLIST_DELTA_H
#define WATCHLIST_DELTA_H

#include "base/buf.h"
#include "watchlist/snapshot.h"

enum { DELTA_VERSION = 1 };

#define DELTA_MAGIC "PAXGWD\r\n"

/* What names an entry. */
struct watch_id {
	struct str list, id;
};

struct watch_delta {
	int64_t sequence;	 /* 0: there is no delta */
	struct watchlist *added; /* NULL: none; owned */
	struct watch_id *withdrawn;
	uint32_t nr_withdrawn;
	struct buf bytes;   /* the file; what is above points into it */
	struct arena arena; /* of the ids */
};

/* "SNAP.delta" for the snapshot at `path`, in the arena. */
const char *watch_delta_path(struct arena *a, const char *path);

/*
 * Read a delta's file. Returns 0 and an owned *out; of sequence 0 when there
 * is no such file. ERR_IO when it cannot be read, ERR_INTEGRITY when it is
 * damaged, cut short or of another version.
 */
MUST_CHECK int watch_delta_open(struct watch_delta **out, const char *path,
				struct err *e);

/* The same for bytes, which are copied. */
MUST_CHECK int watch_delta_of_bytes(struct watch_delta **out, struct str bytes,
				    struct err *e);

/* Free it; NULL is fine. */
void watch_delta_free(struct watch_delta *d);

/*
 * Append the file to the empty buffer `out`; `added`, which may be empty, are
 * the bytes of a snapshot. Returns 0, ERR_LIMIT or ERR_NOMEM.
 */
MUST_CHECK int watch_delta_write(struct buf *out, int64_t sequence,
				 const struct watch_id *withdrawn,
				 uint32_t nr_withdrawn, struct str added,
				 struct err *e);

/*
 * Which entries of `base` do not count: a byte for each, 1, owned by the
 * caller, in *out; NULL when all count. Returns 0 or ERR_NOMEM.
 */
MUST_CHECK int watch_delta_hide(uint8_t **out, const struct watch_delta *d,
				const struct watchlist *base, struct err *e);

/* The entry of that name, or UINT32_MAX. */
uint32_t watchlist_find(const struct watchlist *wl, const struct watch_id *id);

#endif
