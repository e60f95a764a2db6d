#include "rules/derived_past.h"

static void read_count(struct value *out, const struct derived_input *in,
		       enum past_count which)
{
	const struct past *p = in->subject->past;

	if (!p || p->n[which] < 0)
		return;
	*out = value_exact(TYPE_INT, p->n[which]);
	if (p->n[which] >= PAST_MOST)
		out->hi = INT64_MAX;
}

void past_same_phone(struct value *out, const struct derived_input *in)
{
	read_count(out, in, PAST_SAME_PHONE);
}

void past_same_email(struct value *out, const struct derived_input *in)
{
	read_count(out, in, PAST_SAME_EMAIL);
}

void past_same_card(struct value *out, const struct derived_input *in)
{
	read_count(out, in, PAST_SAME_CARD);
}

void past_same_document(struct value *out, const struct derived_input *in)
{
	read_count(out, in, PAST_SAME_DOCUMENT);
}

void past_same_agency(struct value *out, const struct derived_input *in)
{
	read_count(out, in, PAST_SAME_AGENCY);
}

void past_same_address(struct value *out, const struct derived_input *in)
{
	read_count(out, in, PAST_SAME_ADDRESS);
}

void past_trips(struct value *out, const struct derived_input *in)
{
	read_count(out, in, PAST_TRIPS);
}

void past_cancellations(struct value *out, const struct derived_input *in)
{
	read_count(out, in, PAST_CANCELLATIONS);
}

void past_co_travellers(struct value *out, const struct derived_input *in)
{
	read_count(out, in, PAST_CO_TRAVELLERS);
}
