/*
 * entry_compare.h - do two entries say the same
 *
 * Of the person and the alert: names, birth dates, sex, nationalities,
 * documents, place of birth, offence, reference and threshold. List, id,
 * validity and the weights of names do not count: the weights follow from all
 * lists together. Sets in another order differ. Pure.
 */
#ifndef WATCHLIST_ENTRY_COMPARE_H
#define WATCHLIST_ENTRY_COMPARE_H

#include "watchlist/entry.h"

/* As strcmp(): a total order, 0 when they say the same. */
int watch_entry_compare(const struct watch_entry *a,
			const struct watch_entry *b);

#endif
