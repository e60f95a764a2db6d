/*
 * delta_edit.h - a delta as it was, changed, and the next one
 *
 *	struct delta_edit ed;
 *	delta_edit_init(&ed, delta);
 *	delta_edit_add(&ed, &list, &e);
 *	delta_edit_withdraw(&ed, &id);
 *	rc = delta_edit_finish(&out, &ed, &e);
 *	delta_edit_release(&ed);
 *
 * Lifetime: the delta and the lists given are borrowed until the end.
 * Threads: none of its own.
 */
#ifndef WATCHLIST_DELTA_EDIT_H
#define WATCHLIST_DELTA_EDIT_H

#include "watchlist/delta.h"
#include "watchlist/list.h"

struct delta_edit {
	struct arena arena;
	int64_t sequence; /* of the delta as it was */
	struct watch_list *list;
	uint32_t nr_list;
	struct watch_id *withdrawn;
	uint32_t nr_withdrawn;
};

/* Begin with what is in `d`. */
void delta_edit_init(struct delta_edit *ed, const struct watch_delta *d);
/* Free it. */
void delta_edit_release(struct delta_edit *ed);

/*
 * Add the entries of a list as read from its sheet; one of an id that is there
 * takes its place, one that was withdrawn counts again. The sheet is that of
 * the list from now on.
 */
void delta_edit_add(struct delta_edit *ed, const struct watch_list *list);

/* The version of what was added to list `list`, borrowed; NULL: nothing. */
const uint8_t *delta_edit_version(const struct delta_edit *ed, struct str list);

/* An entry counts no more. True: it was one of the delta's own. */
bool delta_edit_withdraw(struct delta_edit *ed, const struct watch_id *id);

/*
 * Leave out what `base` says by itself: additions that stand in it with the
 * same content, withdrawals of entries that are not in it. Returns how many.
 */
uint32_t delta_edit_settle(struct delta_edit *ed, const struct watchlist *base);

/*
 * Append the file of the next sequence number to the empty buffer `out`. As
 * watchlist_build() and watch_delta_write().
 */
MUST_CHECK int delta_edit_finish(struct buf *out, struct delta_edit *ed,
				 struct err *e);

#endif
