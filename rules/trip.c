#include "rules/trip.h"

enum { LONG_STOP = SECONDS_PER_DAY };

static bool is_flown(const struct leg *l)
{
	static const char *const gone[] = { "HX", "XX", "XL", "XR",
					    "UN", "UC", "NO", "US" };

	if (str_eq(l->number, STR("ARNK")) || !l->origin.len ||
	    !l->destination.len)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(gone); i++)
		if (str_eq(l->status, str_of(gone[i])))
			return false;
	return true;
}

struct value trip_stop(const struct rules_context *c, const struct leg *a,
		       const struct leg *b)
{
	struct value from = local_time(c, a->destination, a->arrives);
	struct value to = local_time(c, b->origin, b->departs);

	return value_sub(TYPE_DURATION, &to, &from);
}

static bool take_legs(struct trip *t, const struct booking *b)
{
	for (uint32_t i = 0; i < b->nr_legs; i++) {
		if (!is_flown(&b->legs[i]))
			continue;
		if (t->nr == TRIP_MAX_LEGS)
			return false;
		t->leg[t->nr++] = &b->legs[i];
	}
	return true;
}

/*
 * Long stops, and the longest of all. Unknown as soon as one stop's length
 * is: it might be the longest. Returns how many are long.
 */
static enum tri read_stops(struct trip *t, const struct rules_context *c,
			   uint32_t *nr_long)
{
	const struct value day = value_exact(TYPE_DURATION, LONG_STOP);

	for (uint32_t i = 0; i + 1 < t->nr; i++) {
		struct value stop = trip_stop(c, t->leg[i], t->leg[i + 1]);
		enum tri is_long = value_compare(CMP_GE, &stop, &day);

		if (is_long == TRI_UNKNOWN)
			return TRI_UNKNOWN;
		*nr_long += is_long == TRI_TRUE;
		if (!t->last_out || stop.lo > t->stay.lo) {
			t->last_out = t->leg[i];
			t->stay = stop;
		}
	}
	return TRI_TRUE;
}

void trip_read(struct trip *t, const struct rules_context *c,
	       const struct booking *b)
{
	uint32_t nr_long = 0;
	bool closes;

	*t = (struct trip){ .is_oneway = TRI_UNKNOWN,
			    .is_return = TRI_UNKNOWN,
			    .stay = VALUE_UNKNOWN(TYPE_DURATION) };
	if (!b || !b->known_legs || !take_legs(t, b) || !t->nr)
		return;
	t->known = true;
	closes = reference_same_city(c->reference, t->leg[0]->origin,
				     t->leg[t->nr - 1]->destination);
	if (read_stops(t, c, &nr_long) == TRI_UNKNOWN) {
		t->last_out = NULL;
		t->stay = VALUE_UNKNOWN(TYPE_DURATION);
		return;
	}
	t->is_oneway = tri_of(!closes && nr_long == 0);
	t->is_return = tri_of(closes && nr_long <= 1);
}
