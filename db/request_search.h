/*
 * request_search.h - a search for a request, and what it found
 *
 *	rc = request_search_begin(&s, pg, id, &ev, &arena, &e);
 *	for each day of the span:
 *		rc = request_search_find(&s, day, &asked, &e);
 *	rc = request_search_end(&s, asked, &found, &nr, &e);
 *
 * It is one transaction, its event of the audit log in it; nothing may be shown
 * before request_search_end() has returned 0. What is in the way is ERR_LEGAL, on record;
 * then, and after any error, the transaction is over.
 *
 * The database gives sealed rows, of travellers found alone, but for those that
 * the service itself compares by likeness; keys are the caller's.
 *
 * Lifetime: rows live in the arena. Threads: as the connection.
 */
#ifndef DB_REQUEST_SEARCH_H
#define DB_REQUEST_SEARCH_H

#include "db/request.h"

struct request_search {
	struct pg *pg;
	int64_t id;
	struct audit_event *ev; /* purpose, offence, case: the caller's */
	struct arena *arena;
	struct deed deed;
	struct request_name name;
};

/* Begin one: `ev` says purpose, offence and case. As pg_script(). */
MUST_CHECK int request_search_begin(struct request_search *s, struct pg *pg,
				    int64_t id, struct audit_event *ev,
				    struct arena *a, struct err *e);

/* Tokens under the day's key, ids of bookings; `bookings` NULL: any. */
struct request_asked {
	struct row_tokens his;	  /* all are the traveller's */
	struct row_tokens either; /* all are his or his booking's */
	struct row_tokens bookings;
};

/* Find, on one clock_day. */
MUST_CHECK int request_search_find(struct request_search *s, int32_t day,
				   const struct request_asked *asked,
				   struct err *e);

/* Days, and flights on them by carrier and perhaps number: where it looks. */
struct request_scope {
	int32_t from, until;
	struct str carrier, number;
};

/* Put on record, for good, that it is opened to be compared; if it may be. */
MUST_CHECK int request_search_scope_note(struct request_search *s,
					 const struct request_scope *scope,
					 struct err *e);

/* Its travellers on one day, sealed. */
MUST_CHECK int request_search_scope_rows(struct traveller_row **out,
					 uint32_t *nr, struct request_search *s,
					 const struct request_scope *scope,
					 int32_t day, struct err *e);

/* These of them were found: flights and ids, as many of each. */
MUST_CHECK int request_search_take(struct request_search *s, int32_t day,
				   const struct row_tokens *flights,
				   const struct row_tokens *travellers,
				   struct err *e);

/* The flights of a day. */
MUST_CHECK int request_search_flights(struct flight_row **out, uint32_t *nr,
				      struct request_search *s, int32_t day,
				      struct err *e);

/* Someone found; a row that is not there is zeroed. */
struct request_found {
	int32_t row_nr; /* within the request, from 1 */
	struct traveller_row traveller;
	struct flight_row flight;
	struct booking_row booking;
};

/*
 * End it: the step with what was looked for, `asked`, sealed, and the event;
 * COMMIT; then what it found.
 */
MUST_CHECK int request_search_end(struct request_search *s, struct str asked,
				  struct request_found **out, uint32_t *nr,
				  struct err *e);

/* End it without a trace, after an error of the caller's. */
void request_search_abort(struct request_search *s);

/*
 * All that a request found and is not masked yet. None when it may not be
 * answered any more. As pg_run().
 */
MUST_CHECK int request_search_all_found(struct request_found **out,
					uint32_t *nr, struct pg *pg, int64_t id,
					struct arena *a, struct err *e);

#endif
