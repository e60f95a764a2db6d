/*
 * query.h - a traveller as the watchlist asks about one
 *
 * Every form of the name that messages gave stands beside the others; what is
 * not known stays empty. Texts are borrowed from the record. Plain values.
 */
#ifndef WATCHLIST_QUERY_H
#define WATCHLIST_QUERY_H

#include "parsers/record.h"
#include "watchlist/entry.h"

enum {
	QUERY_NAMES = 6,
	QUERY_NATIONALITIES = 4,
	QUERY_DOCUMENTS = 8,
};

struct watch_query_name {
	struct str surname, given; /* as received */
};

struct watch_query {
	struct watch_query_name name[QUERY_NAMES];
	uint32_t nr_names;
	struct date birth; /* may lack month or day; not set: unknown */
	char sex;	   /* M, F, X or 0 */
	struct str nationality[QUERY_NATIONALITIES]; /* ISO alpha-3 */
	uint32_t nr_nationalities;
	struct str birth_place;	  /* as received */
	struct str birth_country; /* in any form of base/country.h */
	struct watch_document document[QUERY_DOCUMENTS];
	uint32_t nr_documents;
};

/*
 * Add to an empty or part-filled query. A name, nationality or document that
 * is there already, or is empty or unusable, is not added; nor is one beyond
 * the limits above. A document's number is added without an MRZ's check digit,
 * too. `country` and `issuer` in any form of base/country.h.
 */
void watch_query_add_name(struct watch_query *q, struct str surname,
			  struct str given);
void watch_query_add_nationality(struct watch_query *q, struct str country);
void watch_query_add_document(struct watch_query *q, struct str number,
			      struct str issuer);

/* The query of a traveller's record: all its names and documents. */
void watch_query_of_traveller(struct watch_query *out,
			      const struct traveller *t);

#endif
