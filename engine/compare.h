/*
 * compare.h - what the airline's two accounts of one person disagree on
 *
 * The booking (PNR) and the API data of a linked traveller, item by item. The
 * outcome says that an item differs, never what it is. A pure function of the
 * two records.
 */
#ifndef ENGINE_COMPARE_H
#define ENGINE_COMPARE_H

#include "parsers/record.h"

/*
 * Fill out->comparison: all items, in the order of the table in compare.c. An
 * item differs when both sides state it and nothing one side states fits what
 * the other does: names by name_match() over all forms, documents by number
 * (letters and digits alone), expiry where the numbers are the same, dates by
 * the parts that both know.
 */
void compare_sides(struct subject *out, const struct traveller *pnr,
		   const struct traveller *api);

#endif
