/*
 * evidence.h - matches and entries as JSON, the same bytes every time
 *
 * An entry's canonical record holds all that watch_pair() reads, so that a
 * hit can be scored again from the record and the message. It is personal
 * data of the list and of the traveller: it goes into sealed evidence and to
 * reviewers, never into a log.
 */
#ifndef WATCHLIST_EVIDENCE_H
#define WATCHLIST_EVIDENCE_H

#include "base/json_write.h"
#include "watchlist/pair.h"

/* The canonical record of an entry, as an object under `key`. */
void watch_entry_write_json(struct json *j, const char *key,
			    const struct watch_entry *n);

/*
 * What an entry says, as an object of its own: the record without the list's
 * version, validity, threshold and weights, which change though nobody changed the entry.
 */
void watch_entry_write_content(struct json *j, const struct watch_entry *n);

/*
 * A match as an object under `key`: list and its version, entry, class, scores, the lines,
 * which names were compared and which part met which, and the entry's
 * canonical record. `q` and `n` are those the match was made of.
 */
void watch_match_write_json(struct json *j, const char *key,
			    const struct watch_match *m,
			    const struct watch_query *q,
			    const struct watch_entry *n);

#endif
