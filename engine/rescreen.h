/*
 * rescreen.h - a new list against travellers who are stored already
 *
 * When other watchlists have become live, travellers who have not arrived yet
 * (inbound) or departed yet (outbound) are screened again, though no message of
 * theirs comes: for each of their flights a control message "rescreen" is put
 * into the outbox, and comes back in the topic's order (control.h). Several
 * engines may ask: it makes no difference.
 */
#ifndef ENGINE_RESCREEN_H
#define ENGINE_RESCREEN_H

#include "engine/batch.h"

/*
 * Ask for all flights to come, by the machine's clock. Returns how many, or as
 * pg_open() and pg_run(): then ask again.
 */
MUST_CHECK int64_t rescreen_ask(const struct engine *en,
				const struct list_set *lists, struct err *e);

/* The document of such a message. */
void rescreen_write(struct buf *out, struct str flight);

/*
 * Screen all travellers of a flight with this batch. One that is not stored,
 * or whose day is masked, is passed over. As batch_add().
 */
MUST_CHECK int batch_rescreen(struct batch *b, const struct flight_key *key,
			      struct err *e);

#endif
