/*
 * pax_route.c - the legs of a PAXLST
 *
 * A TDT is one leg with an origin (LOC 125) and a destination (87), or many
 * points (92) in the order of the route. A DTM belongs to the LOC before it.
 */
#include "parsers/paxlst.h"

#include "parsers/convert.h"

enum { NUMBER_MAX = 8 }; /* as convert_flight_number() takes */

static struct str upper_number(struct walk *w, struct piece v)
{
	struct str out = STR_NONE;

	if (piece_is_set(v))
		convert_flight_number(w, v, &out);
	return out;
}

/*
 * The US dialect has the carrier in element 4, where others name the kind of
 * aircraft: it is one when the flight begins with it, or has only a number.
 * The number has to be one that is kept: the decision rests on it.
 */
static bool names_carrier(struct piece flight, struct piece v)
{
	bool before = piece_is_set(v) && str_starts(flight.text, v.text);
	struct str number = str_slice(flight.text, before ? v.text.len : 0,
				      flight.text.len);

	return piece_is_set(v) && number.len && number.len <= NUMBER_MAX &&
	       (before ? str_is_alnum(number) : str_is_digits(number));
}

/*
 * "X9417": carrier and number in one. Element 5 names the carrier; without
 * it the carrier is two characters, or three letters.
 */
void pax_open_transport(struct walk *w)
{
	struct paxlst *p = paxlst_of(w);
	struct piece id = piece_at(w, 2, 1), carrier = piece_at(w, 5, 1);
	struct piece stage = piece_at(w, 1, 1);
	size_t n = 2;

	if (!(w->phase & (PAX_HEADER | PAX_OTHER | PAX_FLIGHT)) ||
	    w->msg->nr_travellers)
		return;
	if (!piece_is(stage, "20") && !piece_is(stage, "34"))
		pax_note_unknown(w, stage);
	pax_close_transport(w);
	w->phase = PAX_FLIGHT;
	p->at_point = false;
	p->carrier = p->number = STR_NONE;
	if (!piece_is_set(carrier) && names_carrier(id, piece_at(w, 4, 1)))
		carrier = piece_at(w, 4, 1);
	if (piece_is_set(carrier) && convert_carrier(w, carrier, &p->carrier)) {
		n = str_starts(id.text, carrier.text) ? carrier.text.len : 0;
	} else if (id.text.len >= n) {
		struct piece head = piece_slice(w, id, 0, n);

		convert_carrier(w, head, &p->carrier);
	}
	if (n == 0 && id.text.len > 2 &&
	    !str_is_digits(str_slice(id.text, 0, 2)))
		n = 2; /* another designator of the same carrier */
	if (id.text.len > n) {
		p->number = upper_number(w, piece_slice(w, id, n, id.text.len));
		if (p->number.ptr)
			piece_claim(w, piece_slice(w, id, 0, n));
	}
}

/* LOC of a flight; those without a role are known and say nothing of it. */
static const struct {
	const char *code;
	char role;
	bool us; /* the place has its country in front */
} points[] = {
	{ "125", 'o', false }, { "87", 'd', false }, { "92", 'v', false },
	{ "130", 'v', false }, { "005", 'o', true }, { "5", 'o', true },
	{ "008", 'd', true },  { "8", 'd', true },   { "PT", 'v', true },
	{ "188", 0, false },   { "172", 0, false },  { "91", 0, false },
};

static void add_point(struct walk *w, struct str airport, char role)
{
	struct paxlst *p = paxlst_of(w);
	struct route_point *last =
		p->nr_points ? &p->point[p->nr_points - 1] : NULL;

	if (!last || !str_eq(last->airport, airport)) {
		last = arena_push(w->arena, &p->point, &p->nr_points,
				  sizeof(*last));
		last->airport = airport;
		last->role = 'v';
	}
	if (role != 'v')
		last->role = role;
	p->at_point = true;
}

void pax_route_point(struct walk *w)
{
	struct piece qual = piece_at(w, 1, 1), place = piece_at(w, 2, 1);
	struct str airport;
	size_t i = 0;

	paxlst_of(w)->at_point = false;
	while (i < ARRAY_SIZE(points) && !piece_is(qual, points[i].code))
		i++;
	if (i == ARRAY_SIZE(points)) {
		pax_note_unknown(w, qual);
		return;
	}
	if (!points[i].role || !piece_is_set(place))
		return;
	if (points[i].us ? convert_us_place(w, place, &airport)
			 : convert_airport(w, place, &airport)) {
		piece_claim(w, qual);
		add_point(w, airport, points[i].role);
	} else {
		diag_add(w->parsed, w->arena, DIAG_WARNING, "bad-value",
			 piece_span(w, place).pos, "LOC: no airport");
	}
}

void pax_set_time(struct walk *w, struct moment m)
{
	struct paxlst *p = paxlst_of(w);
	struct piece qual = piece_at(w, 1, 1);
	struct route_point *last;

	if (!p->at_point)
		return;
	last = &p->point[p->nr_points - 1];
	if (piece_is(qual, "189"))
		last->departs = m;
	else if (piece_is(qual, "232"))
		last->arrives = m;
	else if (piece_is(qual, "136") && !moment_is_set(last->departs))
		last->departs = m;
	else if (piece_is(qual, "132") && !moment_is_set(last->arrives))
		last->arrives = m;
}

void pax_route_time(struct walk *w)
{
	struct piece when = piece_at(w, 1, 2);
	struct moment m;

	if (piece_is_set(when) && convert_local(w, when, &m))
		pax_set_time(w, m);
}

static bool same_leg(const struct flight *a, const struct flight *b)
{
	return str_eq(a->origin, b->origin) &&
	       str_eq(a->destination, b->destination) &&
	       a->departs.s == b->departs.s;
}

/* A partner's number on a leg that is there already says nothing new. */
static bool is_known_leg(const struct message *m, const struct flight *f)
{
	for (uint32_t i = 0; i < m->nr_flights; i++)
		if (same_leg(&m->flights[i], f))
			return true;
	return false;
}

static void add_leg(struct walk *w, const struct route_point *from,
		    const struct route_point *to)
{
	struct paxlst *p = paxlst_of(w);
	struct flight f = { .carrier = p->carrier, .number = p->number };
	bool crosses = (from && from->role == 'o') || (to && to->role == 'd');

	if (from) {
		f.origin = from->airport;
		f.departs = from->departs;
	}
	if (to) {
		f.destination = to->airport;
		f.arrives = to->arrives;
	}
	if (is_known_leg(w->msg, &f))
		return;
	*LIST_PUSH(w, w->msg, flights) = f;
	if (crosses && p->border_index == UINT32_MAX)
		p->border_index = w->msg->nr_flights - 1;
}

void pax_close_transport(struct walk *w)
{
	struct paxlst *p = paxlst_of(w);
	const struct route_point *pt = p->point;
	uint32_t n = p->nr_points;

	p->nr_points = 0;
	p->point = NULL;
	if (w->phase != PAX_FLIGHT)
		return;
	if (n == 2 && pt[0].role == 'd' && pt[1].role == 'o')
		add_leg(w, &pt[1], &pt[0]);
	else if (n == 1)
		add_leg(w, pt[0].role == 'd' ? NULL : &pt[0],
			pt[0].role == 'd' ? &pt[0] : NULL);
	else if (n == 0 && (p->carrier.ptr || p->number.ptr))
		add_leg(w, NULL, NULL);
	for (uint32_t i = 0; i + 1 < n; i++)
		if (!(n == 2 && pt[0].role == 'd' && pt[1].role == 'o'))
			add_leg(w, &pt[i], &pt[i + 1]);
}

void pax_finish_route(struct walk *w)
{
	struct paxlst *p = paxlst_of(w);
	struct message *m = w->msg;

	pax_close_transport(w);
	if (m->nr_flights)
		m->flight = m->flights[p->border_index < m->nr_flights
					       ? p->border_index
					       : 0];
}
