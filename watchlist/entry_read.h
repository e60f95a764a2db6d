/*
 * entry_read.h - an entry back from its canonical record
 *
 * The way back from watch_entry_write_json(): a hit's evidence has the record
 * of the entry it was made of, with the weights of the names' parts, so the
 * pair can be scored again when the list is gone.
 */
#ifndef WATCHLIST_ENTRY_READ_H
#define WATCHLIST_ENTRY_READ_H

#include "base/arena.h"
#include "base/json.h"
#include "watchlist/entry.h"

/*
 * Read a record. Everything is copied to the arena: the document may be freed.
 * Returns 0, or ERR_VALUE naming the member that is missing or not of its
 * form; the text holds no value.
 */
MUST_CHECK int watch_entry_read(struct watch_entry *out,
				const struct json_node *record, struct arena *a,
				struct err *e);

#endif
