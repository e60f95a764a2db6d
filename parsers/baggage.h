/*
 * baggage.h - bag tags and weights
 *
 * A tag composite names the first of several consecutive tags. Senders also
 * write other numbers there, so the stated count of pieces decides: with as
 * many composites as pieces, each is one tag. Pieces without a tag are bags
 * without a tag.
 */
#ifndef PARSERS_BAGGAGE_H
#define PARSERS_BAGGAGE_H

#include "parsers/walk.h"

/* What is stated before the list of bags is complete. */
struct baggage {
	struct number pieces;
};

enum { BAG_RUN_MAX = 99 }; /* tags that one composite may stand for */

/*
 * Add `nr` bags with consecutive tags to a traveller; `first` holds the tag,
 * letters and all, the digits at its end count up. Tags he has are skipped;
 * a piece counted without a tag takes the first new one.
 */
void bags_add_run(struct walk *w, struct traveller *t, struct str first,
		  struct str carrier, struct str destination, uint32_t nr);

/* Add bags without a tag until there are `pieces`. */
void bags_fill(struct walk *w, struct traveller *t, int64_t pieces);

/* The number of tags a composite says it stands for; 1 when it says nothing. */
uint32_t bags_run_length(struct walk *w, struct piece v);

/*
 * A weight with its unit (700 or KGM, 701 or LBR, none: kilograms) into
 * *kilograms; zero and "no weight" (702) are not stated.
 */
void bag_weight_read(struct walk *w, struct piece weight, struct piece unit,
		     struct number *kilograms);

/* PNRGOV: the TBD at hand, of one traveller of a booking. */
void tbd_read(struct walk *w, struct booking *b, struct traveller *t);

#endif
