/*
 * list_set.h - the watchlists that are live at a moment
 *
 * A snapshot and its delta (watchlist/delta.h), checked, tested and never
 * changed again; whoever screens holds a reference, and the last one to let go
 * frees it. The same snapshot with another delta shares the mapping.
 *
 *	list_set_load(&now, &config, NULL, &e);
 *	screen_set_lists(&set, now);
 *	...
 *	list_set_free(now);
 *
 * Threads: read-only; references may be taken and let go by any.
 */
#ifndef ENGINE_LIST_SET_H
#define ENGINE_LIST_SET_H

#include "engine/config.h"
#include "law/crypt.h"

#include <stdatomic.h>
#include <sys/types.h>

struct watchlist;
struct watchlist_scratch;
struct watch_delta;
struct screen_set;

/* What tells one file from the next at the same path; zeros: no file. */
struct file_stamp {
	dev_t device;
	ino_t inode;
	off_t size;
	int64_t changed_ns;
};

/* What stands at the paths of snapshot and delta. */
struct list_files {
	struct file_stamp snapshot, delta;
};

struct mapped_list; /* a snapshot, shared between sets */

struct list_set {
	atomic_int references;
	struct mapped_list *mapped;
	const struct watchlist *base;
	struct watch_delta *delta;
	uint8_t *hidden; /* entries of base that do not count; NULL: none */
	uint8_t hash[CRYPT_HASH_LEN]; /* of the snapshot's bytes */
	struct list_files files;      /* that it was made of */
};

/*
 * Open, check and test what stands at screen.watchlist (which is set) and
 * beside it. `before` may be NULL: when its snapshot's file is still the same
 * it is shared, not read again. Returns 0 and a reference in *out; ERR_IO,
 * ERR_INTEGRITY for what is damaged or fails its self-test, ERR_LEGAL for a
 * test list in production, ERR_NOMEM.
 */
MUST_CHECK int list_set_load(struct list_set **out, const struct config *c,
			     const struct list_set *before, struct err *e);

/* Look at the files, without reading them. */
struct list_files list_files_now(const struct config *c);

/* Are they the same files, unchanged? */
bool list_files_same(const struct list_files *a, const struct list_files *b);

/*
 * Make working memory for `nr` workers, before the set is published: a search
 * in a million persons needs tens of megabytes. Returns 0 or ERR_NOMEM.
 */
MUST_CHECK int list_set_stock(struct list_set *s, int64_t nr, struct err *e);
/* One of these for the snapshot, the caller's now; NULL: none is left. */
struct watchlist_scratch *list_set_spare(struct list_set *s);

/* One more reference, returned; and one less. NULL is fine. */
struct list_set *list_set_hold(struct list_set *s);
void list_set_free(struct list_set *s);

/* From now on screen against these lists; `s` (NULL: none) is borrowed. */
void screen_set_lists(struct screen_set *set, const struct list_set *s);

/* A line in the log: which snapshot and sequence are live. */
void list_set_log(const struct list_set *s);

#endif
