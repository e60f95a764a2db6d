/*
 * request_query.h - what a search looks for, and where
 *
 * A YAML file closed to others, since it names a person:
 *
 *	surname: DOE
 *	given: JOHN
 *	document: X1234567
 *	contact: "+43 1 123"
 *	card: "4111..."
 *	locator: AB12CD
 *
 * All that is named has to fit: parts of the name in any order, as carriers
 * sent them. With `alike: true` names are compared by likeness instead, as
 * watchlists are, on the flights of `carrier` and `number`:
 *
 *	alike: true
 *	surname: DOW
 *	given: JON
 *	birth_date: 1964-07
 *	carrier: X9
 *	number: "101"
 *
 * `from` and `until` narrow the span of the request.
 */
#ifndef TOOLS_REQUEST_QUERY_H
#define TOOLS_REQUEST_QUERY_H

#include "db/request_search.h"
#include "tools/request_cli.h"

struct request_query {
	struct str text; /* as read: its hash goes on record */
	struct str surname, given, document, contact, card, locator;
	struct str birth_date, carrier, number;
	struct date from, until;
	bool alike;
};

/* Read it. Returns 0, or as settings_read(), with the file's name. */
MUST_CHECK int request_query_read(struct request_query *q, const char *path,
				  struct arena *a, struct err *e);

/* The span it looks at: that of the request, narrowed. */
void request_query_span(int32_t *from, int32_t *until,
			const struct request_query *q, const struct request *r);

/* Search one day, by tokens under its key. */
MUST_CHECK int request_query_exact(struct request_search *s,
				   struct request_cli *c,
				   const struct request_query *q, int32_t day,
				   struct err *e);

/* Search a span by likeness; bounded by ref.request_limit. */
MUST_CHECK int request_query_alike(struct request_search *s,
				   struct request_cli *c,
				   const struct request_query *q, int32_t from,
				   int32_t until, struct err *e);

#endif
