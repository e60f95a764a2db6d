/*
 * fact.h - which earlier bookings stated a value
 *
 * pax.fact has pseudonyms and bookings' ids, no person. All questions of a
 * batch travel in one statement.
 *
 * Lifetime: answers live in the arena given. Threads: as the connection.
 */
#ifndef DB_FACT_H
#define DB_FACT_H

#include "db/pg.h"

/* Which value a token stands for; a column of pax.fact: do not renumber. */
enum fact_kind {
	FACT_PHONE = 1,
	FACT_EMAIL = 2,
	FACT_CARD = 3,
	FACT_DOCUMENT = 4,
	FACT_AGENCY = 5,
	FACT_ADDRESS = 6,
	FACT_PERSON = 7,    /* name and date of birth */
	FACT_CANCELLED = 8, /* a document or person who does not travel */
};

/* Trips whose ids are the smallest are enough: nobody counts further. */
enum { FACT_TRIPS = 102 };

/* A question: days since 1970-01-01, `since` and `until` included. */
struct fact_ask {
	int16_t kind;
	int64_t token;
	int32_t since, until;
	int32_t day;		 /* for which it is asked */
	struct row_tokens trips; /* the answer, sorted, FACT_TRIPS at most */
};

/*
 * Answer all of them, by one statement. Not inside a pipeline. Returns 0 or
 * as pg_run().
 */
MUST_CHECK int load_facts(struct fact_ask *ask, uint32_t nr, struct pg *pg,
			  struct arena *a, struct err *e);

/*
 * Delete what is due on `today`, days since 1970-01-01. Returns 0 or as
 * pg_run().
 */
MUST_CHECK int fact_expire(struct pg *pg, int32_t today, struct err *e);

#endif
