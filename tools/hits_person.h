/*
 * hits_person.h - the traveller of a hit, as columns of a sheet
 *
 * Each function appends lines to `to` and notes on the sheet what it put.
 */
#ifndef TOOLS_HITS_PERSON_H
#define TOOLS_HITS_PERSON_H

#include "tools/hits_sheet.h"

enum { NO_NAME_MET = -1 };

/* Append "SURNAME, GIVEN" of an object. */
void hits_put_name(struct hits_sheet *s, struct buf *to,
		   const struct json_node *name);

/*
 * Every form of the traveller's name, a line each, with its source. They count as watch_query_of_traveller() counts them; the one numbered `met` is marked
 * with a star. Returns true when it was there. `met` may be NO_NAME_MET.
 */
bool hits_person_names(struct hits_sheet *s, struct buf *to,
		       const struct json_node *traveller, int64_t met);

/* Place of birth and its country, where they are there: not in older evidence.
 */
void hits_person_birth_place(struct hits_sheet *s, struct buf *to,
			     const struct json_node *traveller);

/* Nationality, and the second where there is one. */
void hits_person_nationality(struct hits_sheet *s, struct buf *to,
			     const struct json_node *traveller);

/* Documents of a traveller or an entry, a line each: "P X1234567 UTO". */
void hits_person_documents(struct hits_sheet *s, struct buf *to,
			   const struct json_node *person);

#endif
