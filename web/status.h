/*
 * status.h - what became of each interchange: the status topic in memory
 *
 * Two kinds of records with the payload's hash as key (doc/gateway.md):
 *	HASH/X9	written by a gateway: carrier X9 handed it in
 *	HASH	written by an engine in the transaction that stored it, or put
 *		it into quarantine: a JSON object with state, messages, answers
 * Any number of gateways read all of both, so each can answer for all. A
 * bounded number is remembered, the oldest forgotten first.
 *
 * No record says anything of a traveller or a hit: an interchange with a hit
 * and one without look the same and arrive in the same transaction's time.
 *
 * Threads: all functions on any.
 */
#ifndef WEB_STATUS_H
#define WEB_STATUS_H

#include "base/arena.h"
#include "base/err.h"
#include "law/crypt.h"

struct statuses;

/* Remember up to `most` interchanges. Returns 0 or ERR_NOMEM. */
MUST_CHECK int statuses_new(struct statuses **out, uint32_t most,
			    struct err *e);
void statuses_free(struct statuses *s);

/* Note a record of the topic; one with another kind of key is passed over. */
void statuses_note(struct statuses *s, struct str key, struct str value);

/*
 * What became of an interchange that `carrier` handed in; `digits` are the
 * first of the hash's. The engine's JSON in the arena, or an empty text when it
 * has not come to it yet; absent: this carrier handed in nothing such.
 */
struct str statuses_find(struct statuses *s, struct str carrier,
			 struct str digits, struct arena *a);

#endif
