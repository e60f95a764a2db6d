/*
 * derived_past.h - what is known of earlier bookings: past.*
 *
 * Functions of derived.h's kind: they read the counts of the subject. Counts
 * that nobody could know, as in files, are unknown; PAST_MOST is that or more.
 */
#ifndef RULES_DERIVED_PAST_H
#define RULES_DERIVED_PAST_H

#include "rules/derived.h"

/* The members of past.*, by enum past_count. */
extern const char *const past_names[PAST_COUNTS + 1]; /* NULL ends */

/* Other bookings with the same contact, card, document, agency, address. */
void past_same_phone(struct value *out, const struct derived_input *in);
void past_same_email(struct value *out, const struct derived_input *in);
void past_same_card(struct value *out, const struct derived_input *in);
void past_same_document(struct value *out, const struct derived_input *in);
void past_same_agency(struct value *out, const struct derived_input *in);
void past_same_address(struct value *out, const struct derived_input *in);

/* Other bookings of the traveller, and co-travellers known from those. */
void past_trips(struct value *out, const struct derived_input *in);
void past_cancellations(struct value *out, const struct derived_input *in);
void past_co_travellers(struct value *out, const struct derived_input *in);

#endif
