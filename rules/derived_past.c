#include "rules/derived_past.h"

const char *const past_names[PAST_COUNTS + 1] = {
	[PAST_SAME_PHONE] = "same_phone",
	[PAST_SAME_EMAIL] = "same_email",
	[PAST_SAME_CARD] = "same_card",
	[PAST_SAME_DOCUMENT] = "same_document",
	[PAST_SAME_AGENCY] = "same_agency",
	[PAST_SAME_ADDRESS] = "same_address",
	[PAST_TRIPS] = "trips",
	[PAST_CANCELLATIONS] = "cancellations",
	[PAST_CO_TRAVELLERS] = "co_travellers",
};

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
