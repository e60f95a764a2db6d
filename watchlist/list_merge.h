/*
 * list_merge.h - the same alert twice is one
 *
 * An authority may deliver an alert in two lists, or on two rows of one: then
 * a traveller would be two hits for it. Two entries are the same alert when
 * owner, kind of alert, reference and threshold agree and they say the same of
 * the same offence; the one that lasts longer stays, else the first, by the
 * lists' ids and its own. Two alerts about one person stay two: each has its
 * own ground. Threads: pure.
 */
#ifndef WATCHLIST_LIST_MERGE_H
#define WATCHLIST_LIST_MERGE_H

#include "watchlist/list.h"

/*
 * Leave out of `nr` lists what stands twice, counted in `left_out_same` of the
 * list it is taken from. Lists and entries keep their order. Returns how many
 * were left out, or ERR_NOMEM.
 */
MUST_CHECK int64_t watch_lists_merge(struct watch_list *list, uint32_t nr,
				     struct err *e);

#endif
