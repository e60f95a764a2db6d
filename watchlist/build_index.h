/*
 * build_index.h - what a search walks by, made from the names of a snapshot
 *
 * The last step of build.h: the dictionary in its order, birth dates, and which
 * names have a text. Threads: none.
 */
#ifndef WATCHLIST_BUILD_INDEX_H
#define WATCHLIST_BUILD_INDEX_H

#include "base/buf.h"
#include "watchlist/dictionary.h"
#include "watchlist/snapshot.h"

/*
 * Fill the sections sig, text, bucket, post, born and day, whose keys still
 * hold numbers of `texts`; they get those of the dictionary's order. Returns
 * 0, ERR_NOMEM, or ERR_LIMIT when there are more texts than a key can hold.
 */
MUST_CHECK int build_index(struct buf section[SNAP_SECTIONS],
			   const struct dictionary *texts, struct err *e);

#endif
