/*
 * series.h - messages in parts for whose other parts nobody waits any longer
 *
 *	rc = series_due(&row, &nr, pg, 100, &arena, &e);
 *	... a control message for each, as rows of the outbox ...
 *	rc = series_asked(pg, row, nr, message, nr, &arena, &e);
 *
 * A row is locked from the one call to the other. Its state and the message
 * about it move in one transaction: each is asked for once, also when an
 * engine ends in between.
 *
 * Threads: as the connection.
 */
#ifndef DB_SERIES_H
#define DB_SERIES_H

#include "db/pg.h"

/*
 * Begin a transaction and lock up to `most` series that are due by the
 * server's clock; rows live in the arena. With none the transaction is ended
 * again. Returns 0 or as pg_run().
 */
MUST_CHECK int series_due(struct series_row **out, uint32_t *nr, struct pg *pg,
			  int64_t most, struct arena *a, struct err *e);

/* Put the messages about them into the outbox and commit. As pg_run(). */
MUST_CHECK int series_asked(struct pg *pg, const struct series_row *row,
			    uint32_t nr, const struct outbox_row *message,
			    uint32_t nr_message, struct arena *a,
			    struct err *e);

#endif
