#include "rules/trip.h"

#include <string.h>

enum { LONG_STOP = SECONDS_PER_DAY };

static bool is_flown(const struct leg *l)
{
	static const char *const gone[] = { "HX", "XX", "XL", "XR",
					    "UN", "UC", "NO", "US" };

	if (str_eq(l->number, STR("ARNK")))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(gone); i++)
		if (str_eq(l->status, str_of(gone[i])))
			return false;
	return true;
}

struct value trip_stop_length(const struct rules_context *c,
			      const struct leg *a, const struct leg *b)
{
	struct value from = local_time(c, a->destination, a->arrives);
	struct value to = local_time(c, b->origin, b->departs);

	return value_sub(TYPE_DURATION, &to, &from);
}

/* False when the itinerary is not known for sure; t->leg has what is there. */
static bool take_legs(struct trip *t, const struct booking *b)
{
	bool whole = true;

	for (uint32_t i = 0; i < b->nr_legs; i++) {
		const struct leg *l = &b->legs[i];

		if (!is_flown(l))
			continue;
		if (!l->origin.len || !l->destination.len) {
			whole = false;
			continue;
		}
		if (t->nr == TRIP_MAX_LEGS)
			return false;
		t->leg[t->nr++] = l;
	}
	return whole && t->nr;
}

/* Returns how many stops are long; TRI_UNKNOWN when one of them may be. */
static enum tri read_stops(struct trip *t, const struct rules_context *c,
			   uint32_t *nr_long)
{
	const struct value day = value_exact(TYPE_DURATION, LONG_STOP);
	enum tri all_known = TRI_TRUE;

	t->nr_stops = t->nr - 1;
	for (uint32_t i = 0; i < t->nr_stops; i++) {
		struct trip_stop *s = &t->stop[i];

		s->in = t->leg[i];
		s->out = t->leg[i + 1];
		s->length = trip_stop_length(c, s->in, s->out);
		s->is_long = value_compare(CMP_GE, &s->length, &day);
		s->via = TRI_UNKNOWN;
		*nr_long += s->is_long == TRI_TRUE;
		if (s->is_long == TRI_UNKNOWN)
			all_known = TRI_UNKNOWN;
	}
	return all_known;
}

/* The longest stop of all, the first of equals, when it surely is that. */
static void find_turn(struct trip *t)
{
	const struct trip_stop *most = t->stop;

	if (!t->nr_stops)
		return;
	for (uint32_t i = 1; i < t->nr_stops; i++)
		if (t->stop[i].length.lo > most->length.lo)
			most = &t->stop[i];
	t->turn = most;
	t->stay = most->length;
	for (uint32_t i = 0; i < t->nr_stops; i++) {
		const struct trip_stop *s = &t->stop[i];

		if (s == most || s->length.hi <= most->length.lo)
			continue;
		t->turn = NULL; /* known to the day only: it may be longer */
		if (s->length.hi > t->stay.hi)
			t->stay.hi = s->length.hi;
	}
}

static void mark_via(struct trip *t)
{
	for (uint32_t i = 0; i < t->nr_stops; i++)
		if (t->is_oneway == TRI_TRUE)
			t->stop[i].via = TRI_TRUE;
		else if (t->turn)
			t->stop[i].via = tri_of(t->turn != &t->stop[i]);
}

void trip_read(struct trip *t, const struct rules_context *c,
	       const struct booking *b)
{
	uint32_t nr_long = 0;
	bool closes;

	t->read = true;
	t->known = false;
	t->nr = t->nr_stops = 0;
	t->is_oneway = t->is_return = TRI_UNKNOWN;
	t->turn = NULL;
	t->stay = VALUE_UNKNOWN(TYPE_DURATION);
	if (!b || !b->known_legs || !take_legs(t, b))
		return;
	t->known = true;
	closes = reference_same_city(c->reference, t->leg[0]->origin,
				     t->leg[t->nr - 1]->destination);
	if (read_stops(t, c, &nr_long) == TRI_UNKNOWN)
		return;
	t->is_oneway = tri_of(!closes && nr_long == 0);
	t->is_return = tri_of(closes && nr_long <= 1);
	find_turn(t);
	mark_via(t);
}

const struct trip *trip_once(struct trip *t, const struct rules_context *c,
			     const struct booking *b)
{
	if (!t->read)
		trip_read(t, c, b);
	return t;
}

struct str trip_write_route(struct trip *t)
{
	size_t n = 0;

	for (uint32_t i = 0; i < t->nr; i++) {
		struct str from = t->leg[i]->origin;
		struct str to = t->leg[i]->destination;

		if (from.len != 3 || to.len != 3)
			return STR_NONE;
		if (!i || !str_eq(t->leg[i - 1]->destination, from)) {
			if (i) {
				t->route[n++] = '/';
				t->route[n++] = '/';
			}
			memcpy(t->route + n, from.ptr, 3);
			n += 3;
		}
		t->route[n++] = '-';
		memcpy(t->route + n, to.ptr, 3);
		n += 3;
	}
	return (struct str){ t->route, n };
}

/* Is `place` where leg `l` leads back to? */
static enum tri leads_to(const struct rules_context *c, const struct leg *l,
			 struct str place)
{
	struct str from = reference_country(c->reference, l->origin);
	struct str to = reference_country(c->reference, l->destination);
	struct str there = reference_country(c->reference, place);

	if (reference_same_city(c->reference, place, l->destination))
		return TRI_TRUE;
	if (!from.ptr || !to.ptr || !there.ptr)
		return TRI_UNKNOWN;
	return tri_of(str_eq(there, to) && !str_eq(from, to));
}

enum tri trip_turns_back(const struct trip *t, const struct rules_context *c,
			 const struct trip_stop *s)
{
	const struct leg *next = s->out;
	enum tri back = TRI_FALSE, together = TRI_TRUE;

	for (;; s--) { /* backwards, to where the passage began */
		enum tri begins = leads_to(c, next, s->in->origin);
		enum tri ends = leads_to(c, next, s->in->destination);

		together = tri_and(together, tri_not(s->is_long));
		together = tri_and(together, s->via);
		back = tri_or(back, tri_and(together, tri_or(begins, ends)));
		if (s == t->stop)
			return back;
	}
}
