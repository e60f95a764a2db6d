/*
 * build_order.h - names of a snapshot put where a search finds them together
 *
 * A step of build.h, before the index. Threads: none.
 */
#ifndef WATCHLIST_BUILD_ORDER_H
#define WATCHLIST_BUILD_ORDER_H

#include "base/buf.h"
#include "watchlist/snapshot.h"

/*
 * Put the names of entries, with their units and keys, in the order of the
 * entries' birth dates: a search looks at names of a few days. Those of an entry
 * stay together, as they were. Returns 0 or ERR_NOMEM.
 */
MUST_CHECK int build_order(struct buf section[SNAP_SECTIONS], struct err *e);

#endif
