/*
 * watchlist_diff.h - what differs between two snapshots
 *
 * Lists by their id, entries by list and id. The weights of names are not
 * compared: they follow from all lists together. Prints ids and the names of
 * what differs, never a value: values are personal data.
 */
#ifndef TOOLS_WATCHLIST_DIFF_H
#define TOOLS_WATCHLIST_DIFF_H

#include "watchlist/snapshot.h"

/*
 * Print a line for each list, or with `json` an object for each list and entry
 * that differs. Returns how many lists and entries do.
 */
uint32_t watchlist_diff(const struct watchlist *old_one,
			const struct watchlist *new_one, bool json);

#endif
