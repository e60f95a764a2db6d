/*
 * status.h - what became of each interchange: the status topic in memory
 *
 * Two kinds of records with the payload's hash as key (doc/gateway.md):
 *	HASH/X9	written by a gateway: carrier X9 handed it in; or X9 has been
 *		told what stood there then, by a push
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

enum { STATUS_DIGITS = 32 }; /* of the hash, by which it is found */

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

/* What a carrier is to be told by a push. */
struct status_due {
	const struct str *carrier; /* one of those asked for */
	char digits[STATUS_DIGITS + 1];
	struct str json; /* in the arena */
	struct str key;	 /* of the note that it has been told, */
	struct str told; /* and that note, in the arena */
};

/*
 * The next interchange that the engine has come to and one of `nr` carriers
 * has not been told of since. *at is 0 at first and is moved on. False: none.
 */
bool statuses_due(struct status_due *out, struct statuses *s, uint32_t *at,
		  const struct str *carrier, uint32_t nr, struct arena *a);

#endif
