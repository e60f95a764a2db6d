#include "rules/derived.h"

#include "rules/derived_count.h"
#include "rules/derived_past.h"
#include "rules/eval.h"
#include "rules/trip.h"

#include <string.h>

struct value local_time(const struct rules_context *c, struct str airport,
			struct moment local)
{
	struct moment utc;
	int64_t east;

	if (!reference_to_utc(c->reference, airport, local, &utc, &east))
		return VALUE_UNKNOWN(TYPE_TIME);
	return value_time(utc, east, true);
}

static struct value departure(const struct derived_input *in)
{
	const struct flight *f = in->subject->flight;

	if (!f)
		return VALUE_UNKNOWN(TYPE_TIME);
	return local_time(in->context, f->origin, f->departs);
}

static void lead_time(struct value *out, const struct derived_input *in)
{
	struct value to = departure(in), from;

	if (!in->subject->booking)
		return;
	from = value_time(in->subject->booking->created_at, 0, false);
	*out = value_sub(TYPE_DURATION, &to, &from);
}

/* The booking's own moment, else that of its earliest ticket. */
static struct moment ticketed_at(const struct booking *b)
{
	struct moment m = b->ticketed_at;

	for (uint32_t i = 0;
	     !moment_is_set(b->ticketed_at) && i < b->nr_tickets; i++) {
		struct moment issued = b->tickets[i].issued_at;

		if (moment_is_set(issued) &&
		    (!moment_is_set(m) || issued.s < m.s))
			m = issued;
	}
	return m;
}

static void ticketing_time(struct value *out, const struct derived_input *in)
{
	struct value to = departure(in), from;

	if (!in->subject->booking)
		return;
	from = value_time(ticketed_at(in->subject->booking), 0, false);
	*out = value_sub(TYPE_DURATION, &to, &from);
}

static void ticket_delay(struct value *out, const struct derived_input *in)
{
	const struct booking *b = in->subject->booking;
	struct value to, from;

	if (!b)
		return;
	to = value_time(ticketed_at(b), 0, false);
	from = value_time(b->created_at, 0, false);
	*out = value_sub(TYPE_DURATION, &to, &from);
}

static void time_to_departure(struct value *out, const struct derived_input *in)
{
	struct value now = value_time(in->subject->screened_at, 0, false);
	const struct flight *f = in->self;
	struct value to;

	if (!f)
		return;
	to = local_time(in->context, f->origin, f->departs);
	*out = value_sub(TYPE_DURATION, &to, &now);
}

/* From the local day of departure to the last day it is good for. */
static void validity(struct value *out, const struct derived_input *in,
		     struct date expires)
{
	const struct flight *f = in->subject->flight;
	struct value until = value_date(expires), day;

	if (!f || !moment_is_set(f->departs))
		return;
	day = value_date(date_of_moment(f->departs));
	*out = value_sub(TYPE_DURATION, &until, &day);
}

static void document_validity(struct value *out, const struct derived_input *in)
{
	const struct document *d = in->self;

	validity(out, in, d->expires);
}

static void visa_validity(struct value *out, const struct derived_input *in)
{
	const struct visa *v = in->self;

	validity(out, in, v->expires);
}

static void comparison_item(struct value *out, const struct derived_input *in)
{
	const struct comparison *c = in->self;

	*out = value_text(TYPE_CODE, c->item);
}

static void comparison_differs(struct value *out,
			       const struct derived_input *in)
{
	const struct comparison *c = in->self;

	if (c->differs != FLAG_UNSET)
		*out = value_bool(tri_of(c->differs == FLAG_YES));
}

static void age(struct value *out, const struct derived_input *in)
{
	const struct flight *f = in->subject->flight;
	const struct traveller *who = in->self;
	struct value born;
	struct date on;

	if (!f || !who || !moment_is_set(f->departs))
		return;
	born = value_date(who->birth_date);
	if (!born.known)
		return;
	on = date_of_moment(f->departs);
	*out = value_exact(TYPE_INT,
			   date_years_between(date_from_days(born.hi), on));
	out->hi = date_years_between(date_from_days(born.lo), on);
}

static const struct trip *trip_of(const struct derived_input *in)
{
	return trip_once(in->trip, in->context, in->subject->booking);
}

static void trip_type(struct value *out, const struct derived_input *in)
{
	const struct trip *t = trip_of(in);

	if (t->is_oneway == TRI_TRUE)
		*out = value_text(TYPE_CODE, STR("oneway"));
	else if (t->is_return == TRI_TRUE)
		*out = value_text(TYPE_CODE, STR("return"));
	else if (t->is_oneway == TRI_FALSE)
		*out = value_text(TYPE_CODE, STR("multi"));
}

static void trip_origin(struct value *out, const struct derived_input *in)
{
	const struct trip *t = trip_of(in);

	if (t->known)
		*out = value_text(TYPE_AIRPORT, t->leg[0]->origin);
}

static void trip_origin_country(struct value *out,
				const struct derived_input *in)
{
	const struct trip *t = trip_of(in);

	if (t->known)
		*out = value_text(TYPE_COUNTRY,
				  reference_country(in->context->reference,
						    t->leg[0]->origin));
}

static void trip_destination(struct value *out, const struct derived_input *in)
{
	const struct trip *t = trip_of(in);

	if (t->is_oneway == TRI_TRUE)
		*out = value_text(TYPE_AIRPORT, t->leg[t->nr - 1]->destination);
	else if (t->turn)
		*out = value_text(TYPE_AIRPORT, t->turn->in->destination);
}

static void trip_stay(struct value *out, const struct derived_input *in)
{
	const struct trip *t = trip_of(in);

	if (t->is_oneway == TRI_FALSE)
		*out = t->stay;
}

static void trip_duration(struct value *out, const struct derived_input *in)
{
	const struct trip *t = trip_of(in);
	struct value from, to;

	if (!t->known)
		return;
	from = local_time(in->context, t->leg[0]->origin, t->leg[0]->departs);
	to = local_time(in->context, t->leg[t->nr - 1]->destination,
			t->leg[t->nr - 1]->arrives);
	*out = value_sub(TYPE_DURATION, &to, &from);
}

static void trip_route(struct value *out, const struct derived_input *in)
{
	if (trip_of(in)->known)
		*out = value_text(TYPE_TEXT, trip_write_route(in->trip));
}

static void trip_legs(struct value *out, const struct derived_input *in)
{
	const struct trip *t = trip_of(in);

	if (t->known)
		*out = value_exact(TYPE_INT, t->nr);
}

static void stop_airport(struct value *out, const struct derived_input *in)
{
	const struct trip_stop *s = in->self;

	*out = value_text(TYPE_AIRPORT, s->in->destination);
}

static void stop_length(struct value *out, const struct derived_input *in)
{
	const struct trip_stop *s = in->self;

	*out = s->length;
}

static void stop_via(struct value *out, const struct derived_input *in)
{
	const struct trip_stop *s = in->self;

	*out = value_bool(s->via);
}

static void stop_turns_back(struct value *out, const struct derived_input *in)
{
	*out = value_bool(trip_turns_back(trip_of(in), in->context, in->self));
}

/* Is the flight one half of a passage through the home country? */
static enum tri is_transit(const struct derived_input *in, bool inbound)
{
	const struct rules_context *c = in->context;
	const struct flight *f = in->subject->flight;
	const struct value day = value_exact(TYPE_DURATION, SECONDS_PER_DAY);
	const struct trip *t = trip_of(in);

	for (uint32_t i = 0; i + 1 < t->nr; i++) {
		const struct leg *a = t->leg[i], *b = t->leg[i + 1];
		const struct leg *self = inbound ? a : b;
		struct str beyond = inbound ? b->destination : a->origin;
		struct value stop;

		if (!str_eq(self->origin, f->origin) ||
		    !str_eq(self->destination, f->destination) ||
		    !reference_same_city(c->reference, a->destination,
					 b->origin) ||
		    str_eq(reference_country(c->reference, beyond), c->home))
			continue;
		stop = trip_stop_length(c, a, b);
		return value_compare(CMP_LT, &stop, &day);
	}
	return TRI_FALSE;
}

static void trip_direction(struct value *out, const struct derived_input *in)
{
	const struct rules_context *c = in->context;
	const struct flight *f = in->subject->flight;
	struct str from, to;
	bool leaves, enters;
	enum tri transit;

	if (!f)
		return;
	from = reference_country(c->reference, f->origin);
	to = reference_country(c->reference, f->destination);
	if (!from.ptr || !to.ptr)
		return;
	leaves = str_eq(from, c->home);
	enters = str_eq(to, c->home);
	if (leaves == enters) {
		*out = value_text(TYPE_CODE,
				  leaves ? STR("domestic") : STR("transit"));
		return;
	}
	transit = is_transit(in, enters);
	if (transit == TRI_TRUE)
		*out = value_text(TYPE_CODE, STR("transit"));
	else if (transit == TRI_FALSE)
		*out = value_text(TYPE_CODE,
				  enters ? STR("inbound") : STR("outbound"));
}

const struct derived derived_table[] = {
	{ "flight", "time_to_departure", time_to_departure },
	{ "booking", "lead_time", lead_time },
	{ "booking", "ticketing_time", ticketing_time },
	{ "booking", "ticket_delay", ticket_delay },
	{ "booking", "bag_count", booking_bag_count },
	{ "booking", "bag_weight", booking_bag_weight },
	{ "booking", "split_count", booking_split_count },
	{ "booking", "change_count", booking_change_count },
	{ "booking", "name_changes", booking_name_changes },
	{ "booking", "rebookings", booking_rebookings },
	{ "trip", "type", trip_type },
	{ "trip", "direction", trip_direction },
	{ "trip", "origin", trip_origin },
	{ "trip", "destination", trip_destination },
	{ "trip", "stay", trip_stay },
	{ "trip", "duration", trip_duration },
	{ "trip", "route", trip_route },
	{ "trip", "legs", trip_legs },
	{ "trip", "origin_country", trip_origin_country },
	{ "stop", "airport", stop_airport },
	{ "stop", "length", stop_length },
	{ "stop", "via", stop_via },
	{ "stop", "turns_back", stop_turns_back },
	{ "traveller", "age", age },
	{ "traveller", "bag_count", traveller_bag_count },
	{ "traveller", "discrepancies", traveller_discrepancies },
	{ "comparison", "item", comparison_item },
	{ "comparison", "differs", comparison_differs },
	{ "past", "same_phone", past_same_phone },
	{ "past", "same_email", past_same_email },
	{ "past", "same_card", past_same_card },
	{ "past", "same_document", past_same_document },
	{ "past", "same_agency", past_same_agency },
	{ "past", "same_address", past_same_address },
	{ "past", "trips", past_trips },
	{ "past", "cancellations", past_cancellations },
	{ "past", "co_travellers", past_co_travellers },
	{ "document", "validity", document_validity },
	{ "visa", "validity", visa_validity },
};

const size_t derived_table_nr = ARRAY_SIZE(derived_table);

_Static_assert(ARRAY_SIZE(derived_table) <= EVAL_MAX_DERIVED,
	       "each row has a place in struct eval");

const struct derived *derived_find(const struct field *f)
{
	for (size_t i = 0; i < derived_table_nr; i++)
		if (!strcmp(derived_table[i].record, f->record) &&
		    !strcmp(derived_table[i].name, f->name))
			return &derived_table[i];
	return NULL;
}
