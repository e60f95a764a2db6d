/*
 * gen_person.h - invents a traveller: names, birth date, document
 *
 * Threads: none.
 */
#ifndef TOOLS_GEN_PERSON_H
#define TOOLS_GEN_PERSON_H

#include "tools/gen_model.h"

struct gen_wanted;

/* What gen_person_make() needs to know of the booking and its flight. */
struct gen_person_ask {
	char type;		  /* A, C or I */
	enum gen_culture culture; /* whose names */
	const char *surname;	  /* of the family; NULL: any */
	struct date on;		  /* day of the flight: ages count to it */
	const struct gen_wanted *wanted; /* keep away from them; may be NULL */
	const struct gen_identity *identity; /* this very person, or NULL */
	bool keeps_marks; /* the airline's system keeps - and ' in names */
	bool inside_eu;	  /* identity cards will do */
};

/* Fill `p` (zeroed) by the dice. */
void gen_person_make(struct gen_person *p, const struct gen_person_ask *ask,
		     struct rng *r);

#endif
