/*
 * outbox.h - answers on their way from the database to the broker
 *
 *	rc = outbox_take(&row, &nr, pg, topic, 100, &arena, &e);
 *	... send them, wait for the broker ...
 *	rc = outbox_sent(pg, row, nr, &arena, &e);	or pg_rollback(pg)
 *
 * A row is locked from the one call to the other, so that two engines never
 * have it in hand at once, and gone only when the broker has it: each is sent
 * once, or again if we end in between.
 *
 * Threads: as the connection.
 */
#ifndef DB_OUTBOX_H
#define DB_OUTBOX_H

#include "db/pg.h"

/* Put rows into it; those that are there stay. Returns 0 or as pg_run(). */
MUST_CHECK int outbox_put(struct pg *pg, const struct outbox_row *row,
			  uint32_t nr, struct err *e);

/*
 * What the database itself puts in stands under these names, which no topic of
 * Kafka has: who calls its functions does not choose where it goes.
 */
#define OUTBOX_HITS	 ":hits"
#define OUTBOX_REFERRALS ":referrals"

/*
 * Begin a transaction and lock the oldest `most` rows of a topic that nobody
 * has in hand; rows live in the arena. With none the transaction is ended
 * again. Returns 0 or as pg_run().
 */
MUST_CHECK int outbox_take(struct outbox_row **out, uint32_t *nr, struct pg *pg,
			   struct str topic, int64_t most, struct arena *a,
			   struct err *e);

/* The broker has these: delete them and commit. As pg_run(). */
MUST_CHECK int outbox_sent(struct pg *pg, const struct outbox_row *row,
			   uint32_t nr, struct arena *a, struct err *e);

/* Is any row of the topic left, in whosever hands? As pg_run(). */
MUST_CHECK int outbox_left(bool *left, struct pg *pg, struct str topic,
			   struct err *e);

#endif
