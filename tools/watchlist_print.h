/*
 * watchlist_print.h - lists, snapshots and matches for people, or as JSON
 */
#ifndef TOOLS_WATCHLIST_PRINT_H
#define TOOLS_WATCHLIST_PRINT_H

#include "watchlist/delta.h"
#include "watchlist/list.h"
#include "watchlist/match.h"

/* One line about a list that was read: entries, and what was left out. */
void watchlist_print_list(const struct watch_list *list);

/* What is in a snapshot, and in the delta beside it. */
void watchlist_print_info(const struct watchlist *wl,
			  const struct watch_delta *d, bool json);

/* `nr` matches of `all` found for `q`. */
void watchlist_print_matches(const struct watchlist *wl,
			     const struct watch_query *q,
			     const struct watch_match *m, uint32_t nr,
			     uint32_t all, bool json);

#endif
