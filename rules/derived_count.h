/*
 * derived_count.h - derived fields that count each thing once
 *
 * Messages repeat themselves: a bag stands on each leg, a division on each
 * side, a change of the itinerary in several rows. Functions of derived.h's
 * kind: pure, no allocation, unknown where an input is.
 */
#ifndef RULES_DERIVED_COUNT_H
#define RULES_DERIVED_COUNT_H

#include "rules/derived.h"

/* Of more bags, splits or rows of history than this the count is unknown. */
enum { COUNT_MAX = 512 };

/*
 * Pieces of in->self. Of a pool its head has all, so those of a member
 * without bags of his own are not known.
 */
void traveller_bag_count(struct value *out, const struct derived_input *in);

/* How many of the subject's comparisons differ, up to those that may. */
void traveller_discrepancies(struct value *out, const struct derived_input *in);

/* Pieces and kilograms of the traveller and all the others of his booking. */
void booking_bag_count(struct value *out, const struct derived_input *in);
void booking_bag_weight(struct value *out, const struct derived_input *in);

/* Other bookings by locator; moments of change, up to rows that lack one. */
void booking_split_count(struct value *out, const struct derived_input *in);
void booking_change_count(struct value *out, const struct derived_input *in);
void booking_name_changes(struct value *out, const struct derived_input *in);

/* Moments at which a leg was cancelled and another added. */
void booking_rebookings(struct value *out, const struct derived_input *in);

#endif
